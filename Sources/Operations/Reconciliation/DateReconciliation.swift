import BusinessCalendar
import LendingRules
import Reconciling

/// Run 2 of one partner's date: fetch, check, match, keep.
///
/// Content that is in force already changes nothing; new content supersedes it, and one that
/// cannot be used leaves it in force.
struct DateReconciliation: Sendable {
    let store: any ReconciliationStore
    let versions: any ReceivedVersions
    let ours: any OutgoingFiles
    let format: any DetailFileFormat
    let severities: SeverityTable
    let platform: PartyID
    let surroundings: Surroundings
    let limits: FileLimits
    /// Where the partner's files come from: its own wire, or a directory.
    let source: any PartnerFiles
    /// Only says what would come of it.
    let isRehearsal: Bool
    /// Whether files are read even when their digests tell what is in them.
    let readsEveryFile: Bool

    func run(
        _ partner: Partner, _ pair: PartnerDate, openDate: BusinessDate, isReachable: Bool = true
    ) async throws -> ReconciliationOutcome {
        let kept = try await ours.kept(for: partner.party, on: pair.date)
        let held = pair.state == .awaiting ? [] : try await heldVersions(pair)
        let fetched =
            isReachable
            ? await fetch(pair, try await known(held, pair), empty(kept)) : .unavailable
        let isLate = openDate > pair.date.adding(days: partner.filesDeadlineDays)
        var outcome = ReconciliationOutcome(
            party: partner.party, date: pair.date, state: pair.state)
        switch fetched {
        case .received(let received) where received.absent.isEmpty || isLate && !isDone(pair):
            surroundings.crashPoint(.reconciliationAfterFetch)
            if isInForce(received, held) { return outcome.unchanged(received) }
            outcome = try await match(partner, pair, received, kept)
            outcome.note(received)
            if outcome.fault == nil { outcome.superseded = superseded(held, by: received) }
        case .received(let received): outcome.absent = received.absent
        case .absent: break
        case .unavailable: outcome.isUnreachable = true
        case .refused(let fault): outcome.fault = fault
        }
        guard isLate, pair.state == .awaiting, outcome.state == .awaiting else { return outcome }
        // What nobody can read by its deadline is as good as not sent.
        var missing = try await match(partner, pair, nil, kept, refusedFor: outcome.fault)
        missing.fault = outcome.fault
        missing.isUnreachable = outcome.isUnreachable
        return missing
    }

    private func match(
        _ partner: Partner, _ pair: PartnerDate, _ received: ReceivedFiles?, _ kept: [FileContent],
        refusedFor fault: UnreadableFile? = nil
    ) async throws -> ReconciliationOutcome {
        var outcome = ReconciliationOutcome(
            party: partner.party, date: pair.date, state: pair.state)
        let result: ReconciledDate
        do {
            result = try await matched(partner, pair.date, received, kept, refusedFor: fault)
        } catch {
            guard let fault = UnreadableFile(error, file: FileFetch.manifestName) else {
                throw error
            }
            outcome.fault = fault
            return outcome
        }
        if !isRehearsal {
            surroundings.crashPoint(.reconciliationBeforeStore)
            try await store.record(result)
            surroundings.crashPoint(.reconciliationAfterStore)
        }
        outcome.state = result.state
        outcome.breaks = result.breaks
        outcome.readByOwnNumber = result.claims.count { !$0.readBy.isEmpty }
        return outcome
    }

    private func matched(
        _ partner: Partner, _ date: BusinessDate, _ received: ReceivedFiles?,
        _ kept: [FileContent], refusedFor fault: UnreadableFile?
    ) async throws -> ReconciledDate {
        let party = partner.party
        let earlier = try await store.openBreaks(of: party, before: date).ofFiles
        var matching = try DayMatching(
            partner: partner, date: date, format: format, ours: kept, theirs: received,
            refusedFor: fault, openBreaks: earlier, severities: severities,
            platform: platform, hash: surroundings.hash)
        try await recall(&matching, party, date)
        let findings = try await findings(&matching)
        let settled = try await store.settled(party, date)
        let keeping = BreakKeeping(
            disputes: partner.disputes, date: date,
            existing: try await store.breaks(of: party, on: date).ofFiles, earlier: earlier,
            settled: settled,
            roundedThisMonth: try await store.rounded(party, date.firstOfMonth..<date),
            instant: surroundings.now())
        let changes = try keeping.changes(found: findings.breaks, healed: findings.healed)
        return ReconciledDate(
            party: party, date: date, state: findings.state, received: findings.received,
            claims: findings.claims,
            breaks: changes.prefix(findings.breaks.count).map(\.kept), changes: changes,
            sayings: findings.sayings, settled: settled)
    }

    /// What matching finds; once more where a loan whose disbursement is in dispute is not settled
    /// as loans usually are.
    private func findings(_ matching: inout DayMatching) async throws -> DayMatching.Findings {
        let found = try matching.findings()
        let loans = matching.disputedLoans(found.breaks)
        if loans.isEmpty { return found }
        matching.lending = try await store.lending(of: loans).filter {
            $0.value.disbursement != .reimburse
        }
        return matching.lending.isEmpty ? found : try matching.findings()
    }

    /// What the partner said on earlier dates: the numbers it gave loans, and their balances.
    private func recall(
        _ matching: inout DayMatching, _ party: PartyID, _ date: BusinessDate
    ) async throws {
        let strangers = matching.strangers
        if !strangers.isEmpty {
            matching.readOwnNumbers(
                try await store.loans(numbered: strangers, by: party, before: date))
        }
        let loans = matching.balancedLoans
        if loans.isEmpty { return }
        matching.remember(try await store.stated(by: party, of: loans, before: date))
    }
}

extension [KeptBreak] {
    /// Those that files open and close.
    fileprivate var ofFiles: [KeptBreak] { filter { $0.kind != .funding } }
}

extension BusinessDate {
    /// The first date of its month.
    fileprivate var firstOfMonth: BusinessDate { adding(days: 1 - components.day) }
}

extension DateReconciliation {
    private func fetch(
        _ pair: PartnerDate, _ known: [String: [UInt8]], _ empty: [String: [UInt8]]
    ) async -> FileFetch.Outcome {
        await FileFetch(
            party: pair.party, date: pair.date, source: source, format: format,
            surroundings: surroundings, limits: limits, known: known, empty: empty
        ).run()
    }

    private func heldVersions(_ pair: PartnerDate) async throws -> [ReceivedVersion] {
        try await versions.versions(from: pair.party, on: pair.date).filter(\.isInForce)
    }

    /// Our own files without a line: half of a day's files are header lines alone.
    private func empty(_ kept: [FileContent]) -> [String: [UInt8]] {
        var empty: [String: [UInt8]] = [:]
        if readsEveryFile { return empty }
        for file in kept where file.bytes.firstIndex(of: 10) == file.bytes.count - 1 {
            empty[surroundings.hexadecimal(file.bytes)] = file.bytes
        }
        return empty
    }

    private func known(_ held: [ReceivedVersion], _ pair: PartnerDate) async throws
        -> [String: [UInt8]]
    {
        var known: [String: [UInt8]] = [:]
        if readsEveryFile { return known }
        for version in held where version.name != FileFetch.manifestName {
            known[version.sha256] = try await versions.content(
                of: version.name, version: version.version, from: pair.party, on: pair.date)
        }
        return known
    }

    /// A date that every file has come for is only ever superseded by as many.
    private func isDone(_ pair: PartnerDate) -> Bool {
        pair.state == .reconciled || pair.state == .withBreaks
    }

    private func superseded(_ held: [ReceivedVersion], by received: ReceivedFiles)
        -> [SupersededFile]
    {
        let digests = Dictionary(
            received.files.map { ($0.name, surroundings.hexadecimal($0.bytes)) }
        ) { first, _ in first }
        return held.filter {
            $0.name != FileFetch.manifestName && digests[$0.name] != $0.sha256
        }.map { SupersededFile(name: $0.name, version: $0.version) }
    }

    private func isInForce(_ received: ReceivedFiles, _ held: [ReceivedVersion]) -> Bool {
        guard received.files.count == held.count else { return false }
        let digests = Dictionary(held.map { ($0.name, $0.sha256) }) { first, _ in first }
        return received.files.allSatisfy {
            digests[$0.name] == surroundings.hexadecimal($0.bytes)
        }
    }
}

extension ReconciliationOutcome {
    fileprivate func unchanged(_ received: ReceivedFiles) -> ReconciliationOutcome {
        var outcome = self
        outcome.isUnchanged = true
        outcome.note(received)
        return outcome
    }

    fileprivate mutating func note(_ received: ReceivedFiles) {
        absent = received.absent
        unread = received.unread
    }
}
