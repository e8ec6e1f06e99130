import CurlTransport
import LendingRules
import Operations
import Settings

// The partners: does each answer.

extension Doctor {
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
    let timeouts: TimeoutSettings
}

extension PartySettings {
    /// Nil for the platform.
    fileprivate var line: PartyLine? {
        switch role {
        case .platform: nil
        case .bank(let bank):
            PartyLine(endpoint: bank.endpoint, timeouts: bank.timeouts)
        case .clearing(let clearing):
            PartyLine(endpoint: clearing.endpoint, timeouts: clearing.timeouts)
        }
    }
}
