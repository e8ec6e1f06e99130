import BusinessCalendar
import CurlTransport
import Foundation
import Settings

/// The passing directory of one run: configuration, store and banks.
struct BenchGround: Sendable {
    let load: BenchFund.Load
    let directory: DemoDirectory
    private let passing: PassingDirectory

    /// 2026-01-01.
    static let date = BusinessDate(dayNumber: 20_454)
    /// What each loan is about, and what its bank is asked for of it.
    static let principal = "10000.00"
    static let share = "9000.00"

    /// - Throws: ``OutputFault`` when there is no room for it.
    init(_ load: BenchFund.Load, store: String?) throws {
        self.load = load
        passing = try PassingDirectory("colend-bench-fund")
        directory = DemoDirectory(path: passing.path, givenStore: store)
    }

    var banks: [String] { (1...load.partners).map { "bank\($0)" } }

    func remove() async { await passing.remove() }

    /// Starts the banks and writes the configuration that leads to them.
    ///
    /// - Throws: ``BankUnavailable`` or ``OutputFault``; no bank is left running then.
    func start(_ wire: CurlClient) async throws -> [BankProcess] {
        var started: [BankProcess] = []
        do {
            for name in banks {
                try directory.writeSecret(name)
                let scenario = "\(directory.path)/\(name).yaml"
                try OutputFile.write(Array(self.scenario(name).utf8), to: scenario)
                started.append(
                    try await BankProcess.start(
                        name, in: directory, seed: 1, wire: wire, scenario: scenario))
            }
            for file in files(started.map(\.endpoint)) {
                try OutputFile.write(
                    Array(file.text.utf8), to: "\(directory.config)/\(file.path)")
            }
        } catch {
            for bank in started { bank.stop() }
            throw error
        }
        return started
    }

    var launch: Launch {
        var launch = Launch(
            configDirectory: directory.config, store: directory.store, isDryRun: false,
            isQuiet: true)
        launch.isSecluded = true
        launch.environment = Demo.variables
        for name in banks {
            launch.environment[BankProcess.secretVariable(name) + "_FILE"] =
                directory.secret(name)
        }
        return launch
    }

    private func scenario(_ name: String) -> String {
        """
        party: \(name)
        currency: USD
        startDate: \(Self.date)
        lenderComputation: scale
        settleSeconds: 1
        answerDelayMilliseconds: \(load.latencyMilliseconds)
        signing: {profile: hmac-sha256, secretEnv: \(BankProcess.secretVariable(name))}

        """
    }

    private func files(_ endpoints: [String]) -> [(path: String, text: String)] {
        Scaffold.minimal(firstDate: Self.date).files.filter {
            $0.path == "parties/platform.yaml"
                || !$0.path.hasPrefix("parties/") && !$0.path.hasPrefix("agreements/")
        }
            + zip(banks, endpoints).flatMap { name, endpoint in
                [
                    (path: "parties/\(name).yaml", text: party(name, endpoint)),
                    (path: "agreements/\(name).yaml", text: agreement(name)),
                ]
            }
    }

    /// Each bank has its part of the places; nothing is given up for being slow.
    private func party(_ name: String, _ endpoint: String) -> String {
        """
        party: \(name)
        name: Bench \(name)
        kind: bank
        endpoint: \(endpoint)
        signing: {profile: hmac-sha256, secretEnv: \(BankProcess.secretVariable(name))}
        timeouts: {connectMilliseconds: 20000, totalMilliseconds: 120000}
        inFlight: \(load.inFlight / load.partners)
        batch: \(load.batch)
        settleSeconds: 1
        computation: scale

        """
    }

    private func agreement(_ name: String) -> String {
        """
        agreement: \(name)
        effectiveFrom: \(Self.date)
        currency: USD
        products: [instalment-loan]
        lenders:
          - {party: platform, share: "10%"}
          - {party: \(name), share: "90%"}
        onRefusal: platform
        backdateDays: 30
        coolingOffDays: 14
        settlement: {lagDays: 1, calendar: US}

        """
    }
}

/// A directory that is gone when its work is done, and also when its process is told to end.
final class PassingDirectory: Sendable {
    let path: String
    private let stop: BenchStop

    /// - Throws: ``OutputFault`` when it cannot be made.
    init(_ name: String) throws(OutputFault) {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "\(name)-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw OutputFault(path: folder.path, error)
        }
        path = folder.path
        stop = BenchStop(nil, directory: path)
        stop.begin(path)
    }

    /// Removes it; signals end the process as before.
    func remove() async {
        await stop.finish()
        try? FileManager.default.removeItem(atPath: path)
    }
}
