package import BusinessCalendar

extension Settings {
    /// The holiday calendars of a configuration directory, whatever else is in it; nil without a
    /// directory of calendars.
    ///
    /// - Throws: ``ConfigurationFaults`` with every fault of the calendars.
    package static func calendars(directory: String, environment: [String: String])
        throws(ConfigurationFaults) -> [HolidayCalendar]?
    {
        let sources = ConfigurationSources.read(directory: directory)
        if sources.paths(in: "calendars").isEmpty { return nil }
        let findings = Findings(faults: [])
        let reading = SourceReading(
            sources: sources, environment: environment, findings: findings)
        let drafts = reading.sections(in: "calendars").map(CalendarDraft.init)
        guard findings.faults.isEmpty else { throw ConfigurationFaults(findings.faults) }
        return drafts.compactMap(\.calendar)
    }
}
