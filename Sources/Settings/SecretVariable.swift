import Foundation

/// The environment variable that holds a secret or a key, or names with `_FILE` behind it a file
/// that does.
package struct SecretVariable: Hashable, Sendable {
    package let name: String
    /// The setting that names the variable.
    package let key: String
    /// What it holds, as a fault calls it.
    private let noun: String

    package init(name: String, key: String, noun: String = "secret") {
        self.name = name
        self.key = key
        self.noun = noun
    }

    /// The variable that names a file holding the secret.
    package var fileVariable: String { name + "_FILE" }

    /// Both.
    var variables: [String] { [name, fileVariable] }

    /// Whether either is set.
    package func isSet(in environment: [String: String]) -> Bool {
        variables.contains { !(environment[$0] ?? "").isEmpty }
    }

    /// The secret from the environment, or from the file that `…_FILE` names without the line
    /// break at its end.
    ///
    /// - Throws: ``ConfigurationFault`` `CONF-018`; it never holds the secret.
    package func secret(environment: [String: String]) throws(ConfigurationFault) -> Secret {
        let text = environment[name].flatMap { $0.isEmpty ? nil : $0 }
        let path = environment[fileVariable].flatMap { $0.isEmpty ? nil : $0 }
        switch (text, path) {
        case (let text?, nil): return Secret(Array(text.utf8))
        case (nil, let path?): return Secret(try contents(of: path))
        case (nil, nil):
            throw fault("no \(noun) is set", allowed: "set it, or \(fileVariable) to a file")
        default: throw fault("the \(noun) is set twice", allowed: "unset it or \(fileVariable)")
        }
    }

    private func contents(of path: String) throws(ConfigurationFault) -> [UInt8] {
        let handle = FileHandle(forReadingAtPath: path)
        defer { try? handle?.close() }
        // At the end of a file there is nothing, which is not a failure.
        guard let handle, let data = try? (handle.read(upToCount: 65_537) ?? Data()),
            data.count <= 65_536
        else {
            throw fault(
                "the file named by \(fileVariable) cannot be read",
                allowed: "name a readable file of at most 64 KiB")
        }
        var bytes = [UInt8](data)
        if bytes.last == 10 { bytes.removeLast() }
        if bytes.last == 13 { bytes.removeLast() }
        guard !bytes.isEmpty else {
            throw fault("the file named by \(fileVariable) is empty", allowed: "fill it")
        }
        return bytes
    }

    private func fault(_ found: String, allowed: String) -> ConfigurationFault {
        ConfigurationFault(
            .secretUnavailable, found, key: key, at: .environment(variable: name),
            allowed: allowed)
    }
}
