package import BusinessCalendar
package import LendingRules

/// One lender's part of a payment line as far as it went to one instalment.
///
/// Over the instalments of a line the parts sum to its ``DistributionRow``.
package struct DistributionPart: Hashable, Sendable {
    package let loan: LoanID
    /// As in the distribution row.
    package let line: String
    package let lender: PartyID
    package let postedOn: BusinessDate
    /// From 1.
    package let instalment: Int
    package let components: Components
    /// What the lender pays on it; minor units.
    package let serviceFee: Int64

    package init(
        loan: LoanID, line: String, lender: PartyID, postedOn: BusinessDate, instalment: Int,
        components: Components, serviceFee: Int64
    ) {
        self.loan = loan
        self.line = line
        self.lender = lender
        self.postedOn = postedOn
        self.instalment = instalment
        self.components = components
        self.serviceFee = serviceFee
    }
}

extension DistributionPart: Comparable {
    /// Loan, line, instalment, lender: the order in which they are held against each other.
    package static func < (left: DistributionPart, right: DistributionPart) -> Bool {
        (left.loan, left.line, left.instalment, left.lender)
            < (right.loan, right.line, right.instalment, right.lender)
    }
}
