/// What two persons have agreed on: the guarded files, by path.
package struct ApprovedConfiguration: Sendable {
    package let texts: [String: String]

    package init(_ texts: [String: String]) { self.texts = texts }

    /// What is in force and was not agreed on: files that say something else, that are new or gone,
    /// and variables that stand in for what a file says. Comments and names of files are free.
    package func faults(
        of configuration: Configuration, from sources: ConfigurationSources
    ) -> [ConfigurationFault] {
        let overrides = ApprovedConfiguration.overrides(configuration)
        let found = sources.guardedTexts
        if found == texts { return overrides }
        let paths = Set(found.keys).union(texts.keys).filter { found[$0] != texts[$0] }
        // What was agreed on once may be sound no more beside the other files of today.
        let approved = try? Settings.load(sources.guarded(as: texts), environment: [:])
        guard let approved else {
            return overrides + paths.sorted().map { fault($0, found, sources) }
        }
        // Files alone: what variables stand in for is told by itself.
        let inFiles = (try? Settings.load(sources, environment: [:])) ?? configuration
        let isSame =
            approved.isAgreedOn(in: inFiles)
            && ConfigurationDifference(from: approved, to: inFiles).rows.allSatisfy {
                !$0.isGuarded
            }
        if isSame { return overrides }
        let meant = (approved.meanings, configuration.meanings)
        let unlike = paths.filter { meant.0[$0] != meant.1[$0] }
        let told = unlike.isEmpty ? paths : unlike
        return overrides + told.sorted().map { fault($0, found, sources) }
    }

    /// Variables that stand in for what a guarded file says.
    package static func overrides(_ configuration: Configuration) -> [ConfigurationFault] {
        configuration.origins.compactMap { origin in
            guard case .written(let place) = origin.source, case .environment = place,
                ConfigurationSources.isGuarded(origin.file), !origin.isSecret
            else { return nil }
            return ConfigurationFault(
                .notApproved, "a variable changes what two persons agree on", key: origin.key,
                at: place, allowed: "unset it, and propose the value in \(origin.file)")
        }
    }

    private func fault(
        _ path: String, _ found: [String: String], _ sources: ConfigurationSources
    ) -> ConfigurationFault {
        let words =
            switch (found[path], texts[path]) {
            case (nil, _): "the file is gone, which nobody approved"
            case (_, nil): "nobody approved this file"
            default: "the file says something else than what was approved"
            }
        return ConfigurationFault(
            .notApproved, words, key: "", at: .whole(file: sources.shown(path)),
            allowed: "propose it with colend config propose, or put back what holds; colend config "
                + "history tells of a change that broke off")
    }
}

extension ConfigurationDifference.Row {
    /// Whether the setting is of an object that two persons agree on.
    fileprivate var isGuarded: Bool {
        let kind = object.prefix { $0 != " " }
        return ["agreement", "party", "platform", "rules", "pool"].contains(kind)
    }
}

extension Configuration {
    /// Whether another one comes to the same in everything that two persons agree on.
    fileprivate func isAgreedOn(in other: Configuration) -> Bool {
        platform == other.platform && parties == other.parties && agreements == other.agreements
            && rulePacks == other.rulePacks && pools == other.pools
    }

    /// What each file says, comments and order aside.
    fileprivate var meanings: [String: Set<String>] {
        Dictionary(grouping: origins, by: \.file).mapValues { origins in
            Set(
                origins.filter { $0.source != .standard && !$0.isSecret }.map {
                    "\($0.key)=\($0.value)"
                })
        }
    }
}
