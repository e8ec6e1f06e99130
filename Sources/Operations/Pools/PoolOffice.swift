import BusinessCalendar
package import LendingRules
import Monetary

/// Selects pools, sells them and pays their notes.
///
/// What it decides is kept with its amounts and never computed again.
package struct PoolOffice: Sendable {
    let store: any PoolStore
    let source: any AuditSource
    let book: any LoanBook
    let snapshots: any TermsSnapshots
    let days: any BusinessDays
    /// Nil where lenders do not class their claims.
    let classes: (any AssetClassStore)?
    let platform: PartyID
    /// Everybody who lends.
    let lenders: Set<PartyID>
    /// The parties that have a book here.
    let booked: [PartyID]
    let surroundings: Surroundings
    /// Reads the terms of a pool; nil for what says no pool.
    let read: @Sendable (PoolPaper) -> PoolPlan?

    /// Loans read at a time.
    static let page = 1_000

    package init(
        store: any PoolStore, source: any AuditSource, book: any LoanBook,
        snapshots: any TermsSnapshots, days: any BusinessDays, classes: (any AssetClassStore)?,
        catalogue: Catalogue,
        booked: [PartyID], surroundings: Surroundings,
        read: @escaping @Sendable (PoolPaper) -> PoolPlan?
    ) {
        self.store = store
        self.source = source
        self.book = book
        self.snapshots = snapshots
        self.days = days
        self.classes = classes
        platform = catalogue.platform
        lenders = Set([catalogue.platform] + catalogue.partners.map(\.party))
        self.booked = booked.sorted()
        self.surroundings = surroundings
        self.read = read
    }

    /// The pool that its paper says, or nil.
    package func plan(_ paper: PoolPaper) -> PoolPlan? { read(paper) }

    /// The pool as it is kept, with its terms.
    ///
    /// - Throws: ``PoolFault``.
    package func kept(_ name: String) async throws -> (pool: KeptPool, plan: PoolPlan) {
        guard let pool = try await store.pool(name) else { throw PoolFault.notKept(name) }
        guard let plan = read(pool.head.terms) else {
            throw PoolFault.unusable(name, "its kept terms cannot be read; run `colend verify`")
        }
        return (pool, plan)
    }

    /// - Throws: ``PoolFault/notClosed(_:_:)`` unless a date is closed.
    func requireClosed(_ date: BusinessDate, of pool: String) async throws {
        guard let last = try await days.status().lastClosed, date <= last.date else {
            throw PoolFault.notClosed(pool, date)
        }
    }

    /// Every disbursed loan with its contract.
    func eachLoan(_ body: (LoanDossier, LoanContract) throws -> Void) async throws {
        let terms = TermsLibrary(try await snapshots.snapshots())
        var last: LoanID?
        while true {
            let dossiers = try await source.dossiers(after: last, limit: PoolOffice.page)
            guard let end = dossiers.last else { return }
            for dossier in dossiers {
                try body(dossier, try terms.contract(of: dossier, platform: platform))
            }
            last = end.record.loan
        }
    }

    /// Loans of a pool with their contracts and all that is known of them, in the order asked for.
    func eachLoan(of loans: [LoanID], _ body: (LoanDossier, LoanContract) throws -> Void)
        async throws
    {
        let terms = TermsLibrary(try await snapshots.snapshots())
        let open = try await days.status().open
        for start in stride(from: 0, to: loans.count, by: PoolOffice.page) {
            let part = Array(loans[start..<min(start + PoolOffice.page, loans.count)])
            for dossier in try await book.dossiers(part, bookedThrough: open) {
                try body(dossier, try terms.contract(of: dossier, platform: platform))
            }
        }
    }
}

extension LoanContract {
    /// The position at the end of a date by what its close knew; nil before the disbursement.
    func position(_ facts: [LoanFact], closing date: BusinessDate) throws -> LoanPosition? {
        let known = facts.filter { $0.bookingDate <= date }
        guard known.contains(where: { $0.kind == .disbursed }) else { return nil }
        return try ContractFault.naming(loan) { () throws(ServicingError) in
            try position(facts: known, at: date)
        }
    }
}
