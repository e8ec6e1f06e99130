package import BusinessCalendar
package import LendingRules
import Reconciling

/// Run 2: matches each partner's files of a closed date with ours, line by line.
///
/// It never alters the date: what it finds are breaks. A date is done when the partner's manifest
/// and all its files are there, or when its deadline has passed. A partner may send other files
/// later: they supersede.
package struct Reconcile: Sendable {
    private let store: any ReconciliationStore
    private let versions: any ReceivedVersions
    private let ours: any OutgoingFiles
    private let exchange: any PartnerFiles
    private let format: any DetailFileFormat
    private let catalogue: Catalogue
    private let surroundings: Surroundings
    private let limits: FileLimits

    package init(
        store: any ReconciliationStore, versions: any ReceivedVersions, ours: any OutgoingFiles,
        exchange: any PartnerFiles, format: any DetailFileFormat, catalogue: Catalogue,
        surroundings: Surroundings, limits: FileLimits = FileLimits()
    ) {
        self.store = store
        self.versions = versions
        self.limits = limits
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
        let run = reconciliation(of: exchange, isRehearsal: false, readsEveryFile: false)
        for date in dates {
            guard let partner = catalogue.partners.first(where: { $0.party == date.party }) else {
                continue
            }
            let outcome = try await run.run(
                partner, date, openDate: openDate,
                isReachable: !unreachable.contains(partner.party))
            if outcome.isUnreachable { unreachable.insert(partner.party) }
            outcomes.append(outcome)
        }
        return outcomes
    }

    /// Reconciles one closed date of a partner with files from wherever they are.
    ///
    /// - Parameters:
    ///   - isRehearsal: nothing is kept.
    ///   - readsEveryFile: also those whose digest is that of a file we have, as for files that
    ///     were carried by hand.
    /// - Throws: ``DateStillOpen`` for a date that is not closed yet.
    package func run(
        _ partner: Partner, on date: BusinessDate, openDate: BusinessDate,
        from source: any PartnerFiles, isRehearsal: Bool = false, readsEveryFile: Bool = false
    ) async throws -> ReconciliationOutcome {
        let states = try await store.states(of: [partner.party])
        guard let pair = states.first(where: { $0.date == date }) else {
            throw DateStillOpen(party: partner.party, date: date)
        }
        return try await reconciliation(
            of: source, isRehearsal: isRehearsal, readsEveryFile: readsEveryFile
        ).run(partner, pair, openDate: openDate)
    }

    private func reconciliation(
        of source: any PartnerFiles, isRehearsal: Bool, readsEveryFile: Bool
    ) -> DateReconciliation {
        DateReconciliation(
            store: store, versions: versions, ours: ours, format: format,
            severities: catalogue.breakRules.severities, platform: catalogue.platform,
            surroundings: surroundings,
            limits: limits, source: source, isRehearsal: isRehearsal,
            readsEveryFile: readsEveryFile)
    }
}

/// Files came for a date whose own files are not made yet.
package struct DateStillOpen: CodedError, Hashable {
    package let party: PartyID
    package let date: BusinessDate

    package var code: String { "FILE-032" }
    package var sentence: String {
        "\(date) is not closed, so there is nothing to hold \(party)'s files against; close it "
            + "first with `colend eod --date \(date)`"
    }
    package var exit: ExitKind { .failed }
}
