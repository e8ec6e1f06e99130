package import BusinessCalendar

/// What rules ask about a party besides what it lends.
package struct PartyFacts: Hashable, Sendable {
    /// What it is to rules.
    package enum Kind: String, Sendable, CaseIterable {
        case platform, bank, guarantor
    }

    /// An amount that a party reports of itself.
    package struct Figure: Hashable, Sendable {
        /// What is reported.
        package enum Name: String, Sendable, CaseIterable {
            case netTier1Capital = "net-tier-1-capital"
            /// All its loans.
            case loanBook = "loan-book"
            /// Its joint loans with partners other than this platform.
            case otherJointLoans = "other-joint-loans"
        }

        package let name: Name
        /// Minor units, not negative.
        package let amount: Int64
        /// The date that it is of.
        package let asOf: BusinessDate

        package init(name: Name, amount: Int64, asOf: BusinessDate) {
            self.name = name
            self.amount = amount
            self.asOf = asOf
        }
    }

    package let party: PartyID
    package let kind: Kind
    /// Regions that a regional bank may lend in; empty for any.
    package let homeRegions: Set<String>
    /// The first date on which the bank's list of partners holds the platform; nil for never.
    package let listedFrom: BusinessDate?
    package let figures: [Figure]

    package init(
        party: PartyID, kind: Kind, homeRegions: Set<String> = [],
        listedFrom: BusinessDate? = nil, figures: [Figure] = []
    ) {
        self.party = party
        self.kind = kind
        self.homeRegions = homeRegions
        self.listedFrom = listedFrom
        self.figures = figures
    }

    /// The latest figure of a name that is of a date by then, or nil.
    package func amount(of name: Figure.Name, on date: BusinessDate) -> Int64? {
        figures.filter { $0.name == name && $0.asOf <= date }.max { $0.asOf < $1.asOf }?.amount
    }
}
