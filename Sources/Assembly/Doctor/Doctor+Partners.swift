import CurlTransport
import Foundation
import LendingRules
import Operations
import Settings

// The partners: is there a secret for each, does nobody else read it, does its bank answer.

extension Doctor {
    func secrets(of configuration: Configuration) -> [Checkup] {
        configuration.parties.compactMap { party in
            party.line.map { secret(of: party.id, $0.signing) }
        }
    }

    private func secret(of party: PartyID, _ signing: SigningSettings) -> Checkup {
        let name = "secret of \(party)"
        do throws(ConfigurationFault) {
            _ = try signing.secret(environment: environment)
        } catch {
            return .failed(name, error.description, "", .configuration)
        }
        let path = environment[signing.secretFileVariable].flatMap { $0.isEmpty ? nil : $0 }
        guard let path else {
            return .ok(name, "in the environment, \(signing.secretVariable)")
        }
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

    /// All of them at once: one that is down takes its time.
    func partners(of configuration: Configuration) async -> [Checkup] {
        let client = CurlClient()
        let checkups = await withTaskGroup(of: (String, Checkup).self) { group in
            for party in configuration.parties {
                guard let line = party.line else { continue }
                group.addTask {
                    (party.id.name, await Doctor.health(of: party.id, line, client))
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        await client.shutdown()
        return checkups.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func health(
        of party: PartyID, _ line: PartyLine, _ client: CurlClient
    ) async -> Checkup {
        let outcome = await client.exchange(
            ExchangeRequest(
                method: .get, url: "\(line.endpoint)/v1/health",
                connectMilliseconds: min(3_000, line.timeouts.connectMilliseconds),
                totalMilliseconds: min(5_000, line.timeouts.totalMilliseconds)))
        let name = "partner \(party)"
        guard case .answered(let response, let evidence) = outcome else {
            return .failed(
                name, "\(line.endpoint): \(outcome.evidence.message)",
                "its requests wait, a close does not", .unavailable)
        }
        guard response.status == 200 else {
            return .failed(
                name, "\(line.endpoint)/v1/health answers \(response.status)",
                "ask the partner", .unavailable)
        }
        return .ok(name, "\(line.endpoint) answers in \(evidence.milliseconds) ms")
    }
}

/// How a party is reached, whatever it is to us.
private struct PartyLine {
    let endpoint: String
    let signing: SigningSettings
    let timeouts: TimeoutSettings
}

extension PartySettings {
    /// Nil for the platform.
    fileprivate var line: PartyLine? {
        switch role {
        case .platform: nil
        case .bank(let bank):
            PartyLine(
                endpoint: bank.endpoint, signing: bank.signing, timeouts: bank.timeouts)
        case .clearing(let clearing):
            PartyLine(
                endpoint: clearing.endpoint, signing: clearing.signing,
                timeouts: clearing.timeouts)
        }
    }
}
