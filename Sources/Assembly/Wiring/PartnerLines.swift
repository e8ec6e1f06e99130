import CurlTransport
import Foundation
import LendingRules
import PartnerGateway
import Settings
import Synchronization

/// The lines to the partner banks, opened only by commands that talk to them: a secret that is
/// missing concerns nobody else.
struct PartnerLines: Sendable {
    private let configuration: Configuration
    private let environment: [String: String]
    /// Files that the configuration names are relative to it.
    private let directory: String
    private let wire: Wire

    init(
        _ configuration: Configuration, in directory: String, environment: [String: String],
        hazards: Hazards
    ) {
        self.configuration = configuration
        self.environment = environment
        self.directory = directory
        var limits = ClientLimits()
        // Together they have room for all, so that no party waits for another's places.
        let lines = configuration.parties.compactMap(\.line)
        limits.maximumInFlight = max(1, lines.reduce(0) { $0 + $1.inFlight })
        limits.queueLimit = lines.reduce(0) { $0 + $1.settings.queueLimit }
        limits.resendGuard = hazards.hasResendGuard
        wire = Wire(limits)
    }

    /// A line for every configured bank, and for the clearing.
    ///
    /// - Throws: ``ConfigurationFault`` CONF-018, CONF-020 or CONF-021 when a key cannot be used.
    func open() throws -> ProtocolV1Partners {
        var clients: [PartyID: ProtocolV1Client] = [:]
        for party in configuration.parties { clients[party.id] = try client(of: party) }
        return ProtocolV1Partners(clients)
    }

    /// The line to one party; nil for one that is sent nothing.
    ///
    /// - Throws: as ``open()``.
    func client(of party: PartySettings) throws -> ProtocolV1Client? {
        switch party.role {
        case .platform, .guarantor, .spv: nil
        case .bank(let bank): try client(party, bank.endpoint, bank.signing, bank.timeouts)
        case .clearing(let clearing):
            try client(party, clearing.endpoint, clearing.signing, clearing.timeouts)
        }
    }

    /// The connections to a party, the same ones however often they are asked for.
    ///
    /// - Throws: ``ConfigurationFault`` CONF-001, CONF-018 or CONF-022 when a file or a secret is
    ///   missing or of no use.
    func pool(of party: PartySettings) throws(ConfigurationFault) -> Pool? {
        guard let line = party.line else { return nil }
        let reading = LineReading(
            party: party, configuration: configuration, directory: directory,
            environment: environment)
        return wire.pool(of: party.id, under: try reading.rules(line))
    }

    /// What proves the callbacks of every configured bank. A bank signs by its own name.
    ///
    /// - Throws: ``ConfigurationFault`` CONF-018, CONF-020 or CONF-021 when a key cannot be used.
    func callbacks() throws(ConfigurationFault) -> ProtocolV1Callbacks {
        var senders: [String: (party: PartyID, signer: MessageSigner)] = [:]
        for party in configuration.parties {
            guard let bank = party.bank else { continue }
            let signer = try PartnerKeys(signing: bank.signing, environment: environment)
                .signer(now: Clock.seconds())
            senders[party.id.name] = (party: party.id, signer: signer)
        }
        return ProtocolV1Callbacks(IncomingVerifier(senders))
    }

    private func client(
        _ party: PartySettings, _ address: String, _ signing: SigningSettings,
        _ timeouts: TimeoutSettings
    ) throws -> ProtocolV1Client? {
        let signer = try PartnerKeys(signing: signing, environment: environment)
            .signer(now: Clock.seconds())
        let endpoint = PartnerEndpoint(
            baseURL: address, keyID: signing.keyID ?? configuration.platform.party.name,
            signer: signer)
        guard var endpoint else { return nil }
        endpoint.connectMilliseconds = timeouts.connectMilliseconds
        endpoint.firstByteMilliseconds = timeouts.firstByteMilliseconds
        endpoint.callMilliseconds = timeouts.totalMilliseconds
        guard let pool = try pool(of: party), let line = party.line else { return nil }
        return ProtocolV1Client(endpoint: endpoint, surroundings: surroundings(pool, line))
    }

    private func surroundings(_ pool: Pool, _ line: PartyLine) -> LineSurroundings {
        LineSurroundings(
            carry: { await pool.exchange($0) },
            now: { Clock.seconds() },
            nonce: { Self.nonce() },
            retries: Retries(
                RetryRules(line.settings.retries),
                surroundings: Retries.Surroundings(
                    now: { .now }, random: { Int.random(in: 0...$0) },
                    // Woken early by a cancellation it looks for itself.
                    pause: { try? await Task.sleep(for: $0) })))
    }
}

extension PartnerLines {
    /// 128 random bits in hexadecimal. Not a UUID: each would open the system's source anew.
    private static func nonce() -> String {
        [UInt64.random(in: .min ... .max), .random(in: .min ... .max)].map { bits in
            let digits = String(bits, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

/// One client for all lines, started when the first is opened.
private final class Wire: Sendable {
    private struct State {
        var client: CurlClient?
        var pools: [PartyID: Pool] = [:]
    }

    private let limits: ClientLimits
    private let state = Mutex(State())

    init(_ limits: ClientLimits) { self.limits = limits }

    func pool(of party: PartyID, under rules: PoolRules) -> Pool {
        state.withLock { state in
            if let pool = state.pools[party] { return pool }
            if state.client == nil { OpenFiles.allowMost() }
            let client = state.client ?? CurlClient(limits: limits)
            let pool = client.pool(rules)
            state.client = client
            state.pools[party] = pool
            return pool
        }
    }
}
