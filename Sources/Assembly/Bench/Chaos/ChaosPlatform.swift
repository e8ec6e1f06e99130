import Foundation

/// The platform's programs of a round: `fund`, again and again, and `serve` beside it.
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
        if let ending = serving?.ending { surprises.append("serve ended with \(ending)") }
        serving?.signal(SIGKILL)
        _ = try await serving?.ended(within: 60)
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
