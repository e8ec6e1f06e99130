import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

extension ReconcileCash {
    func records(_ file: FileContent?, _ layout: FileLayout) throws -> [Record]? {
        try file.map { try format.records($0, layout: layout) }
    }

    /// A file of the channel, in the light of its transfer when that has come already.
    func channelResult(_ date: BusinessDate, _ file: FileContent?) async throws -> CashResult {
        let remittances = try await store.batches(on: date).filter { $0.kind == .transfer }
            .map(\.remittance)
        var arrived: [Currency: Int64] = [:]
        for cash in try await store.booked(remittances) {
            let posting = cash.posting
            arrived[posting.currency] = try (arrived[posting.currency] ?? 0).plus(posting.amount)
        }
        let found = try await channelDate(date, file, arrived: arrived, isNew: true)
        // A transfer that differed from our records alone may be what these lines account for.
        let explained = Set(
            found.remainders.filter { $0.value == 0 }
                .map { CashExpectation.transfer(of: date, $0.key) })
        let open =
            explained.isEmpty
            ? []
            : try await reconciliations.openBreaks(
                of: clearing.account, before: try await store.openDate())
        let settled = open.filter {
            $0.kind == .amount && $0.state.isOpen && !explained.isDisjoint(with: $0.key)
        }
        return CashResult(
            party: clearing.channel, dates: [found.date],
            changed: try settled.map { kept in
                var change = BreakChange(kept, at: surroundings.now())
                try change.add(.resolvedByRule, note: "the channel's lines account for it")
                return change
            })
    }

    /// A date of the channel with what of its transfers neither side's lines account for.
    func channelDate(
        _ date: BusinessDate, _ file: FileContent?, arrived: [Currency: Int64], isNew: Bool
    ) async throws -> (date: ReconciledDate, remainders: [Currency: Int64]) {
        let result = try ChannelDay(
            channel: clearing.channel.name, payments: try await store.payments(on: date),
            lines: try records(file, .channel), fee: clearing.fee, arrived: arrived
        ).reconciled()
        let reconciled = try await keep(
            KeptFindings(
                party: clearing.channel, date: date, file: FileLayout.channel.name,
                surroundings: surroundings),
            result.findings, result.claims, received: isNew ? file : nil, isMissing: file == nil)
        return (reconciled, result.remainders)
    }

    /// A date with what its findings make of breaks.
    func keep(
        _ kept: KeptFindings, _ findings: [CashFinding], _ claims: [CashClaim],
        received: FileContent?, isMissing: Bool, earlier: [KeptBreak] = [],
        healed: Set<String> = []
    ) async throws -> ReconciledDate {
        let existing = try await reconciliations.breaks(of: kept.party, on: kept.date)
        // What has become overdue since stays so however often its own date is read.
        let overdue = Set(existing.filter { $0.cause == .notOnStatement }.map(\.id))
        let breaks = kept.breaks(findings).map { found in
            found.state == .open && overdue.contains(found.id)
                ? found.overdue(days: clearing.lateDays) : found
        }
        let keeping = BreakKeeping(
            disputes: .standard, date: kept.date, existing: existing, earlier: earlier, settled: [],
            roundedThisMonth: [:], instant: surroundings.now())
        let changes = try keeping.changes(found: breaks, healed: healed)
        return ReconciledDate(
            party: kept.party, date: kept.date,
            state: isMissing ? .missing : breaks.isEmpty ? .reconciled : .withBreaks,
            received: received.map { [$0] } ?? [], claims: kept.claims(claims, breaks),
            breaks: changes.prefix(breaks.count).map(\.kept), changes: changes)
    }
}

extension KeptBreak {
    /// The same break when its money takes longer than it may.
    func overdue(days: Int) -> KeptBreak {
        let words = sentence.text(before: "; likely cause: ")
        return KeptBreak(
            id: id, party: party, file: file, kind: kind, key: key, loan: loan,
            firstDate: firstDate, severity: .high, cause: .notOnStatement,
            sentence: words + "; likely cause: not on a statement for \(days) days, no longer in "
                + "transit",
            rule: Cause.notOnStatement.rule, currency: currency, differences: differences,
            ours: ours, theirs: theirs, ourLine: ourLine, theirLine: theirLine, due: due,
            lifecycle: lifecycle, posted: posted)
    }
}

extension String {
    /// What stands before a mark, or all of it.
    fileprivate func text(before mark: String) -> String {
        firstRange(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
    }
}
