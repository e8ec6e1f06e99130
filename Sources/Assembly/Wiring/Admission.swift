import Operations
import Settings

/// Lets a command go on with the configuration that it has loaded, or refuses.
struct Admission: Sendable {
    let configuration: Configuration
    let sources: ConfigurationSources
    let approved: any ApprovedFiles
    let now: Int64

    /// Sees that two persons have agreed on what is in force, where they must.
    ///
    /// Where nothing is agreed on yet, what is there is the beginning: it is adopted by the first
    /// command that may write, and told.
    /// - Returns: What is to be told.
    /// - Throws: ``ConfigurationFaults`` with CONF-032, or what the store throws.
    func run(mayAdopt: Bool) async throws -> [String] {
        let texts = try await approved.approvedFiles()
        guard texts.isEmpty else { return try judge(by: texts) }
        guard configuration.platform.changes == .twoPerson else { return [] }
        let overrides = ApprovedConfiguration.overrides(configuration)
        if !overrides.isEmpty { throw ConfigurationFaults(overrides) }
        guard mayAdopt,
            try await approved.adopt(
                sources.guardedTexts, firstDate: configuration.platform.firstDate, now: now)
        else {
            // Another command may have adopted what it found.
            let texts = try await approved.approvedFiles()
            return texts.isEmpty ? [] : try judge(by: texts)
        }
        return [
            "from now on two persons change this configuration; \(sources.guardedTexts.count) "
                + "files are taken as approved, as `colend config history` lists them"
        ]
    }

    private func judge(by texts: [String: String]) throws -> [String] {
        let faults = ApprovedConfiguration(texts).faults(of: configuration, from: sources)
        if !faults.isEmpty { throw ConfigurationFaults(faults) }
        return []
    }
}
