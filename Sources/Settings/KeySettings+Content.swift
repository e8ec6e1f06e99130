import Foundation

extension KeySettings {
    /// The variable that names a file holding the key.
    package var fileVariable: String { variable + "_FILE" }

    /// Whether either variable is set.
    package func isSet(in environment: [String: String]) -> Bool {
        [variable, fileVariable].contains { !(environment[$0] ?? "").isEmpty }
    }

    /// The key from the environment, or from the file that `…_FILE` names without the line break
    /// at its end.
    ///
    /// Asked for only by commands that talk to the bank; a load does not need it.
    /// - Throws: ``ConfigurationFault`` `CONF-018`; it never holds the key.
    package func content(environment: [String: String]) throws(ConfigurationFault) -> Secret {
        let text = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
        let path = environment[fileVariable].flatMap { $0.isEmpty ? nil : $0 }
        switch (text, path) {
        case (let text?, nil): return Secret(Array(text.utf8))
        case (nil, let path?): return Secret(try bytes(of: path))
        case (nil, nil):
            throw unavailable("no \(noun) is set", allowed: "set it, or \(fileVariable) to a file")
        default:
            throw unavailable(
                "the \(noun) is set twice", allowed: "unset it or \(fileVariable)")
        }
    }

    /// A fault at the variable that is set.
    package func fault(
        _ code: FaultCode, _ found: String, environment: [String: String], allowed: String
    ) -> ConfigurationFault {
        let isFile = (environment[variable] ?? "").isEmpty && isSet(in: environment)
        return ConfigurationFault(
            code, found, key: setting,
            at: .environment(variable: isFile ? fileVariable : variable), allowed: allowed)
    }

    private var noun: String { isSecret ? "secret" : "key" }

    private func bytes(of path: String) throws(ConfigurationFault) -> [UInt8] {
        let handle = FileHandle(forReadingAtPath: path)
        defer { try? handle?.close() }
        guard let handle, let data = try? handle.read(upToCount: 65_537), data.count <= 65_536
        else {
            throw unavailable(
                "the file named by \(fileVariable) cannot be read",
                allowed: "name a readable file of at most 64 KiB")
        }
        var bytes = [UInt8](data)
        if bytes.last == 10 { bytes.removeLast() }
        if bytes.last == 13 { bytes.removeLast() }
        guard !bytes.isEmpty else {
            throw unavailable("the file named by \(fileVariable) is empty", allowed: "fill it")
        }
        return bytes
    }

    private func unavailable(_ found: String, allowed: String) -> ConfigurationFault {
        ConfigurationFault(
            .secretUnavailable, found, key: setting, at: .environment(variable: variable),
            allowed: allowed)
    }
}
