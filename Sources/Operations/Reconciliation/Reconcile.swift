package import BusinessCalendar
package import LendingRules
import Reconciling

/// Run 2: matches each partner's files of a closed date with ours, line by line.
///
/// It never alters the date: what it finds are breaks. A date is done when the partner's manifest
/// and all its files are there, or when its deadline has passed.
package struct Reconcile: Sendable {
    private let store: any ReconciliationStore
    private let ours: any OutgoingFiles
    private let exchange: any PartnerFiles
    private let format: any DetailFileFormat
    private let catalogue: Catalogue
    private let surroundings: Surroundings

    package init(
        store: any ReconciliationStore, ours: any OutgoingFiles, exchange: any PartnerFiles,
        format: any DetailFileFormat, catalogue: Catalogue, surroundings: Surroundings
    ) {
        self.store = store
        self.ours = ours
        self.exchange = exchange
        self.format = format
        self.catalogue = catalogue
        self.surroundings = surroundings
    }

    /// Reconciles every date that is due, given the date now open.
    ///
    /// - Parameter again: also dates that were reconciled before, for files sent anew.
    package func run(openDate: BusinessDate, again: Bool = false) async throws
        -> [ReconciliationOutcome]
    {
        let parties = catalogue.partners.map(\.party)
        let dates =
            again
            ? try await store.states(of: parties) : try await store.due(for: parties)
        var outcomes: [ReconciliationOutcome] = []
        var unreachable: Set<PartyID> = []
        for date in dates {
            guard let partner = catalogue.partners.first(where: { $0.party == date.party }) else {
                continue
            }
            let outcome = try await reconcile(
                partner, date, openDate: openDate,
                isReachable: !unreachable.contains(partner.party))
            if outcome.isUnreachable { unreachable.insert(partner.party) }
            outcomes.append(outcome)
        }
        return outcomes
    }

    private func reconcile(
        _ partner: Partner, _ pair: PartnerDate, openDate: BusinessDate, isReachable: Bool
    ) async throws -> ReconciliationOutcome {
        let fetched = isReachable ? await fetch(partner.party, pair.date) : .unavailable
        switch fetched {
        case .complete(let manifest, let files):
            surroundings.crashPoint(.reconciliationAfterFetch)
            return try await match(partner, pair, manifest, files)
        case .absent, .unavailable:
            let deadline = pair.date.adding(days: partner.filesDeadlineDays)
            if openDate > deadline, pair.state == .awaiting {
                return try await match(partner, pair, nil, [])
            }
            return ReconciliationOutcome(
                party: partner.party, date: pair.date, state: pair.state,
                isUnreachable: fetched.isUnavailable)
        case .refused(let fault):
            return ReconciliationOutcome(
                party: partner.party, date: pair.date, state: pair.state, fault: fault)
        }
    }

    private func match(
        _ partner: Partner, _ pair: PartnerDate, _ manifest: PartnerManifest?,
        _ received: [FileContent]
    ) async throws -> ReconciliationOutcome {
        let result: ReconciledDate
        do {
            result = try await matched(partner, pair.date, manifest, received)
        } catch let fault as UnreadableFile {
            return ReconciliationOutcome(
                party: partner.party, date: pair.date, state: pair.state, fault: fault)
        }
        surroundings.crashPoint(.reconciliationBeforeStore)
        try await store.record(result)
        surroundings.crashPoint(.reconciliationAfterStore)
        return ReconciliationOutcome(
            party: partner.party, date: pair.date, state: result.state, breaks: result.breaks)
    }

    private func matched(
        _ partner: Partner, _ date: BusinessDate, _ manifest: PartnerManifest?,
        _ received: [FileContent]
    ) async throws -> ReconciledDate {
        let party = partner.party
        let earlier = try await store.openBreaks(of: party, before: date)
        let findings = try DayMatching(
            partner: partner, date: date, format: format,
            ours: try await ours.kept(for: party, on: date), theirs: received,
            manifest: manifest, openBreaks: earlier, severities: catalogue.breakRules.severities,
            hash: surroundings.hash
        ).findings()
        let keeping = BreakKeeping(
            disputes: partner.disputes, date: date,
            existing: try await store.breaks(of: party, on: date), earlier: earlier,
            settled: try await store.settled(party, date),
            roundedThisMonth: try await store.rounded(party, date.firstOfMonth..<date),
            instant: surroundings.now())
        let changes = try keeping.changes(found: findings.breaks, healed: findings.healed)
        return ReconciledDate(
            party: party, date: date, state: findings.state, received: findings.received,
            claims: findings.claims,
            breaks: changes.prefix(findings.breaks.count).map(\.kept), changes: changes)
    }
}

extension BusinessDate {
    /// The first date of its month.
    fileprivate var firstOfMonth: BusinessDate { adding(days: 1 - components.day) }
}

extension Reconcile {
    /// What fetching a partner's files of a date brought.
    private enum Fetched {
        case complete(PartnerManifest, [FileContent])
        case absent
        case unavailable
        case refused(UnreadableFile)

        var isUnavailable: Bool {
            if case .unavailable = self { true } else { false }
        }
    }

    private func fetch(_ party: PartyID, _ date: BusinessDate) async -> Fetched {
        switch await exchange.get("manifest.json", from: party, on: date) {
        case .content(let bytes): return await fetch(listed: bytes, party, date)
        case .absent: return .absent
        default: return .unavailable
        }
    }

    private func fetch(listed bytes: [UInt8], _ party: PartyID, _ date: BusinessDate) async
        -> Fetched
    {
        let manifest: PartnerManifest
        do {
            manifest = try format.manifest(bytes)
        } catch {
            return .refused(Reconcile.fault(error, "manifest.json"))
        }
        guard manifest.date == date, manifest.party == party else {
            return .refused(
                UnreadableFile(
                    code: "RECON-005", file: "manifest.json", line: 0,
                    what: "the manifest is of \(manifest.party) for \(manifest.date), not of "
                        + "\(party) for \(date)"))
        }
        var files = [FileContent(name: "manifest.json", bytes: bytes)]
        for file in manifest.files {
            switch await exchange.get(file.name, from: party, on: date) {
            case .content(let content):
                files.append(FileContent(name: file.name, bytes: content))
            case .absent: return .absent
            default: return .unavailable
            }
        }
        if let fault = digestFault(manifest, files) { return .refused(fault) }
        return .complete(manifest, files)
    }

    private func digestFault(_ manifest: PartnerManifest, _ files: [FileContent])
        -> UnreadableFile?
    {
        for file in manifest.files {
            guard let content = files.first(where: { $0.name == file.name }),
                surroundings.hexadecimal(content.bytes) != file.sha256.lowercased()
            else { continue }
            return UnreadableFile(
                code: "RECON-006", file: file.name, line: 0,
                what: "\(file.name) is not the file its manifest states: the digests differ")
        }
        return nil
    }

    private static func fault(_ error: any Error, _ file: String) -> UnreadableFile {
        error as? UnreadableFile
            ?? UnreadableFile(code: "RECON-004", file: file, line: 0, what: "\(error)")
    }
}

/// How reconciling one partner's date went.
package struct ReconciliationOutcome: Hashable, Sendable {
    package let party: PartyID
    package let date: BusinessDate
    package let state: ReconciliationState
    package let breaks: [KeptBreak]
    /// A file that could not be used; the date waits for a better one.
    package let fault: UnreadableFile?
    package let isUnreachable: Bool

    package init(
        party: PartyID, date: BusinessDate, state: ReconciliationState, breaks: [KeptBreak] = [],
        fault: UnreadableFile? = nil, isUnreachable: Bool = false
    ) {
        self.party = party
        self.date = date
        self.state = state
        self.breaks = breaks
        self.fault = fault
        self.isUnreachable = isUnreachable
    }
}
