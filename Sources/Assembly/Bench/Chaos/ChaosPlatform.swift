import BusinessCalendar
import Foundation

/// The platform's programs of a round: `fund`, again and again, `serve` beside it, and `eod`.
final class ChaosPlatform {
    private let ground: ChaosGround
    let port: Int
    private(set) var funding: ChildProgram?
    private var serving: ChildProgram?
    /// Endings that nobody asked for.
    private(set) var surprises: [String] = []

    /// - Parameter port: That of `serve`.
    init(on ground: ChaosGround, port: Int) {
        self.ground = ground
        self.port = port
    }

    /// - Throws: `POSIXError`.
    func startFunding() throws { funding = try ground.colend("fund") }

    /// The exit code of a `fund` that has ended by itself; nil while it runs.
    func fundingEnded() -> Int32? {
        guard let ending = funding?.ending else { return nil }
        if case .exit(let code) = ending {
            if ![0, 2, 69, 75].contains(code) { surprises.append("fund ended with \(ending)") }
            return code
        }
        surprises.append("fund ended with \(ending)")
        return 70
    }

    /// Ends `fund` as `kill -9` does; false when it had ended already.
    func killFunding() async throws -> Bool {
        guard let funding, funding.isRunning else { return false }
        funding.signal(SIGKILL)
        return try await funding.ended(within: 60) == .signal(SIGKILL)
    }

    /// Closes a date, killed at each of these numbers of lines after its beginning; answers how
    /// often it was.
    func close(_ date: BusinessDate, killedAt ends: [Int], _ lines: LogLines) async throws -> Int {
        var kills = 0
        for end in ends {
            let begun = lines.count()
            let program = try startClosing(date)
            while program.isRunning, lines.count() < begun + end {
                try await Task.sleep(for: .milliseconds(2))
            }
            program.signal(SIGKILL)
            if try await program.ended(within: 60) == .signal(SIGKILL) { kills += 1 }
        }
        for _ in 0..<20 {
            let ending = try await startClosing(date).ended(within: 600)
            if ending == .exit(0) || ending == .exit(2) { return kills }
            if ending != .exit(69), ending != .exit(75) {
                surprises.append("eod ended with \(ending.map { "\($0)" } ?? "nothing")")
            }
        }
        surprises.append("\(date) could not be closed")
        return kills
    }

    private func startClosing(_ date: BusinessDate) throws -> ChildProgram {
        try ground.colend("eod", ["--date", "\(date)", "--resume"])
    }

    /// Whether callbacks are taken.
    var isServing: Bool { serving != nil }

    /// Ends `serve` as `kill -9` does: callbacks find nobody.
    func endServing() async throws {
        if let ending = serving?.ending { surprises.append("serve ended with \(ending)") }
        serving?.signal(SIGKILL)
        _ = try await serving?.ended(within: 60)
        serving = nil
    }

    /// Checks the books by their own means.
    func verify() async throws {
        let ending = try await ground.colend("verify").ended(within: 600)
        if ending != .exit(0) {
            surprises.append("verify ended with \(ending.map { "\($0)" } ?? "nothing")")
        }
    }

    /// Starts `serve` and waits until it answers.
    ///
    /// - Throws: `POSIXError`.
    func startServing() async throws {
        let ready = "\(ground.path)/ready.json"
        try? FileManager.default.removeItem(atPath: ready)
        let program = try ground.colend(
            "serve", ["--port", "\(port)", "--ready-file", ready, "--exit-with-parent"])
        serving = program
        for _ in 0..<12_000 where program.isRunning {
            if FileManager.default.fileExists(atPath: ready) { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        surprises.append("serve did not start")
    }

    /// Ends `serve` as `kill -9` does and starts it again.
    func restartServing() async throws {
        try await endServing()
        try await startServing()
    }

    /// Ends both; `serve` in good order.
    func stop() async {
        funding?.signal(SIGKILL)
        _ = try? await funding?.ended(within: 20)
        guard let serving else { return }
        if let ending = serving.ending { surprises.append("serve ended with \(ending)") }
        serving.stop()
        let ending = try? await serving.ended(within: 30)
        if ending != .exit(0) {
            surprises.append(
                "serve, told to stop, ended with \(ending.map { "\($0)" } ?? "nothing")")
            serving.signal(SIGKILL)
        }
        self.serving = nil
    }
}
