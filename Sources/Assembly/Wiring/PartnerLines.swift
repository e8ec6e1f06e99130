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
    private let wire: Wire

    init(_ configuration: Configuration, environment: [String: String], hazards: Hazards) {
        self.configuration = configuration
        self.environment = environment
        let busiest = configuration.parties.compactMap { $0.bank?.inFlight }.max() ?? 1
        var limits = ClientLimits()
        limits.maximumConnectionsPerHost = busiest
        limits.maximumInFlight = max(limits.maximumInFlight, busiest)
        limits.resendGuard = hazards.hasResendGuard
        wire = Wire(limits)
    }

    /// A line for every configured bank, and for the clearing.
    ///
    /// - Throws: ``ConfigurationFault`` CONF-018 when a secret cannot be had.
    func open() throws -> ProtocolV1Partners {
        var clients: [PartyID: ProtocolV1Client] = [:]
        for party in configuration.parties {
            switch party.role {
            case .platform: continue
            case .bank(let bank):
                clients[party.id] = try client(bank.endpoint, bank.signing, bank.timeouts)
            case .clearing(let clearing):
                clients[party.id] = try client(
                    clearing.endpoint, clearing.signing, clearing.timeouts)
            }
        }
        return ProtocolV1Partners(clients)
    }

    /// What proves the callbacks of every configured bank.
    ///
    /// - Throws: ``ConfigurationFault`` CONF-018 when a secret cannot be had.
    func callbacks() throws -> ProtocolV1Callbacks {
        var signers: [PartyID: MessageSigner] = [:]
        for party in configuration.parties {
            guard let bank = party.bank else { continue }
            let secret = try bank.signing.secret(environment: environment)
            signers[party.id] = MessageSigner(secrets: [secret.withBytes { SigningSecret($0) }])
        }
        return ProtocolV1Callbacks(signers)
    }

    private func client(
        _ address: String, _ signing: SigningSettings, _ timeouts: TimeoutSettings
    ) throws -> ProtocolV1Client? {
        let secret = try signing.secret(environment: environment)
        let signer = MessageSigner(secrets: [secret.withBytes { SigningSecret($0) }])
        let endpoint = PartnerEndpoint(
            baseURL: address, keyID: configuration.platform.party.name, signer: signer)
        guard var endpoint else { return nil }
        endpoint.connectMilliseconds = timeouts.connectMilliseconds
        endpoint.callMilliseconds = timeouts.totalMilliseconds
        return ProtocolV1Client(endpoint: endpoint, surroundings: line)
    }

    private var line: LineSurroundings {
        let client = wire.client
        return LineSurroundings(
            carry: { await client.exchange($0) },
            now: { Clock.microseconds() / 1_000_000 },
            nonce: { UUID().uuidString })
    }
}

/// One client for all lines, started when the first is opened.
private final class Wire: Sendable {
    private let limits: ClientLimits
    private let started = Mutex<CurlClient?>(nil)

    init(_ limits: ClientLimits) { self.limits = limits }

    var client: CurlClient {
        started.withLock { started in
            if let started { return started }
            let client = CurlClient(limits: limits)
            started = client
            return client
        }
    }
}
