/// Penalty interest on overdue claims, instead of contract interest (RULES § 3).
package struct PenaltyTerms: Hashable, Sendable {
    /// Multiple of the contract rate on overdue principal, in thousandths: 1500 is 1.5 ×; 0 is no
    /// penalty.
    package let multipleThousandths: Int64
    /// The same on overdue interest, a bucket of its own; 0 is no penalty.
    package let onInterestThousandths: Int64
    /// A payment up to this many days after the due date owes no penalty.
    package let graceDays: Int
    /// Whether what is paid later owes nothing for the days of grace either; otherwise it owes
    /// from the due date.
    package let forgivesGrace: Bool

    package init(
        multipleThousandths: Int64, graceDays: Int, onInterestThousandths: Int64 = 0,
        forgivesGrace: Bool = false
    ) {
        self.multipleThousandths = multipleThousandths
        self.graceDays = graceDays
        self.onInterestThousandths = onInterestThousandths
        self.forgivesGrace = forgivesGrace
    }
}
