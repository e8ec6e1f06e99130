/// What became of a share between the ends of two dates, minor units: those of cut-off and
/// settlement while it is sold, those of a collection period while it is in a pool.
package struct SharePeriod: Hashable, Sendable {
    package let share: ShareID
    /// What was owed to the holder at the end of the first date.
    package let opening: Components
    /// What the borrower has paid on it since; below zero where earlier payments were undone.
    package let collected: Components
    /// What came in since for claims that were written off since.
    package let recovered: Int64
    /// Waived or written off since.
    package let relieved: Components
    /// Other claims that have become principal since.
    package let capitalised: Int64
    /// What is owed to the holder at the end of the last date.
    package let closing: Components
    /// Whether the loan is as if it had never been lent.
    package let isUndone: Bool

    package init(
        share: ShareID, opening: Components, collected: Components = Components(),
        recovered: Int64 = 0, relieved: Components = Components(), capitalised: Int64 = 0,
        closing: Components, isUndone: Bool = false
    ) {
        self.share = share
        self.opening = opening
        self.collected = collected
        self.recovered = recovered
        self.relieved = relieved
        self.capitalised = capitalised
        self.closing = closing
        self.isUndone = isUndone
    }

    /// The period between two positions of the holder.
    ///
    /// Recoveries go to what was written off before first, which is no part of the share.
    package init(
        share: ShareID, from start: LenderPosition, to end: LenderPosition, isUndone: Bool = false
    ) {
        let recoveries = end.recovered.total - start.recovered.total
        self.init(
            share: share, opening: start.claims, collected: end.paid - start.paid,
            recovered: max(0, recoveries - start.writtenOff),
            relieved: end.waived + end.chargedOff - start.waived - start.chargedOff,
            capitalised: end.capitalised.total - start.capitalised.total,
            closing: end.claims, isUndone: isUndone)
    }

    /// Whether what is left of the principal is what the period left of it.
    var isConserved: Bool {
        opening.allPrincipal + capitalised - collected.allPrincipal - relieved.allPrincipal
            == closing.allPrincipal
    }
}
