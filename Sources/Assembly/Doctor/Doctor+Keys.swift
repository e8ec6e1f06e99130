import Foundation
import LendingRules
import Operations
import Settings

// The keys between us and the partners: are they there, does nobody else read the secret ones, do
// they fit their profile, do they count today and for some time to come.

extension Doctor {
    /// Days before its last one from which a key's end is told.
    private static let warningDays: Int64 = 14

    func keys(of configuration: Configuration) -> [Checkup] {
        configuration.parties.flatMap { party in
            party.signing.map { keys(of: party.id, $0) } ?? []
        }
    }

    private func keys(of party: PartyID, _ signing: SigningSettings) -> [Checkup] {
        let keys = PartnerKeys(signing: signing, environment: environment)
        let own = side(signing.ownKeys, ["secret of \(party)", "next secret of \(party)"], keys)
        let names = ["key of \(party)", "second key of \(party)"]
        return own + side(signing.partnerKeys, names, keys)
    }

    private func side(
        _ side: [KeySettings], _ names: [String], _ keys: PartnerKeys
    ) -> [Checkup] {
        let now = Clock.seconds()
        let last = side.map(\.untilSeconds).max() ?? .max
        var checkups = zip(side, names).map { key, name in
            checkup(of: key, name, keys, isLast: key.untilSeconds == last, now: now)
        }
        do throws(ConfigurationFault) { try keys.requireValid(side, now: now) } catch {
            checkups.append(
                .failed(names[0] + ", today", error.description, "", .configuration))
        }
        return checkups
    }

    private func checkup(
        of key: KeySettings, _ name: String, _ keys: PartnerKeys, isLast: Bool, now: Int64
    ) -> Checkup {
        if let end = key.validUntil, now >= key.untilSeconds {
            return .note(name, "counted until \(end)", "take it out of the configuration")
        }
        do throws(ConfigurationFault) { try keys.check(key) } catch {
            return .failed(name, error.description, "", .configuration)
        }
        if let end = key.validUntil, isLast,
            key.untilSeconds - now < Self.warningDays * 86_400
        {
            return .warning(
                name, "counts until \(end), and none counts after it",
                "agree on the next key with the partner")
        }
        let path = environment[key.fileVariable].flatMap { $0.isEmpty ? nil : $0 }
        guard let path else { return .ok(name, "in the environment, \(key.variable)") }
        return key.isSecret ? rights(of: path, name) : .ok(name, path)
    }

    /// What the lines name: files and passwords that are of no use, and keys that others can read.
    func lines(of configuration: Configuration) -> [Checkup] {
        configuration.parties.flatMap { party -> [Checkup] in
            guard let line = party.line else { return [] }
            let directory = launch.configDirectory
            let reading = LineReading(
                party: party, configuration: configuration, directory: directory,
                environment: environment)
            let faults = reading.faults(line)
            guard faults.isEmpty else {
                return faults.map {
                    .failed("files of \(party.id)", $0.description, "", .configuration)
                }
            }
            let files = LineFiles(line.settings, of: party.id, configuration, in: directory)
            return line.settings.tls.keyFile.map {
                [rights(of: files.whole($0), "certificate key of \(party.id)")]
            } ?? []
        }
    }

    private func rights(of path: String, _ name: String) -> Checkup {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let rights = (attributes?[.posixPermissions] as? NSNumber)?.intValue else {
            return .warning(name, "\(path) does not say who may read it", "look yourself")
        }
        guard rights & 0o077 == 0 else {
            return .warning(
                name, "\(path) is open to others (\(String(rights & 0o777, radix: 8)))",
                "chmod 600 \(path)")
        }
        return .ok(name, "\(path), for its owner alone")
    }
}
