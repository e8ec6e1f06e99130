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
        let settlements: any SettlementQueries

        package init(
            days: any BusinessDays, sums: any LedgerSums, books: any BookQueries,
            audit: any AuditSource, snapshots: any TermsSnapshots, breaks: any BreakQueries,
            settlements: any SettlementQueries
        ) {
            self.days = days
            self.sums = sums
            self.books = books
            self.audit = audit
            self.snapshots = snapshots
            self.breaks = breaks
            self.settlements = settlements
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
        let book = try await book(on: date, from: first)
        tally.take(book.dues)
        let settlements = try await settlements(in: Evening(date))
        return DayFigures(
            date: date, currency: currency, lenders: tally.lenders, partners: tally.partners,
            days: tally.days, books: tally.books, ageing: book.ageing,
            breaks: try await openBreaks(in: Evening(date)),
            movedSettlements: settlements.moved, openSettlements: settlements.open)
    }

    private func openBreaks(in evening: Evening) async throws -> [KeptBreak] {
        let lives = try await sources.breaks.lives()
        var open: [KeptBreak] = []
        for kept in try await sources.breaks.breaks(party: nil, state: nil) {
            let known = evening.known(lives[kept.id] ?? [])
            if let then = try kept.after(known), then.state.isOpen { open.append(then) }
        }
        return open.sorted { ($0.firstDate, $0.party, $0.id) < ($1.firstDate, $1.party, $1.id) }
    }

    private func settlements(in evening: Evening) async throws
        -> (moved: [Settlement], open: [Settlement])
    {
        let before = Evening(evening.date.adding(days: -1))
        var (moved, open): ([Settlement], [Settlement]) = ([], [])
        for kept in try await sources.settlements.settlements() {
            let known = evening.known(kept.events)
            guard kept.id.currency == currency, let then = kept.after(known) else { continue }
            if known.count > before.known(kept.events).count { moved.append(then) }
            if try then.machine().isUnderWay { open.append(then) }
        }
        return (moved, open)
    }
}

// MARK: - The loans

extension DayReport {
    private func book(on date: BusinessDate, from first: BusinessDate) async throws
        -> (ageing: Ageing, dues: DueTally)
    {
        let terms = TermsLibrary(try await sources.snapshots.snapshots())
        let total = try await sources.audit.dossierCount()
        var (ageing, dues) = (Ageing(), DueTally(from: first))
        var last: LoanID?
        var done = 0
        while true {
            let dossiers = try await sources.audit.dossiers(after: last, limit: DayReport.page)
            guard let end = dossiers.last else { return (ageing, dues) }
            for dossier in dossiers where dossier.disbursedOn <= date {
                let contract = try terms.contract(of: dossier, platform: platform)
                guard let now = try dossier.position(contract, at: date) else { continue }
                let eve = try dossier.position(contract, at: date.adding(days: -1))
                ageing.add(now, after: eve)
                dues.add(now, contract)
            }
            done += dossiers.count
            surroundings.progress(WorkDone("loans aged", done, of: total))
            last = end.record.loan
        }
    }
}

extension Ageing {
    fileprivate mutating func add(_ now: LoanPosition, after eve: LoanPosition?) {
        let principal = now.lenders.reduce(0) { $0 + $1.principal + $1.overduePrincipal }
        add(Move(from: Standing(eve), to: Standing(now)), principal: principal)
    }
}

extension SettlementMachine {
    /// Whether something of it is still to be decided, moved or netted.
    fileprivate var isUnderWay: Bool {
        switch state {
        case .draft, .approved, .instructed: true
        case .carriedOver, .confirmed, .partial, .returned, .cleared: open != 0
        }
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
