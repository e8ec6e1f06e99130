extension KeySettings {
    /// The variable that names a file holding the key.
    package var fileVariable: String { content.fileVariable }

    /// Whether either variable is set.
    package func isSet(in environment: [String: String]) -> Bool {
        content.isSet(in: environment)
    }

    /// The key from the environment, or from the file that `…_FILE` names without the line break
    /// at its end.
    ///
    /// Asked for only by commands that talk to the bank; a load does not need it.
    /// - Throws: ``ConfigurationFault`` `CONF-018`; it never holds the key.
    package func content(environment: [String: String]) throws(ConfigurationFault) -> Secret {
        try content.secret(environment: environment)
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

    private var content: SecretVariable {
        SecretVariable(name: variable, key: setting, noun: isSecret ? "secret" : "key")
    }
}
