/// Everything one load has found so far: faults, warnings, and where each value came from.
///
/// A class because every part of a load adds to the same one; it never leaves the load.
final class Findings {
    private(set) var faults: [ConfigurationFault]
    /// What is told and keeps nothing from loading.
    private(set) var warnings: [ConfigurationFault] = []
    private(set) var origins: [SettingOrigin] = []
    /// Every environment variable that was looked for.
    private(set) var variables: Set<String> = []

    init(faults: [ConfigurationFault]) { self.faults = faults }

    func report(
        _ code: FaultCode, _ found: String, key: String, at place: Place, allowed: String
    ) {
        report(ConfigurationFault(code, found, key: key, at: place, allowed: allowed))
    }

    func report(_ fault: ConfigurationFault) { faults.append(fault) }

    func warn(_ warning: ConfigurationFault) { warnings.append(warning) }

    func note(_ origin: SettingOrigin) { origins.append(origin) }

    func note(variable: String) { variables.insert(variable) }
}
