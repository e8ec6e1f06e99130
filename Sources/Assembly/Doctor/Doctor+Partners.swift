import CurlTransport
import LendingRules
import Operations
import PartnerGateway
import Settings

// The partners: does each answer, and do the keys of both sides fit.

extension Doctor {
    /// All of them at once: one that is down takes its time.
    func partners(of configuration: Configuration) async -> [Checkup] {
        let lines = PartnerLines(
            configuration, in: launch.configDirectory, environment: environment,
            hazards: Hazards(environment: [:]))
        let checkups = await withTaskGroup(of: (String, [Checkup]).self) { group in
            for party in configuration.parties {
                guard let line = party.line else { continue }
                group.addTask {
                    let health = await Doctor.health(of: party, line, lines)
                    guard health.state == .ok else { return (party.id.name, [health]) }
                    return (party.id.name, [health] + (await Doctor.keys(with: party, lines)))
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        return checkups.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    /// Keys that are not there, or that do not fit their profile, are told where they are kept.
    private static func keys(with party: PartySettings, _ lines: PartnerLines) async -> [Checkup] {
        guard let client = try? lines.client(of: party) else { return [] }
        let name = "keys with \(party.id)"
        let trouble = await client.keyTrouble(of: party.bank == nil ? .payouts : .requests)
        guard let trouble else {
            return [.ok(name, "it takes ours, and its own proves its answers")]
        }
        return [
            .warning(
                name, "a signed question got no answer that is proven: \(trouble)",
                "compare keys and clocks with the partner")
        ]
    }

    /// Over the party's own line: its certificates, pins and proxy are what is looked at.
    private static func health(
        of party: PartySettings, _ line: PartyLine, _ lines: PartnerLines
    ) async -> Checkup {
        let name = "partner \(party.id)"
        let pool: Pool
        do throws(ConfigurationFault) {
            guard let found = try lines.pool(of: party) else { return .ok(name, "no line") }
            pool = found
        } catch {
            return .failed(name, error.description, "", .configuration)
        }
        let outcome = await pool.exchange(
            ExchangeRequest(
                method: .get, url: "\(line.endpoint)/v1/health",
                connectMilliseconds: min(3_000, line.timeouts.connectMilliseconds),
                totalMilliseconds: min(5_000, line.timeouts.totalMilliseconds)))
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
