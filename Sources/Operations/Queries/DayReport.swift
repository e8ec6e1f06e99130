package import BusinessCalendar
package import LendingRules
package import Monetary
import Reconciling

/// Gathers the figures of a closed date; reads only.
///
/// Amounts come from the ledger. Ages come from the scalar position of every loan, so that they
/// hold for any date, whether or not the loan moved on it.
package struct DayReport: Sendable {
    /// Ports that it reads.
    package struct Sources: Sendable {
        let days: any BusinessDays
        let sums: any LedgerSums
        let books: any BookQueries
        let audit: any AuditSource
        let snapshots: any TermsSnapshots
        let breaks: any BreakQueries

        package init(
            days: any BusinessDays, sums: any LedgerSums, books: any BookQueries,
            audit: any AuditSource, snapshots: any TermsSnapshots, breaks: any BreakQueries
        ) {
            self.days = days
            self.sums = sums
            self.books = books
            self.audit = audit
            self.snapshots = snapshots
            self.breaks = breaks
        }
    }

    private let sources: Sources
    private let platform: PartyID
    private let currency: Currency
    /// The first date of the books.
    private let firstDate: BusinessDate
    private let surroundings: Surroundings

    /// Dates that charts go back.
    package static let window = 30
    private static let page = 1_000

    package init(
        sources: Sources, platform: PartyID, currency: Currency, firstDate: BusinessDate,
        surroundings: Surroundings
    ) {
        self.sources = sources
        self.platform = platform
        self.currency = currency
        self.firstDate = firstDate
        self.surroundings = surroundings
    }

    /// The figures of a date; of the last closed one when none is asked for.
    ///
    /// - Throws: ``DateNotClosed``, or ``ContractFault``.
    package func run(_ asked: BusinessDate?) async throws -> DayFigures {
        let closed = try await sources.days.status().lastClosed?.date
        guard let closed, asked ?? closed <= closed, asked ?? closed >= firstDate else {
            throw DateNotClosed(date: asked, lastClosed: closed)
        }
        let date = asked ?? closed
        let first = max(firstDate, date.adding(days: 1 - DayReport.window))
        var tally = LedgerTally(platform: platform, currency: currency, from: first, through: date)
        let opening = try await sources.books.balances(through: first.adding(days: -1))
        for balance in opening { tally.open(balance) }
        for sum in try await sources.sums.sums(from: first, through: date) { tally.add(sum) }
        for balance in try await sources.books.balances(through: date) { tally.close(balance) }
        return DayFigures(
            date: date, currency: currency, lenders: tally.lenders, partners: tally.partners,
            days: tally.days, books: tally.books, ageing: try await ageing(on: date),
            breaks: try await openBreaks(on: date))
    }

    private func openBreaks(on date: BusinessDate) async throws -> [KeptBreak] {
        try await sources.breaks.breaks(party: nil, state: nil)
            .filter { $0.firstDate <= date && $0.state.isOpen }
            .sorted { ($0.firstDate, $0.party, $0.id) < ($1.firstDate, $1.party, $1.id) }
    }

    private func ageing(on date: BusinessDate) async throws -> Ageing {
        let terms = TermsLibrary(try await sources.snapshots.snapshots())
        var ageing = Ageing()
        var last: LoanID?
        var done = 0
        while true {
            let dossiers = try await sources.audit.dossiers(after: last, limit: DayReport.page)
            guard let end = dossiers.last else { return ageing }
            for dossier in dossiers where dossier.disbursedOn <= date {
                let contract = try terms.contract(of: dossier, platform: platform)
                try ageing.add(dossier, contract, on: date)
            }
            done += dossiers.count
            surroundings.progress(WorkDone("loans aged", done))
            last = end.record.loan
        }
    }
}

extension Ageing {
    fileprivate mutating func add(
        _ dossier: LoanDossier, _ contract: LoanContract, on date: BusinessDate
    ) throws(ContractFault) {
        let eve = date.adding(days: -1)
        let now = try dossier.position(contract, at: date)
        guard let now else { return }
        let principal = now.lenders.reduce(0) { $0 + $1.principal + $1.overduePrincipal }
        add(
            Move(
                from: Standing(try dossier.position(contract, at: eve)), to: Standing(now)),
            principal: principal)
    }
}

extension Ageing.Standing {
    /// Where a position puts a loan; none is not disbursed yet.
    package init(_ position: LoanPosition?) {
        guard let position else {
            self = .absent
            return
        }
        self = position.isPaidOff ? .closed : .bucket(position.bucket)
    }
}

extension LoanDossier {
    /// The position at the end of a date from what was booked by then; nil before disbursement.
    ///
    /// - Throws: ``ContractFault`` for facts that give none.
    fileprivate func position(_ contract: LoanContract, at date: BusinessDate)
        throws(ContractFault) -> LoanPosition?
    {
        let known = facts.filter { $0.bookingDate <= date }
        guard known.contains(where: { $0.kind == .disbursed }) else { return nil }
        do {
            return try contract.position(facts: known, at: date)
        } catch {
            throw ContractFault(loan: record.loan, reason: "its facts give no position: \(error)")
        }
    }
}

/// A date that is asked for and not closed, or before the books.
package struct DateNotClosed: CodedError, Hashable {
    package let date: BusinessDate?
    package let lastClosed: BusinessDate?

    package init(date: BusinessDate?, lastClosed: BusinessDate?) {
        self.date = date
        self.lastClosed = lastClosed
    }

    package var code: String { "QUERY-002" }
    package var sentence: String {
        let last = lastClosed.map { "the last closed date is \($0)" } ?? "no date is closed yet"
        guard let date, lastClosed != nil else { return "\(last); close one with `colend eod`" }
        return "\(date) is not a closed date of the books: \(last); choose another with --date"
    }
    package var exit: ExitKind { .failed }
}
