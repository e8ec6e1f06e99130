/// The typed load of a configuration directory.
package enum Settings {
    /// Reads and checks everything below `directory`; environment variables `COLEND_…` override
    /// scalars, empty ones count as unset.
    ///
    /// Secrets are not read: see ``KeySettings/content(environment:)``.
    /// - Throws: ``ConfigurationFaults`` with every fault that was found.
    package static func load(directory: String, environment: [String: String])
        throws(ConfigurationFaults) -> Configuration
    {
        try load(.read(directory: directory), environment: environment)
    }

    /// The same for contents that are in memory.
    ///
    /// - Throws: ``ConfigurationFaults`` with every fault that was found.
    package static func load(_ sources: ConfigurationSources, environment: [String: String])
        throws(ConfigurationFaults) -> Configuration
    {
        if let excess = sources.excess { throw ConfigurationFaults([excess]) }
        let findings = Findings(faults: sources.absences)
        let drafts = Drafts(
            SourceReading(sources: sources, environment: environment, findings: findings))
        drafts.check(findings)
        guard findings.faults.isEmpty, let configuration = drafts.configuration(findings)
        else { throw ConfigurationFaults(findings.faults) }
        return configuration
    }
}
