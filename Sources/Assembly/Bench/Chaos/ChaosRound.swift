import BusinessCalendar
import CurlTransport
import Foundation
import LendingRules
import Operations

/// One round: on some dates loans are booked and funded while banks misbehave and either side is
/// killed; each evening what is asked for stays in doubt over the close. Then the faults are
/// switched off, doubts are resolved, the last dates are closed, and the books are compared.
final class ChaosRound {
    /// A Monday.
    static let firstDate = BusinessDate(dayNumber: 20_458)

    let plan: ChaosPlan
    let ground: ChaosGround
    private let wire: CurlClient
    let falsification: ChaosOptions.Falsification?
    var banks: [ChaosHouse] = []
    var channel: ChaosHouse?
    let platform: ChaosPlatform
    var outcome = ChaosOutcome()
    /// In the order of their booking.
    let waves: [[ChaosLoan]]
    private var booked = 0
    /// Kills of the plan that have not come yet: those by day, and those of a close.
    var kills: [ChaosPlan.Kill]
    var closeKills: [ChaosPlan.Kill]
    private(set) lazy var lines = LogLines(houses.map(\.log))
    /// Requests that were open when a date was closed.
    var overnight: Set<String> = []

    /// The banks, and behind them the channel.
    var houses: [ChaosHouse] { banks + (channel.map { [$0] } ?? []) }

    init(
        _ plan: ChaosPlan, on ground: ChaosGround, wire: CurlClient,
        falsification: ChaosOptions.Falsification?
    ) {
        self.plan = plan
        self.ground = ground
        self.wire = wire
        self.falsification = falsification
        platform = ChaosPlatform(on: ground, port: FreePort.take() ?? 0)
        waves = ChaosLoans(plan: plan, firstDate: Self.firstDate).waves
        kills = plan.kills.filter { $0.victim != .close }
        closeKills = plan.kills.filter { $0.victim == .close }
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
        return outcome
    }

    private func live() async throws {
        try ground.prepare()
        try await openHouses()
        try await fillReserves()
        let first = plan.hasBadCertificates ? max(20, plan.requests / 50) : 0
        try await book(waves[0].prefix(first))
        try await platform.startServing()
        if plan.hasBadCertificates { try await showBadCertificates() }
        for house in houses {
            try await house.turn(ChaosFaults.silence(house.scenario.role), isOn: false)
        }
        for date in 0..<ChaosPlan.dates {
            if date > 0 { try await wake(on: date) }
            try await book(date == 0 ? waves[0].dropFirst(first) : waves[2 * date][...])
            let isLast = date == ChaosPlan.dates - 1
            try await disturb(untilPlanEnds: isLast)
            if !isLast { try await rest(on: date) }
        }
        try await calm()
        try await closeLastDates()
        try await compare()
    }

    func book(_ loans: ArraySlice<ChaosLoan>) async throws {
        if loans.isEmpty { return }
        booked += 1
        let file = "\(ground.path)/loans-\(booked).csv"
        try OutputFile.write(ChaosLoans.file(of: loans), to: file)
        _ = try await Application.importLoans(file, ground.launch)
    }

    private func stop() async {
        await platform.stop()
        for house in houses { await house.stop() }
    }

    func requests() async throws -> [HeldRequest] {
        try await withApplication { try await $0.stores.audit.requests() }
    }

    func withApplication<Result: Sendable>(
        _ body: (Application) async throws -> Result
    ) async throws -> Result {
        let application = try await Application.open(ground.launch, for: .writing)
        defer { application.stores.close() }
        return try await body(application)
    }
}

// MARK: - Before the first date

extension ChaosRound {
    private func openHouses() async throws {
        for (place, name) in ground.names.enumerated() {
            banks.append(try await open(name, .init(place: place), isFirst: place == 0))
        }
        if plan.paysThroughChannel { channel = try await open(ground.channel, .channel) }
        try believe(.expired)
        let config = ChaosConfig(
            date: Self.firstDate, banks: banks.map(\.scenario), endpoints: banks.map(\.endpoint),
            authorityFile: ground.authorityFile,
            channel: channel.map { ($0.scenario, $0.endpoint) })
        for file in config.files {
            try OutputFile.write(Array(file.text.utf8), to: "\(ground.config)/\(file.path)")
        }
    }

    private func open(_ name: String, _ role: ChaosScenario.Role, isFirst: Bool = false)
        async throws -> ChaosHouse
    {
        var scenario = ChaosScenario(
            name: name, role: role, date: Self.firstDate, calendar: plan.calendar,
            callbackPort: platform.port)
        if plan.hasBadCertificates, isFirst { scenario.certificate = .expired }
        return try await ChaosHouse.start(scenario, on: ground, seed: plan.seed, wire: wire)
    }

    /// What lenders have on deposit, for shares that are taken from there.
    private func fillReserves() async throws {
        let rows = ground.names.map { "R1,\($0),deposit,900000000.00,USD\n" }
        let file = "\(ground.path)/reserves.csv"
        try OutputFile.write(
            Array(("id,party,kind,amount,currency\n" + rows.joined()).utf8), to: file)
        _ = try await Application.importReserves(file, ground.launch)
    }

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
            let refused = try await refusedCertificates()
            if refused > 0 {
                outcome.faults[name, default: 0] += refused
            } else {
                outcome.note("nothing tells that the bank's certificate is no good: \(name)")
            }
            try await banks[0].restart(showing: next)
            try believe(next)
        }
        let arrived = try await banks[0].journal("arrival").count
        if arrived > 0 { outcome.note("\(arrived) requests went to a bank without proof of it") }
    }

    /// Requests that were not sent to the first bank, and say that it was for its certificate.
    private func refusedCertificates() async throws -> Int {
        let name = banks[0].name
        return try await requests().count {
            $0.request.party.name == name && $0.state == .planned
                && $0.evidence.contains("certificate")
        }
    }
}
