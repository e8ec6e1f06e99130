import Foundation
import SQLStore

/// The directory of one round and what its programs are started with.
struct ChaosGround: Sendable {
    let path: String
    let store: String
    /// Of the banks.
    let names: [String]
    /// Of the house that pays borrowers out.
    let channel = "clearing"

    var config: String { "\(path)/Config" }
    /// Certificates to believe.
    var authorityFile: String { "\(path)/authority.pem" }
    func bank(_ name: String) -> String { "\(path)/banks/\(name)" }
    func log(_ name: String) -> String { "\(path)/\(name).log" }

    init(path: String, store: String?, partners: Int) {
        self.path = path
        self.store = store ?? "sqlite:\(path)/colend.db"
        names = (1...partners).map { "bank\($0)" }
    }

    private var marker: String { "\(path)/.colend-chaos" }

    /// Makes the directory anew; one that holds anything but an earlier round is left alone.
    ///
    /// - Throws: ``OutputFault`` IO-002.
    func prepare() throws(OutputFault) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard names.isEmpty || names.contains(".colend-chaos") else {
            throw OutputFault(path: path, reason: "it holds files that are no round of chaos")
        }
        remove()
        try OutputFile.write(Array("a round of chaos, may be replaced\n".utf8), to: marker)
        for name in names + [channel] { try OutputFile.write([], to: "\(bank(name))/log") }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// The process's variables without those of this house, with the banks' secrets.
    var variables: [String: String] {
        var variables = ProcessInfo.processInfo.environment.filter { name, _ in
            !name.hasPrefix("COLEND_") || name == "COLEND_HAZARD"
        }
        for name in names + [channel] {
            variables[ChaosScenario.variable(name)] = "the secret that \(name) shares with us"
        }
        return variables
    }

    /// For what this process does itself.
    var launch: Launch {
        var launch = Launch(
            configDirectory: config, store: store, isDryRun: false, isQuiet: true)
        launch.isSecluded = true
        launch.environment = variables
        return launch
    }

    /// Starts a command of the platform in a process of its own; its words are added to a log.
    ///
    /// - Throws: `POSIXError`.
    func colend(_ name: String, _ arguments: [String] = []) throws -> ChildProgram {
        try ChildProgram(
            "\(Samples.programDirectory)/colend",
            [name, "--config", config, "--store", store, "--output", "json", "--quiet"] + arguments,
            environment: variables, log: log(name))
    }
}
