import BusinessCalendar
import Foundation
import LendingRules
import Operations
import PartnerGateway
import Reconciling
import SQLStore
import Settings

/// The wired house: configuration, store and partners behind the use cases.
package struct Application: Sendable {
    let configuration: Configuration
    let catalogue: Catalogue
    let surroundings: Surroundings
    /// The files of pools as they were loaded, by path.
    let poolFiles: [String: String]
    let stores: Stores
    let partners: PartnerLines
    let isDryRun: Bool
    /// Shows how far long work has come.
    let progress: Progress
    /// Whether what is given up is taken back from its bank; off only for a harness.
    private let reversesGivenUp: Bool
    /// Where closed dates' files are written, beside the store; nil for nowhere.
    let outDirectory: String?
    /// What opening has to tell, a line each.
    let notes: [String]

    /// Opens configuration and store, asks for an answer and closes the store again.
    ///
    /// - Throws: What ``open(_:for:)`` throws, or the question.
    package static func answer(
        _ launch: Launch, for use: StoreUse = .reading,
        _ question: (Application) async throws -> Answer
    ) async throws -> Answer {
        let application = try await open(launch, for: use)
        defer {
            application.progress.finish()
            application.stores.close()
        }
        var answer = try await question(application)
        answer.notes += application.notes
        return answer
    }

    /// Opens configuration and store.
    ///
    /// - Throws: ``ConfigurationFaults``, also for what two persons must agree on and have not;
    ///   ``StoreAbsent``, or a store error with its code.
    package static func open(_ launch: Launch, for use: StoreUse = .making) async throws
        -> Application
    {
        let environment = launch.variables
        let sources = ConfigurationSources.read(directory: launch.configDirectory)
        let configuration = try Settings.load(sources, environment: environment)
        let progress = Progress(isQuiet: launch.isQuiet)
        let surroundings = surroundings(environment, progress)
        let hazards = Hazards(environment: environment)
        let store = try await OpenStore(launch, for: use)
        let notes: [String]
        do {
            let admission = Admission(
                configuration: configuration, sources: sources,
                approved: SQLChanges(engine: store.engine), now: surroundings.now())
            notes = try await admission.run(mayAdopt: use != .reading && !launch.isDryRun)
        } catch {
            store.close()
            throw error
        }
        return Application(
            configuration: configuration, catalogue: Catalogue(configuration),
            surroundings: surroundings,
            poolFiles: sources.texts.filter { ConfigurationFile(path: $0.key) == .pool },
            stores: Stores(
                store, firstDate: configuration.platform.firstDate,
                platform: configuration.platform.party, hazards: hazards),
            partners: PartnerLines(
                configuration, in: launch.configDirectory, environment: environment,
                hazards: hazards),
            isDryRun: launch.isDryRun, progress: progress,
            reversesGivenUp: hazards.hasDeadlineReversal, outDirectory: launch.outDirectory,
            notes: notes)
    }

    /// What comes in from outside the rules, with the point at which a harness kills.
    static func surroundings(_ environment: [String: String], _ progress: Progress)
        -> Surroundings
    {
        let crash = Crash(environment: environment)
        return Surroundings(
            hash: Hashing.sha256, shard: Hashing.shard, now: Clock.microseconds,
            crashPoint: { crash?.reach($0) }, progress: { progress.report($0) })
    }
}

extension Application {
    var fundUseCase: Fund {
        get throws {
            let partners = try partners.open()
            var limits = Fund.Limits(worker: try stores.worker()) {
                await Clock.pause(microseconds: $0)
            }
            limits.holdsSeat = stores.holdsSeat
            limits.reversesGivenUp = reversesGivenUp
            return Fund(
                outbox: stores.outbox, cases: stores.cases, banks: partners,
                snapshots: stores.snapshots, catalogue: catalogue, surroundings: surroundings,
                limits: limits, payingOut: payingOut(over: partners),
                claims: stores.decisions, transfers: stores.transfers)
        }
    }

    /// Nil when no clearing is configured: loans are then disbursed at once.
    private func payingOut(over partners: ProtocolV1Partners) -> PayingOut? {
        catalogue.clearing.map {
            PayingOut(
                outbox: stores.payouts, cases: stores.payouts,
                channel: partners.channel($0.channel), terms: $0.payouts)
        }
    }

    var endOfDay: EndOfDay {
        get throws {
            EndOfDay(
                lock: stores.lock, close: try closeDay, deliver: try deliver,
                reconcile: try reconcile, cash: try reconcileCash, settle: settle,
                handOver: try handOver, surroundings: surroundings)
        }
    }

    var deliver: Deliver {
        get throws {
            Deliver(
                files: stores.files, exchange: try partners.open(), catalogue: catalogue,
                surroundings: surroundings)
        }
    }

    var reconcile: Reconcile {
        get throws {
            Reconcile(
                store: stores.reconciliation, versions: stores.received, ours: stores.files,
                exchange: try partners.open(),
                format: ProtocolV1Files(sender: catalogue.platform), catalogue: catalogue,
                surroundings: surroundings)
        }
    }

    /// Nil when no clearing is configured.
    var reconcileCash: ReconcileCash? {
        get throws {
            guard let clearing = catalogue.clearing else { return nil }
            return ReconcileCash(
                reconciliations: stores.reconciliation, store: stores.cash,
                settlements: stores.settlement, exchange: try partners.open(),
                format: ProtocolV1Files(sender: catalogue.platform), clearing: clearing,
                platform: catalogue.platform, surroundings: surroundings)
        }
    }

    /// Nil when no clearing is configured.
    var handOver: HandOver? {
        get throws {
            guard let clearing = catalogue.clearing else { return nil }
            return HandOver(
                store: stores.instructions, exchange: try partners.open(),
                format: ProtocolV1Files(sender: catalogue.platform), clearing: clearing,
                surroundings: surroundings)
        }
    }

    var settle: Settle {
        Settle(store: stores.settlement, catalogue: catalogue, surroundings: surroundings)
    }

    private var closeDay: CloseDay {
        get throws {
            CloseDay(
                stores: CloseDay.Stores(
                    days: stores.days, book: stores.book, totals: stores.totals,
                    files: stores.files, snapshots: stores.snapshots, cash: stores.cash,
                    watch: stores.watch, losses: stores.losses, classes: stores.classes),
                fund: try fundUseCase, format: ProtocolV1Files(sender: catalogue.platform),
                catalogue: catalogue, surroundings: surroundings)
        }
    }
}

extension Catalogue {
    /// The catalogue of a configuration, each version hashed from its economic terms.
    init(_ configuration: Configuration) {
        self.init(
            platform: configuration.platform.party,
            agreements: configuration.agreements.map {
                Versioned($0, version: TermsVersion(of: $0.canonicalTerms))
            },
            products: configuration.products.map {
                Versioned($0, version: TermsVersion(of: $0.canonicalTerms))
            },
            calendars: configuration.calendars,
            partners: configuration.parties.compactMap(Partner.init),
            fullFiles: FullFiles(rawValue: configuration.platform.fullFiles.rawValue) ?? .monthly,
            breakRules: BreakRules(configuration.platform.breaks),
            clearing: configuration.clearing.flatMap {
                Clearing($0, firstDate: configuration.platform.firstDate)
            }, partyLimits: configuration.parties.flatMap(\.limits), rules: configuration.ruleBook,
            guarantors: configuration.parties.filter { $0.role == .guarantor || $0.role == .spv }
                .map(
                    \.id),
            assetRules: configuration.assetRules)
    }
}

extension Clearing {
    fileprivate init?(_ party: PartySettings, firstDate: BusinessDate) {
        guard let clearing = party.clearing else { return nil }
        self.init(
            channel: party.id, account: clearing.account, from: clearing.from ?? firstDate,
            fee: ChannelFee(fixed: clearing.feeFixed, rate: clearing.feeRate),
            transitDays: clearing.transitDays, lateDays: clearing.lateDays,
            filesDeadlineDays: clearing.filesDeadlineDays,
            payouts: PayoutTerms(clearing.payouts))
    }
}

extension PayoutTerms {
    fileprivate init(_ settings: PayoutSettings) {
        self.init()
        tries = settings.tries
        settleSeconds = settings.settleSeconds
        askLimit = settings.askLimit
    }
}

extension TermsVersion {
    fileprivate init(of terms: String) {
        self.init(String(Hashing.hexadecimal(Hashing.sha256(Array(terms.utf8))).prefix(16)))
    }
}

extension Partner {
    fileprivate init?(_ party: PartySettings) {
        guard let bank = party.bank else { return nil }
        self.init(
            party: party.id, settleSeconds: bank.settleSeconds, askLimit: bank.askLimit,
            computation: Computation(rawValue: bank.computation.rawValue) ?? .scale,
            tolerance: bank.toleranceMinorUnits, filesDeadlineDays: bank.filesDeadlineDays,
            settlement: bank.settlement, disputes: DisputeTerms(bank.disputes),
            inFlight: bank.inFlight, batch: bank.batch, deadlines: bank.deadlines)
    }
}
