// `mock-bank`: partner banks in a process of their own.
import ArgumentParser
import Foundation

@main
struct MockBankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mock-bank",
        abstract: "Plays partner banks or clearing houses: own books, own files, own faults.")

    @Option(help: "Scenario file or a directory of them, see Mocks/README.md; may be repeated.")
    var scenario: [String] = []

    @Option(
        parsing: .unconditional,
        help: "Port on 127.0.0.1, of several banks the first; 0 lets the system choose.")
    var port: Int = 0

    @Option(
        name: .customLong("ready-file"),
        help: "File that gets {\"port\":N} once it listens, or {\"ports\":{PARTY:N,…}}.")
    var readyFile: String?

    @Option(help: "Directory of the state, of several banks PARTY in it; default .mock-bank/PARTY.")
    var state: String?

    @Flag(name: .customLong("exit-with-parent"), help: "Stop when the starting process is gone.")
    var exitWithParent = false

    @Option(help: "Seed of every draw.")
    var seed: UInt64 = 1

    @Option(help: "File that gets every request of one bank with its answer.")
    var record: String?

    @Option(help: "Recording to play instead of a scenario.")
    var replay: String?

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port \(port) is not within 0 to 65535")
        }
        guard scenario.isEmpty != (replay == nil) else {
            throw ValidationError("give --scenario, once or several times, or --replay")
        }
        if record != nil, replay != nil {
            throw ValidationError("--record and --replay do not go together")
        }
    }

    func run() throws {
        do throws(StartFault) {
            let openings = try openings()
            let server = BankServer(readyFile: readyFile, stopsWithParent: exitWithParent)
            do { try server.run(openings) } catch {
                throw .state(error as? StateFault ?? StateFault(description: "\(error)"))
            }
        } catch {
            FileHandle.standardError.write(Data((error.message + "\n").utf8))
            throw ExitCode(error.exitCode)
        }
    }

    private func openings() throws(StartFault) -> [Opening] {
        if let replay { return [try replaying(replay)] }
        let files = try ScenarioFile.read(scenario)
        if record != nil, files.count > 1 {
            throw .scenario(["--record is for one bank; start each with its own"])
        }
        guard port == 0 || port + files.count - 1 <= 65_535 else {
            throw .ports("--port \(port) leaves no port for the last of \(files.count) banks")
        }
        var openings: [Opening] = []
        for (index, file) in files.enumerated() {
            let directory =
                state.map { files.count > 1 ? "\($0)/\(file.played.party)" : $0 }
                ?? ".mock-bank/" + file.played.party
            var desk = try open(file.played, directory)
            if let record {
                do throws(StateFault) {
                    desk = try Recorder(desk, to: record, scenario: file.yaml)
                } catch { throw .state(error) }
            }
            openings.append(
                try opening(desk, file.played, port == 0 ? 0 : port + index, directory))
        }
        return openings
    }

    /// A desk that plays a recording; the house behind it does nothing but sign.
    private func replaying(_ path: String) throws(StartFault) -> Opening {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw .scenario(["cannot read \(path); give --replay a recording"])
        }
        let recording: Recording
        let played: Played
        do throws(ScenarioFaults) {
            recording = try Recording([UInt8](content), file: path)
            played = try Played(yaml: recording.scenario, file: path)
        } catch {
            throw .scenario(error.messages)
        }
        let directory = state ?? ".mock-bank/\(played.party)-replay"
        let desk = Replayer(recording, signer: try open(played, directory))
        return try opening(desk, played, port, directory)
    }

    private func open(_ played: Played, _ directory: String) throws(StartFault) -> any Desk {
        let secrets = try readKeys(played.secretNames)
        do { return try played.desk(seed: seed, secrets: secrets, directory: directory) } catch {
            throw .state(error)
        }
    }

    private func opening(
        _ desk: any Desk, _ played: Played, _ port: Int, _ directory: String
    ) throws(StartFault) -> Opening {
        do {
            return Opening(
                desk: desk, party: played.party, port: port,
                tls: try played.tls?.context(directory: directory))
        } catch {
            throw .scenario([error.description])
        }
    }

    private func readKeys(_ names: KeyNames) throws(StartFault) -> KeyRing {
        let environment = ProcessInfo.processInfo.environment
        do throws(UnusableKey) {
            return try KeyRing(names) { KeyRing.content(of: $0, environment: environment) }
        } catch {
            let name = error.name
            let noun = names.profile == .hmac ? "secret" : "key"
            throw .secret(
                error.isMissing
                    ? "no \(noun); set \(name), or \(name)_FILE to a file"
                    : "\(name) holds no key of \(names.profile.rawValue); set it, or "
                        + "\(name)_FILE, to a PEM text of the right half")
        }
    }
}
