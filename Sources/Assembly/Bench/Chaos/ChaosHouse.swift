import BusinessCalendar
import CurlTransport
import Foundation
import Operations
import PartnerGateway
import Synchronization

/// A bank of a round, or its payment channel, on one port for life: it can be killed and started
/// again.
final class ChaosHouse: Sendable {
    private struct State {
        var scenario: ChaosScenario
        var program: ChildProgram
    }

    let port: Int
    private let ground: ChaosGround
    private let seed: UInt64
    private let pool: Pool
    private let state: Mutex<State>

    private init(
        _ scenario: ChaosScenario, _ program: ChildProgram, port: Int, ground: ChaosGround,
        seed: UInt64, wire: CurlClient
    ) {
        self.port = port
        self.ground = ground
        self.seed = seed
        var rules = PoolRules(name: scenario.name)
        if scenario.certificate != nil { rules.trust.authorityFile = ground.authorityFile }
        pool = wire.pool(rules)
        state = Mutex(State(scenario: scenario, program: program))
    }

    var scenario: ChaosScenario { state.withLock(\.scenario) }
    private var program: ChildProgram { state.withLock(\.program) }
    var name: String { scenario.name }
    var endpoint: String { "\(scenario.certificate == nil ? "http" : "https")://127.0.0.1:\(port)" }
    /// The log of its state: a line for every step.
    var log: String { "\(ground.bank(name))/state/log" }

    /// Starts a house and waits until it listens.
    ///
    /// - Throws: ``BankUnavailable`` when it does not, or ``OutputFault``.
    static func start(
        _ scenario: ChaosScenario, on ground: ChaosGround, seed: UInt64, wire: CurlClient
    ) async throws -> ChaosHouse {
        guard let port = FreePort.take() else {
            throw BankUnavailable(name: scenario.name, reason: "no port is free")
        }
        let program = try await launch(scenario, port: port, ground, seed: seed)
        return ChaosHouse(
            scenario, program, port: port, ground: ground, seed: seed, wire: wire)
    }

    /// Starts the program; again for a while where it ends, since while a killed bank was down
    /// somebody's connection may have been given its port.
    private static func launch(
        _ scenario: ChaosScenario, port: Int, _ ground: ChaosGround, seed: UInt64
    ) async throws -> ChildProgram {
        let folder = ground.bank(scenario.name)
        let (file, ready) = ("\(folder)/scenario.yaml", "\(folder)/ready.json")
        try OutputFile.write(Array(scenario.yaml.utf8), to: file)
        try? FileManager.default.removeItem(atPath: ready)
        for _ in 0..<40 {
            let program: ChildProgram
            do {
                program = try ChildProgram(
                    "\(Samples.programDirectory)/mock-bank",
                    [
                        "--scenario", file, "--port", "\(port)", "--ready-file", ready, "--state",
                        "\(folder)/state", "--seed", "\(seed)", "--exit-with-parent",
                    ], environment: ground.variables, log: "\(folder)/log")
            } catch {
                throw BankUnavailable(
                    name: scenario.name, reason: "mock-bank is not beside colend")
            }
            for _ in 0..<12_000 where program.isRunning {
                if FileManager.default.fileExists(atPath: ready) { return program }
                try await Task.sleep(for: .milliseconds(5))
            }
            if program.isRunning {
                program.signal(SIGKILL)
                break
            }
            try await Task.sleep(for: .milliseconds(250))
        }
        throw BankUnavailable(
            name: scenario.name, reason: "it did not start; see \(folder)/log")
    }

    /// Ends it as `kill -9` does and starts it again on what it had on the disk.
    ///
    /// - Throws: ``BankUnavailable`` when it does not start, or had ended by itself.
    func restart(tearsLog: Bool = false, showing certificate: ChaosScenario.Certificate? = nil)
        async throws
    {
        let program = program
        if let ending = program.ending {
            throw BankUnavailable(name: name, reason: "it ended by itself with \(ending)")
        }
        program.signal(SIGKILL)
        _ = try await program.ended(within: 60)
        if tearsLog { tearLog() }
        try await startAgain(showing: certificate)
    }

    /// Starts it on what it had on the disk when it ended.
    ///
    /// - Throws: ``BankUnavailable`` when it does not start.
    func startAgain(showing certificate: ChaosScenario.Certificate? = nil) async throws {
        var scenario = scenario
        if let certificate { scenario.certificate = certificate }
        let again = try await ChaosHouse.launch(scenario, port: port, ground, seed: seed)
        state.withLock { $0 = State(scenario: scenario, program: again) }
    }

    /// Leaves half a record at the end of the log, as a power cut might.
    private func tearLog() {
        guard let handle = FileHandle(forWritingAtPath: log) else { return }
        defer { try? handle.close() }
        _ = try? handle.seekToEnd()
        try? handle.write(contentsOf: Data("0123456789abcdef {\"entries\":[".utf8))
    }

    /// Asks it to end, and sees that it does.
    func stop() async {
        program.stop()
        if await (try? program.ended(within: 20)) == nil { program.signal(SIGKILL) }
    }
}

extension ChaosHouse {
    /// Switches every fault off.
    func behave() async throws {
        let rest = scenario.role == .channel ? "files" : "money"
        _ = try await administer(.put, "faults", body: "{\"transport\": [], \"\(rest)\": []}")
    }

    func setClock(_ date: BusinessDate) async throws {
        _ = try await administer(.post, "clock", body: "{\"businessDate\":\"\(date)\"}")
    }

    /// How many callbacks it has still to deliver.
    func waitingCallbacks() async throws -> Int {
        try await administer(.get, "callbacks")["waiting"]?.elements?.count ?? 0
    }

    /// Switches rules of one set on or off.
    func turn(_ faults: [ChaosFaults.Fault], isOn: Bool) async throws {
        for fault in faults {
            _ = try await administer(.put, "faults/\(fault.name)", body: "{\"on\": \(isOn)}")
        }
    }

    /// The requests of a bank's own book.
    func book() async throws -> [ChaosShare] {
        let book = try await administer(.get, "book")
        let givenBack = Set(
            (book["loans"]?.elements ?? []).filter { $0["principal"]?.text == "0.00" }
                .compactMap { $0["key"]?.text })
        return (book["requests"]?.elements ?? []).map {
            ChaosShare(
                bank: name, $0, isGivenBack: givenBack.contains($0["key"]?.text ?? ""))
        }
    }

    /// The payouts of a channel's own book.
    func payouts() async throws -> [ChaosPayout] {
        try await (administer(.get, "book")["payouts"]?.elements ?? []).map { ChaosPayout($0) }
    }

    /// The entries of its diary of one kind.
    func journal(_ event: String) async throws -> [JSONValue] {
        try await administer(.get, "journal?event=\(event)")["entries"]?.elements ?? []
    }

    private func administer(_ method: ExchangeMethod, _ path: String, body: String = "")
        async throws -> JSONValue
    {
        let request = ExchangeRequest(
            method: method, url: "\(endpoint)/admin/v1/\(path)", headers: [],
            body: Array(body.utf8), connectMilliseconds: 20_000, totalMilliseconds: 120_000,
            maximumBodyBytes: 512 << 20)
        var reason = ""
        // A connection kept from before a kill fails once, and nothing that is said here counts.
        for _ in 0..<3 {
            let outcome = await pool.exchange(request)
            reason = "/admin/v1/\(path): \(outcome.evidence.message)"
            guard case .answered(let response, _) = outcome else { continue }
            if (200...201).contains(response.status),
                let answer = try? JSONReader.read(response.body)
            {
                return answer
            }
        }
        throw BankUnavailable(name: name, reason: reason)
    }
}
