import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

extension ReconcileCash {
    /// A statement: what came, what it says about earlier dates of the channel, what is missing.
    func statementResult(_ date: BusinessDate, _ file: FileContent?) async throws -> CashResult {
        let earlier = try await reconciliations.openBreaks(of: clearing.account, before: date)
        let waiting = earlier.filter { $0.kind == .oursOnly }
        let batches = try await store.unseen(before: date)
        let match = try await match(date, file, batches, waiting)
        let explained = try await explainAnew(match, batches)
        let settled =
            file == nil ? .none : try await settlements(match.elsewhere, earlier, on: date)
        let findings = match.findings(
            unexplained: explained.rests, settlements: settled.notes)
        let arrived = settled.arrived.union(match.arrivals.map(\.expectation.remittance))
        let here = waiting.filter { !arrived.isDisjoint(with: $0.key) }
        let overdue = file == nil ? [] : waiting.filter { isOverdue($0, arrived, on: date) }
        let returned = try await bookedReturns(earlier)
        let statement = try await keep(
            KeptFindings(
                party: clearing.account, date: date, file: FileLayout.cash.name,
                surroundings: surroundings),
            findings, match.claims(findings, settlements: settled.notes), received: file,
            isMissing: file == nil,
            earlier: waiting, healed: Set(here.map(\.id)))
        return CashResult(
            party: clearing.account, dates: explained.dates + [statement],
            target: match.postings(batches, on: date), statement: date,
            before: try await store.booked(statement: date),
            changed: try overdue.map(missing) + returned.map(undone), steps: settled.steps,
            receipts: settled.receipts)
    }

    /// Breaks about payouts that came back and whose loans a fact has undone since.
    private func bookedReturns(_ earlier: [KeptBreak]) async throws -> [KeptBreak] {
        let open = earlier.filter { $0.cause == .payoutReturned && $0.state.isOpen }
        let keys = open.flatMap(\.key).compactMap { CashExpectation.payoutKey(in: $0)?.key }
        let undone = try await store.payouts(keys).filter(\.isUndone)
            .map { CashExpectation.returned($0.key) }
        return open.filter { !Set($0.key).isDisjoint(with: undone) }
    }

    private func undone(_ kept: KeptBreak) throws -> BreakChange {
        var change = BreakChange(kept, at: surroundings.now())
        try change.add(.resolvedByRule, note: "a fact has undone the loan")
        return change
    }

    /// Payouts that the statement shows and that no frozen batch expects on it: they went out
    /// before the books knew, or came back. One that another statement has shown is none of them.
    private func payouts(on lines: [Record], at date: BusinessDate, beside batches: [CashBatch])
        async throws -> [CashExpectation]
    {
        let expected = Set(batches.map(\.remittance))
        let named = Set(lines.map { $0.fields[0] }).subtracting(expected).sorted()
        let keys = named.compactMap { CashExpectation.payoutKey(in: $0)?.key }
        if keys.isEmpty { return [] }
        let seen = Set(
            try await store.booked(named).filter { $0.posting.statement != date }
                .map(\.posting.remittance))
        let known = Dictionary(
            try await store.payouts(keys).map { ($0.key, $0) }
        ) { first, _ in first }
        return named.filter { !seen.contains($0) }.compactMap { remittance in
            guard let (kind, key) = CashExpectation.payoutKey(in: remittance),
                let payout = known[key]
            else { return nil }
            let isReturn = kind == .returned
            return CashExpectation(
                kind: kind, remittance: remittance, currency: payout.currency,
                amount: isReturn ? payout.amount : -payout.amount, dueOn: nil,
                unbookedLoan: isReturn && !payout.isUndone ? payout.loan.text : "")
        }
    }

    private func match(
        _ date: BusinessDate, _ file: FileContent?, _ batches: [CashBatch],
        _ waiting: [KeptBreak]
    ) async throws -> StatementMatch {
        let seen = try await store.booked(batches.map(\.remittance))
        let later = Set(seen.filter { $0.posting.statement > date }.map(\.posting.remittance))
        let lines = try records(file, .cash)
        return try StatementDay(
            account: clearing.account.name, date: date, lines: lines,
            expectations: batches.map {
                $0.expectation(isSeenLater: later.contains($0.remittance))
            } + (try await payouts(on: lines ?? [], at: date, beside: batches)),
            waiting: Set(waiting.flatMap(\.key)), isElsewhere: CashReceipt.namesSettlement
        ).matched()
    }

    /// Dates of the channel whose transfers have come, read in their light; and, by remittance,
    /// what of a transfer no line accounts for.
    private func explainAnew(_ match: StatementMatch, _ batches: [CashBatch]) async throws
        -> (dates: [ReconciledDate], rests: [String: Int64])
    {
        var dates: [ReconciledDate] = []
        var rests: [String: Int64] = [:]
        for (date, arrived) in match.transfers(batches).sorted(by: { $0.key < $1.key }) {
            let file = try await store.received("channel.csv", from: clearing.channel, on: date)
            let found = try await channelDate(date, file, arrived: arrived, isNew: false)
            if file != nil { dates.append(found.date) }
            for (currency, rest) in found.remainders {
                rests[CashExpectation.transfer(of: date, currency)] = rest
            }
        }
        return (dates, rests)
    }

    /// A break about money that is under way for longer than it may be.
    private func isOverdue(_ kept: KeptBreak, _ arrived: Set<String>, on date: BusinessDate)
        -> Bool
    {
        kept.cause == .inTransit && kept.state.isOpen && arrived.isDisjoint(with: kept.key)
            && date.days(since: kept.firstDate) >= clearing.lateDays
    }

    private func missing(_ kept: KeptBreak) throws -> BreakChange {
        var change = BreakChange(
            kept.overdue(days: clearing.lateDays), at: surroundings.now())
        try change.add(.foundChanged, note: Cause.notOnStatement.rule)
        return change
    }
}

extension CashBatch {
    /// What a statement should show of the batch; nobody waits for nothing.
    func expectation(isSeenLater: Bool) -> CashExpectation {
        CashExpectation(
            kind: kind, remittance: remittance, currency: currency, amount: gross - fee,
            dueOn: gross == fee || kind == .returned ? nil : dueOn, isSeenLater: isSeenLater)
    }
}

extension StatementMatch {
    /// What came of each date's collections, by currency.
    func transfers(_ batches: [CashBatch]) -> [BusinessDate: [Currency: Int64]] {
        let known = Dictionary(batches.map { ($0.remittance, $0) }) { first, _ in first }
        var arrived: [BusinessDate: [Currency: Int64]] = [:]
        for arrival in arrivals {
            guard let batch = known[arrival.expectation.remittance], batch.kind == .transfer else {
                continue
            }
            arrived[batch.date, default: [:]][batch.currency] = arrival.line.amounts[0]
        }
        return arrived
    }

    /// All that the statement books; the fee of a transfer is the contract's.
    func postings(_ batches: [CashBatch], on date: BusinessDate) -> [CashPosting] {
        let known = Dictionary(batches.map { ($0.remittance, $0) }) { first, _ in first }
        return arrivals.map { arrival in
            let expectation = arrival.expectation
            return CashPosting(
                kind: expectation.kind, statement: date, remittance: expectation.remittance,
                currency: expectation.currency, amount: arrival.line.amounts[0],
                fee: known[expectation.remittance]?.fee ?? 0)
        }
    }
}
