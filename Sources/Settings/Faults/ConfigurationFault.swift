/// One thing wrong with the configuration, told so that it can be repaired without a manual.
package struct ConfigurationFault: Error, Hashable, Sendable {
    package let code: FaultCode
    /// What was found, without the key.
    package let found: String
    /// The key it was found at, such as `signing.profile`; empty for a whole file.
    package let key: String
    package let place: Place
    /// What is allowed there, or what to do.
    package let allowed: String

    package init(_ code: FaultCode, _ found: String, key: String, at place: Place, allowed: String)
    {
        self.code = code
        self.found = found
        self.key = key
        self.place = place
        self.allowed = allowed
    }
}

extension ConfigurationFault: CustomStringConvertible {
    /// `CONF-010: "soon" is no date, at firstDate (Config/platform.yaml:5:12); write YYYY-MM-DD`.
    package var description: String {
        "\(code.rawValue): \(found)\(key.isEmpty ? "" : ", at \(key)") (\(place)); \(allowed)"
    }
}

/// Every fault of a configuration at once, in order of place; never empty.
package struct ConfigurationFaults: Error, Hashable, Sendable, CustomStringConvertible {
    package let faults: [ConfigurationFault]

    package init(_ faults: [ConfigurationFault]) {
        precondition(!faults.isEmpty, "a failed load names at least one fault")
        self.faults = ConfigurationFaults.sorted(faults)
    }

    /// Each once, in order of place.
    static func sorted(_ faults: [ConfigurationFault]) -> [ConfigurationFault] {
        Set(faults).sorted {
            ($0.place, $0.code.rawValue, $0.key, $0.found)
                < ($1.place, $1.code.rawValue, $1.key, $1.found)
        }
    }

    /// One fault a line.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
