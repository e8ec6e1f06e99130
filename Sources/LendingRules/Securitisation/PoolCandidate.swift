package import BusinessCalendar
package import Monetary

/// One holder's share of a loan as it stands at the end of a cut-off date, offered for sale.
package struct PoolCandidate: Hashable, Sendable {
    package let loan: LoanID
    /// Who holds the share.
    package let seller: PartyID
    package let currency: Currency
    /// Borrower, region, grade and product, all of them said.
    package let traits: LoanTraits
    /// What is owed to the seller, by bucket.
    package let claims: Components
    /// The borrower's contract rate.
    package let rate: AnnualRate
    package let status: LoanStatus
    /// The class in which its holder carries it; empty where nobody has said.
    package let assetClass: String
    package let disbursedOn: BusinessDate
    /// The due date of the last instalment.
    package let lastDueOn: BusinessDate
    /// Whether (a part of) the loan has been transferred before.
    package let hasChangedHands: Bool
    /// Whether it was drawn or bought under a line of credit, or more has been lent under it since:
    /// its principal is not that of the day it was lent.
    package let isOfCreditLine: Bool

    package init(
        loan: LoanID, seller: PartyID, currency: Currency, traits: LoanTraits, claims: Components,
        rate: AnnualRate, status: LoanStatus, assetClass: String = "", disbursedOn: BusinessDate,
        lastDueOn: BusinessDate, hasChangedHands: Bool = false, isOfCreditLine: Bool = false
    ) {
        self.loan = loan
        self.seller = seller
        self.currency = currency
        self.traits = traits
        self.claims = claims
        self.rate = rate
        self.status = status
        self.assetClass = assetClass
        self.disbursedOn = disbursedOn
        self.lastDueOn = lastDueOn
        self.hasChangedHands = hasChangedHands
        self.isOfCreditLine = isOfCreditLine
    }

    /// Outstanding principal of the share, minor units: what pools and limits are measured in.
    package var principal: Int64 { claims.allPrincipal }

    /// Which share of which loan.
    package var share: ShareID { ShareID(loan: loan, holder: seller) }
}

/// One holder's share of one loan.
package struct ShareID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let loan: LoanID
    package let holder: PartyID

    package init(loan: LoanID, holder: PartyID) {
        self.loan = loan
        self.holder = holder
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.loan, left.holder) < (right.loan, right.holder)
    }

    package var description: String { "\(loan) of \(holder)" }
}

extension PoolCandidate: Comparable {
    /// The order in which shares are taken: the loan disbursed first, then loan id and seller.
    ///
    /// It sees nothing of how a loan performs or what it pays, so that nobody picks the best or
    /// the worst for a pool, and it does not depend on the order in which shares are offered.
    package static func < (left: Self, right: Self) -> Bool {
        (left.disbursedOn, left.share) < (right.disbursedOn, right.share)
    }
}
