import BusinessCalendar
import Foundation
import LendingRules
import Operations
import Settings

/// The directory of one demo: store, configuration, files, banks and what was fed in.
struct DemoDirectory: Sendable {
    let path: String
    /// Where the store is when it is elsewhere.
    var givenStore: String?

    var store: String { givenStore ?? "sqlite:\(path)/colend.db" }
    var config: String { "\(path)/Config" }
    var out: String { "\(path)/out" }

    func bank(_ name: String) -> String { "\(path)/banks/\(name)" }
    func secret(_ name: String) -> String { "\(path)/secrets/\(name).key" }
    func input(_ date: BusinessDate, _ noun: String, _ suffix: String = "csv") -> String {
        "\(path)/in/\(date)-\(noun).\(suffix)"
    }

    private var marker: String { "\(path)/.colend-demo" }

    /// Makes the directory anew; one that holds anything but an earlier demo is left alone.
    ///
    /// - Throws: ``OutputFault`` IO-002.
    func prepare() throws(OutputFault) {
        do {
            for name in try content() {
                try FileManager.default.removeItem(atPath: "\(path)/\(name)")
            }
        } catch let fault as OutputFault {
            throw fault
        } catch {
            throw OutputFault(path: path, reason: "the earlier demo cannot be removed")
        }
        try OutputFile.write(Array("an earlier demo may be replaced\n".utf8), to: marker)
    }

    /// What an earlier demo left there.
    ///
    /// - Throws: ``OutputFault`` IO-002 when it is no demo's.
    func content() throws(OutputFault) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        if names.isEmpty || names.contains(".colend-demo") { return names }
        throw OutputFault(path: path, reason: "it holds files that are no demo's")
    }

    /// A fresh secret for a bank, readable by its owner only.
    ///
    /// - Throws: ``OutputFault`` IO-002.
    func writeSecret(_ name: String) throws(OutputFault) {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        try OutputFile.write(Array(Hashing.hexadecimal(bytes).utf8), to: secret(name))
        try? FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: secret(name))
    }

    /// The sample configuration with the banks' addresses.
    ///
    /// - Throws: ``OutputFault`` IO-002.
    func writeConfig(
        firstDate: BusinessDate, endpoints: [String: String], disbursement: DisbursementWay.Name
    ) throws(OutputFault) {
        let scaffold = Scaffold.demonstration(
            firstDate: firstDate, endpoints: endpoints, disbursement: disbursement,
            sharesLosses: true)
        for file in scaffold.files {
            try OutputFile.write(Array(file.text.utf8), to: "\(config)/\(file.path)")
        }
    }
}

/// Where sample loans and scenarios are: beside the program, above it, or where
/// `COLEND_MOCKS` says.
enum Samples {
    /// - Throws: ``UnreadableInput`` when the file is nowhere.
    static func find(_ name: String) throws(UnreadableInput) -> String {
        let files = FileManager.default
        if let given = ProcessInfo.processInfo.environment["COLEND_MOCKS"] {
            return "\(given)/\(name)"
        }
        var folders = [files.currentDirectoryPath]
        var folder = URL(fileURLWithPath: Samples.programDirectory)
        for _ in 0..<6 {
            folders.append(folder.path)
            folder.deleteLastPathComponent()
        }
        for folder in folders where files.fileExists(atPath: "\(folder)/Mocks/\(name)") {
            return "\(folder)/Mocks/\(name)"
        }
        throw UnreadableInput(path: "Mocks/\(name)")
    }

    /// Where this program's executable is.
    static var programDirectory: String {
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = link ?? Bundle.main.executablePath ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: program).deletingLastPathComponent().path
    }
}
