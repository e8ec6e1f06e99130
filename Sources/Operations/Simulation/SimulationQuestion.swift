package import BusinessCalendar
package import LendingRules

/// What is asked of a simulation: how loans would have gone under another agreement.
package struct SimulationQuestion: Sendable {
    /// The agreement under which they are replayed, whatever date it takes effect on.
    package let agreement: Agreement
    /// Name of the agreement under which they were booked.
    package let of: String
    /// When they were booked; what has become of them is looked at on the last of these dates.
    package let dates: ClosedRange<BusinessDate>
    /// Limits of parties over all their agreements.
    package let partyLimits: [Limit]
    /// What loans of the other agreement are held to.
    package let rules: RuleBook

    package init(
        agreement: Agreement, of name: String, dates: ClosedRange<BusinessDate>,
        partyLimits: [Limit] = [], rules: RuleBook = .empty
    ) {
        self.rules = rules
        self.agreement = agreement
        of = name
        self.dates = dates
        self.partyLimits = partyLimits
    }

    /// Those that count shares of the agreement, in key order.
    var limits: [Limit] {
        let lenders = Set(agreement.lenders.map(\.party))
        let others = partyLimits.filter {
            lenders.contains($0.key.party) && $0.key.currency == agreement.currency
                && $0.key.span != .reserve
        }
        return (agreement.limits + others).sorted { $0.key < $1.key }
    }
}

/// How loans went and how they would have gone.
package struct SimulationReport: Sendable {
    /// Booked on the dates.
    package internal(set) var booked = 0
    /// Replayed: their money left.
    package internal(set) var replayed = 0
    /// Never paid out: they bring nothing on either side.
    package internal(set) var notDisbursed = 0
    /// Their claims were sold or their ratio was changed since: by whom and how much under other
    /// terms nobody can say, so they are left out on both sides.
    package internal(set) var changedHands = 0
    /// Which the other agreement would not have taken, by reason, the most first.
    package internal(set) var refusals: [Refusal] = []
    /// In agreement order of the new one, then of name.
    package internal(set) var lenders: [Lender] = []
    /// In key order.
    package internal(set) var limits: [LimitLine] = []

    /// A reason for which loans are not taken.
    package struct Refusal: Hashable, Sendable {
        package let code: String
        package let because: String
        package internal(set) var loans = 0
        /// Principal, minor units.
        package internal(set) var volume: Int64 = 0
    }

    /// What one party had and would have had.
    package struct Lender: Hashable, Sendable {
        package let party: PartyID
        package let old: LenderFigures
        package let new: LenderFigures

        package var difference: LenderFigures { new - old }
    }

    /// A limit of the new agreement, or of a party, as it was used and would have been.
    package struct LimitLine: Hashable, Sendable {
        package let limit: Limit
        package let old: Use
        package let new: Use
        /// Loans for which it had not enough left.
        package let refused: Int
    }

    /// Use of a limit over the dates.
    package struct Use: Hashable, Sendable {
        /// The most, minor units.
        package let peak: Int64
        /// Days, or months of one that counts by month, in which it was above the limit.
        package let above: Int

        package init(peak: Int64, above: Int) {
            self.peak = peak
            self.above = above
        }
    }
}

/// Why nothing can be simulated.
package enum SimulationFault: CodedError, Hashable {
    /// No loan was booked under the agreement on the dates.
    case nothingBooked(agreement: String, ClosedRange<BusinessDate>)
    /// The dates are the wrong way round, or not over yet.
    case unusableDates(from: BusinessDate, to: BusinessDate, open: BusinessDate)

    package var code: String {
        switch self {
        case .nothingBooked: "SIM-001"
        case .unusableDates: "SIM-002"
        }
    }

    package var sentence: String {
        switch self {
        case .nothingBooked(let agreement, let dates):
            "no loan was booked under \(agreement) from \(dates.lowerBound) to "
                + "\(dates.upperBound); name another agreement with --of, or other dates"
        case .unusableDates(let from, let to, let open):
            from > to
                ? "--from \(from) is after --to \(to)"
                : "--to \(to) is after the open date \(open): nothing is known of it yet"
        }
    }

    package var exit: ExitKind {
        switch self {
        case .nothingBooked: .failed
        case .unusableDates: .usage
        }
    }
}
