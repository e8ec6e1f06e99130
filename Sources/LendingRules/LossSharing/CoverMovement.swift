/// What a loan's day brings a cover besides losses, minor units; below zero where a correction
/// takes something back.
package struct CoverMovement: Hashable, Sendable {
    package var disbursed: Int64 = 0
    package var matured: Int64 = 0
    package var recovered: Int64 = 0
    package var writtenOff: Int64 = 0

    /// The movement of one lender's part of a loan between two ends of days.
    ///
    /// Principal that was repaid has matured, and so has what went to another holder; what came
    /// from one, or became principal, has not. Waived principal is written off like any other.
    package init(from before: LenderPosition?, to after: LenderPosition) {
        let before = before ?? LenderPosition()
        disbursed = after.disbursed - before.disbursed
        matured =
            (after.paid - before.paid).allPrincipal
            - (after.transferred - before.transferred).allPrincipal
            - (after.capitalised - before.capitalised).total
        writtenOff =
            (after.chargedOff - before.chargedOff).allPrincipal
            + (after.waived - before.waived).allPrincipal
        recovered = (after.recovered - before.recovered).total
    }

    /// Nothing but what is recovered.
    init(recovered: Int64) { self.recovered = recovered }

    package var isEmpty: Bool {
        disbursed == 0 && matured == 0 && recovered == 0 && writtenOff == 0
    }
}

extension CoverAccount {
    /// Counts what a loan's day brings.
    ///
    /// What is recovered is recovered of claims that are written off, and so out of what is
    /// outstanding already: it fills up reserves and changes nothing else.
    /// - Throws: ``CoverError/overflow``; the account then stays as it was.
    package mutating func move(_ movement: CoverMovement) throws(CoverError) {
        var figures = figures
        func add(_ sum: inout Int64, _ change: Int64) throws(CoverError) {
            let (next, overflow) = sum.addingReportingOverflow(change)
            guard !overflow else { throw .overflow }
            sum = next
        }
        try add(&figures.disbursed, movement.disbursed)
        try add(&figures.matured, movement.matured)
        try add(&figures.writtenOff, movement.writtenOff)
        if case .reserve = kind { try add(&figures.recovered, movement.recovered) }
        self = CoverAccount(kind, figures: figures)
    }
}
