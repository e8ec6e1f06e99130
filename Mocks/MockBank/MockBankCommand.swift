// `mock-bank`: one partner bank in a process of its own.
import ArgumentParser
import Foundation

@main
struct MockBankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mock-bank",
        abstract: "Plays a partner bank or clearing house: own books, own files, own faults.")

    @Option(help: "Scenario file, see Mocks/README.md.")
    var scenario: String

    @Option(help: "Port on 127.0.0.1; 0 lets the system choose.")
    var port: Int = 0

    @Option(name: .customLong("ready-file"), help: "File that gets {\"port\":N} once it listens.")
    var readyFile: String?

    @Option(help: "Directory of the bank's state; default .mock-bank/PARTY.")
    var state: String?

    @Flag(name: .customLong("exit-with-parent"), help: "Stop when the starting process is gone.")
    var exitWithParent = false

    @Option(help: "Seed of every draw.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port must be 0…65535")
        }
    }

    func run() throws {
        let played = try readScenario()
        let secrets = try readKeys(played.secretNames)
        let directory = state ?? ".mock-bank/" + played.party
        do {
            let bank = try played.desk(seed: seed, secrets: secrets, directory: directory)
            let server = BankServer(
                port: port, readyFile: readyFile, stopsWithParent: exitWithParent)
            try server.run(bank)
        } catch {
            throw leave(74, "MOCK-003: \(error); free the directory or the disk, then start again")
        }
    }

    private func readScenario() throws -> Played {
        guard let content = FileManager.default.contents(atPath: scenario),
            let yaml = String(validating: content, as: UTF8.self)
        else { throw leave(78, "MOCK-001: cannot read \(scenario); give --scenario a UTF-8 file") }
        do { return try Played(yaml: yaml, file: scenario) } catch {
            throw leave(
                78, error.messages.map { "MOCK-001: \($0)" }.joined(separator: "\n"))
        }
    }

    private func readKeys(_ names: KeyNames) throws -> KeyRing {
        let environment = ProcessInfo.processInfo.environment
        do throws(UnusableKey) {
            return try KeyRing(names) { KeyRing.content(of: $0, environment: environment) }
        } catch {
            let name = error.name
            let noun = names.profile == .hmac ? "secret" : "key"
            throw leave(
                78,
                error.isMissing
                    ? "MOCK-002: no \(noun); set \(name), or \(name)_FILE to a file"
                    : "MOCK-002: \(name) holds no key of \(names.profile.rawValue); set it, or "
                        + "\(name)_FILE, to a PEM text of the right half")
        }
    }

    private func leave(_ code: Int32, _ message: String) -> ExitCode {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        return ExitCode(code)
    }
}
