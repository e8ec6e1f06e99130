import BusinessCalendar
package import LendingRules
package import Monetary

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

    /// The pool that the text of a file in `pools/` says by itself, with the calendar that it names
    /// as the text of another, empty for none; nil when it says no pool.
    package static func pool(_ text: String, currency: Currency, calendar: String) -> PoolPlan? {
        let findings = Findings(faults: [])
        guard let section = section(text, "pools/kept.yaml", findings) else { return nil }
        let draft = PoolDraft(section, decimals: currency.exponent)
        var calendars: [HolidayCalendar] = []
        if !calendar.isEmpty {
            guard let section = self.section(calendar, "calendars/kept.yaml", findings) else {
                return nil
            }
            calendars = [CalendarDraft(section).calendar].compactMap { $0 }
        }
        return findings.faults.isEmpty ? draft.plan(currency, calendars) : nil
    }

    private static func section(_ text: String, _ path: String, _ findings: Findings) -> Section? {
        let sources = ConfigurationSources(directory: "", contents: [path: Array(text.utf8)])
        return SourceReading(sources: sources, environment: [:], findings: findings)
            .section(of: path)
    }

    /// The configuration that contents in memory say.
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
