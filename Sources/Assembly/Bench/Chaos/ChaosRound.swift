import BusinessCalendar
import CurlTransport
import Foundation
import LendingRules
import Operations
import PartnerGateway
import Reconciling

/// One round: loans are booked and funded while banks misbehave and either side is killed; then the
/// faults are switched off, doubts are resolved, the day is closed, and the books are compared.
final class ChaosRound {
    /// A Monday.
    private static let date = BusinessDate(dayNumber: 20_458)

    private let plan: ChaosPlan
    private let ground: ChaosGround
    private let wire: CurlClient
    private let falsification: ChaosOptions.Falsification?
    private var banks: [ChaosBank] = []
    private var platform: ChaosPlatform
    private var outcome = ChaosOutcome()

    init(
        _ plan: ChaosPlan, on ground: ChaosGround, wire: CurlClient,
        falsification: ChaosOptions.Falsification?
    ) {
        self.plan = plan
        self.ground = ground
        self.wire = wire
        self.falsification = falsification
        platform = ChaosPlatform(on: ground, port: FreePort.take() ?? 0)
    }

    /// - Throws: ``BankUnavailable``, ``OutputFault``, or what the platform's commands throw.
    func run() async throws -> ChaosOutcome {
        do {
            try await live()
        } catch {
            await stop()
            throw error
        }
        await stop()
        for surprise in platform.surprises { outcome.note("round \(plan.number): \(surprise)") }
        outcome.rounds = 1
        outcome.requests = plan.requests
        return outcome
    }

    private func live() async throws {
        try ground.prepare()
        try await openBanks()
        let waves = ChaosLoans(plan: plan, date: Self.date)
            .waves(of: plan.hasBadCertificates ? max(20, plan.requests / 50) : 0)
        for (number, wave) in waves.enumerated() {
            let file = "\(ground.path)/loans-\(number + 1).csv"
            try OutputFile.write(wave, to: file)
            _ = try await Application.importLoans(file, ground.launch)
            if number == 0 { try await platform.startServing() }
            if plan.hasBadCertificates, number == 0 { try await showBadCertificates() }
        }
        try await disturb()
        try await calm()
        try await close()
        try await compare()
    }

    private func openBanks() async throws {
        for (place, name) in ground.names.enumerated() {
            var scenario = ChaosScenario(
                name: name, role: .init(place: place), date: Self.date, calendar: plan.calendar,
                callbackPort: platform.port)
            if plan.hasBadCertificates, place == 0 { scenario.certificate = .expired }
            banks.append(
                try await ChaosBank.start(scenario, on: ground, seed: plan.seed, wire: wire))
        }
        try believe(.expired)
        let config = ChaosConfig(
            date: Self.date, banks: banks.map(\.scenario), endpoints: banks.map(\.endpoint),
            authorityFile: ground.authorityFile)
        for file in config.files {
            try OutputFile.write(Array(file.text.utf8), to: "\(ground.config)/\(file.path)")
        }
    }

    private func stop() async {
        await platform.stop()
        for bank in banks { await bank.stop() }
    }
}

// MARK: - Disturbances

extension ChaosRound {
    /// The platform trusts the maker of a certificate; whether it is good is another question.
    private func believe(_ certificate: ChaosScenario.Certificate) throws {
        guard plan.hasBadCertificates, let bank = banks.first else { return }
        let made = "\(ground.bank(bank.name))/state/tls/\(certificate.rawValue).pem"
        let text = FileManager.default.contents(atPath: made) ?? Data()
        try OutputFile.write([UInt8](text), to: ground.authorityFile)
    }

    /// Nothing may leave for a bank that cannot prove who it is.
    private func showBadCertificates() async throws {
        for (name, next) in [
            (ChaosFaults.expired, ChaosScenario.Certificate.wrongName),
            (ChaosFaults.wrongName, .valid),
        ] {
            try await fundOnce()
            outcome.faults[name, default: 0] += try await refusedCertificates()
            try await banks[0].restart(showing: next)
            try believe(next)
        }
    }

    /// Requests that were not sent to the first bank for its certificate.
    private func refusedCertificates() async throws -> Int {
        let name = banks[0].name
        let held = try await requests()
        return held.count { $0.request.party.name == name && $0.state == .planned }
    }

    private func fundOnce() async throws {
        try platform.startFunding()
        while platform.fundingEnded() == nil { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Runs `fund` until it has nothing left to do, and kills by the plan meanwhile.
    private func disturb() async throws {
        var lines = LogLines(banks.map(\.log))
        var kills = plan.kills[...]
        var isIdle = false
        try platform.startFunding()
        while true {
            if let kill = kills.first, isIdle || lines.count() >= kill.atLine {
                kills.removeFirst()
                try await strike(kill.victim)
                isIdle = false
            } else if platform.fundingEnded() != nil {
                if kills.isEmpty { return }
                // What is left of the plan meets a platform that has less to do.
                isIdle = [.exit(0), .exit(2)].contains(platform.funding?.ending)
                try platform.startFunding()
            } else {
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    private func strike(_ victim: ChaosPlan.Victim) async throws {
        switch victim {
        case .fund:
            if platform.fundingEnded() != nil { try platform.startFunding() }
            if try await platform.killFunding() { outcome.kills["fund", default: 0] += 1 }
            try platform.startFunding()
        case .serve:
            outcome.kills["serve", default: 0] += 1
            try await platform.restartServing()
        case .bank(let place, let tearsLog):
            outcome.kills["bank", default: 0] += 1
            try await banks[place].restart(tearsLog: tearsLog)
        }
    }
}

// MARK: - The end

extension ChaosRound {
    /// Faults are over: what is in doubt is asked about until asking changes nothing any more.
    private func calm() async throws {
        for bank in banks { try await bank.behave() }
        var earlier: [HeldRequest] = []
        for _ in 0..<20 {
            try await fundOnce()
            let open = try await requests().filter { !ChaosShare($0).isDecided }
            let isSame =
                open.map(\.request.key) == earlier.map(\.request.key)
                && open.map(\.state) == earlier.map(\.state)
            if open.isEmpty || isSame { break }
            earlier = open
        }
        for bank in banks {
            for _ in 0..<6_000 where try await bank.waitingCallbacks() > 0 {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        try await fundOnce()
        await platform.stop()
    }

    /// The evening and the morning after: what a bank did with the money shows in its files.
    private func close() async throws {
        _ = try await withApplication { try await $0.endOfDay.run(Self.date) }
        for bank in banks { try await bank.setClock(Self.date.adding(days: 1)) }
        _ = try await withApplication { try await $0.reconcile(again: false, by: nil) }
    }

    private func requests() async throws -> [HeldRequest] {
        try await withApplication { try await $0.stores.audit.requests() }
    }

    private func withApplication<Result: Sendable>(
        _ body: (Application) async throws -> Result
    ) async throws -> Result {
        let application = try await Application.open(ground.launch, for: .writing)
        defer { application.stores.close() }
        return try await body(application)
    }

    private func compare() async throws {
        try await falsify()
        var theirs: [ChaosShare] = []
        var mistakes: [String: String] = [:]
        for bank in banks {
            theirs += try await bank.book()
            for entry in try await bank.journal("fault") {
                guard let name = entry["rule"]?.text ?? entry["fault"]?.text else { continue }
                outcome.faults[name, default: 0] += 1
                if ChaosFaults.explaining.contains(name), let key = entry["key"]?.text {
                    mistakes[key] = name
                }
            }
            for entry in try await bank.journal("replayed-nonce") {
                outcome.note("\(entry["key"]?.text ?? ""): the same signed request came twice")
            }
        }
        try await countDaysOff()
        let (ours, named) = try await withApplication { application in
            (try await application.stores.audit.requests(), try await application.namedKeys())
        }
        let comparison = ChaosComparison(
            ours: ours.map { ChaosShare($0) }, theirs: theirs, mistakes: mistakes, named: named)
        for difference in comparison.differences { outcome.note(difference) }
    }

    private func countDaysOff() async throws {
        guard plan.calendar != .open else { return }
        for bank in banks where bank.scenario.role == .post {
            for entry in try await bank.journal("answer") {
                for name in [ChaosFaults.holiday, ChaosFaults.cutOff]
                where entry["reason"]?.text?.hasPrefix("\(name):") ?? false {
                    outcome.faults[name, default: 0] += 1
                }
            }
        }
    }

    private func falsify() async throws {
        switch falsification {
        case .store:
            try await ChaosFalsifier.falsifyStore(ground.launch)
        case .bank:
            await banks[0].stop()
            try ChaosFalsifier.falsifyLog(banks[0].log)
            try await banks[0].startAgain()
        case nil: break
        }
    }
}

extension Application {
    /// Keys of requests that people are told about: no answer came that fits, the bank contradicts
    /// what was decided, or its files differ.
    fileprivate func namedKeys() async throws -> Set<String> {
        let held = try await stores.audit.requests()
        var named = Set(held.filter { $0.state.isDoubtful }.map(\.request.key))
        named.formUnion(try await stores.callbacks.contradictions().map(\.key))
        let breaks = try await stores.breaks.breaks(party: nil, state: nil)
        let told = Set(breaks.filter { $0.cause != .unknown }.map { "\($0.loan) \($0.party.name)" })
        for one in held where told.contains("\(one.request.loan.text) \(one.request.party.name)") {
            named.insert(one.request.key)
        }
        return named
    }
}
