/// Everything one load has found so far: the faults, and where each value came from.
///
/// A class because every part of a load adds to the same one; it never leaves the load.
final class Findings {
    private(set) var faults: [ConfigurationFault]
    private(set) var origins: [SettingOrigin] = []
    /// Every environment variable that was looked for.
    private(set) var variables: Set<String> = []

    init(faults: [ConfigurationFault]) { self.faults = faults }

    func report(
        _ code: FaultCode, _ found: String, key: String, at place: Place, allowed: String
    ) {
        faults.append(ConfigurationFault(code, found, key: key, at: place, allowed: allowed))
    }

    func note(_ origin: SettingOrigin) { origins.append(origin) }

    func note(variable: String) { variables.insert(variable) }
}
