// Who is at the other end: certificates are checked, and only against the trusted authorities.

import CurlTransport
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: Tool.isWanted("openssl")), .timeLimit(.minutes(10)))
struct TrustTests {
    @Test func `a certificate nobody vouches for is refused before anything is sent`() async throws
    {
        let server = try await TLSServer()
        let client = CurlClient()
        let outcome = await client.exchange(get(server.url))
        #expect(outcome.kind == .notSent)
        #expect(outcome.evidence.curlCode == 60)
        await client.shutdown()
    }

    @Test func `a trusted authority lets the exchange through, for its own host name only`()
        async throws
    {
        let server = try await TLSServer()
        let client = CurlClient(
            limits: ClientLimits { $0.certificateAuthorityFile = server.certificate })
        #expect(await client.exchange(get(server.url)).response?.status == 200)
        let wrongName = server.url.replacingOccurrences(of: "localhost", with: "127.0.0.1")
        let outcome = await client.exchange(get(wrongName))
        #expect(outcome.kind == .notSent)
        #expect(outcome.evidence.curlCode == 60)
        await client.shutdown()
    }

    @Test func `a server that speaks only TLS 1 dot 1 is refused`() async throws {
        let server = try await TLSServer(options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        let client = CurlClient(
            limits: ClientLimits { $0.certificateAuthorityFile = server.certificate })
        #expect(await client.exchange(get(server.url)).kind == .notSent)
        await client.shutdown()
    }

    @Test func `each pool believes its own authorities`() async throws {
        let (server, other) = (try await TLSServer(), try await TLSServer())
        let client = CurlClient()
        let right = client.pool(rules { $0.authorityFile = server.certificate })
        let wrong = client.pool(rules { $0.authorityFile = other.certificate })
        #expect(await right.exchange(get(server.url)).response?.status == 200)
        let outcome = await wrong.exchange(get(server.url))
        #expect(outcome.kind == .notSent)
        #expect(outcome.evidence.curlCode == 60)
        await client.shutdown()
    }

    @Test func `a public key that is pinned is accepted, also beside another`() async throws {
        let server = try await TLSServer()
        let pin = try await server.pin()
        #expect(pin.utf8.count == 44)
        let client = CurlClient()
        for pins in [[pin], [Self.otherPin, pin]] {
            let pool = client.pool(
                rules {
                    $0.authorityFile = server.certificate
                    $0.publicKeyPins = pins
                })
            #expect(await pool.exchange(get(server.url)).response?.status == 200)
        }
        await client.shutdown()
    }

    @Test func `another key than the pinned ones is refused before anything is sent`() async throws
    {
        let server = try await TLSServer()
        let client = CurlClient()
        let pool = client.pool(
            rules {
                $0.authorityFile = server.certificate
                $0.publicKeyPins = [Self.otherPin]
            })
        let outcome = await pool.exchange(get(server.url))
        #expect(outcome.kind == .notSent)
        #expect(outcome.evidence.curlCode == 90)
        #expect(!outcome.mayBeTriedAgain(isQuestion: true))
        await client.shutdown()
    }

    @Test func `a pinned key does not replace the authority`() async throws {
        let server = try await TLSServer()
        let client = CurlClient()
        let pin = try await server.pin()
        let pool = client.pool(rules { $0.publicKeyPins = [pin] })
        #expect(await pool.exchange(get(server.url)).evidence.curlCode == 60)
        await client.shutdown()
    }

    @Test(arguments: [nil, "sesame"] as [String?])
    func `a server that asks for our certificate gets it`(password: String?) async throws {
        let server = try await TLSServer(options: Self.asking)
        let pair = try await server.client(password: password)
        let client = CurlClient()
        let pool = client.pool(
            rules {
                $0.authorityFile = server.certificate
                $0.certificateFile = pair.certificate
                $0.keyFile = pair.key
                $0.keyPassword = password.map { Password($0) }
            })
        #expect(await pool.exchange(get(server.url)).response?.status == 200)
        await client.shutdown()
    }

    @Test func `without our certificate such a server answers nothing`() async throws {
        let server = try await TLSServer(options: Self.asking)
        let client = CurlClient()
        let pool = client.pool(rules { $0.authorityFile = server.certificate })
        // Under TLS 1.3 the refusal comes after the request may have left: not a proof.
        #expect(await pool.exchange(get(server.url)).kind != .answered)
        await client.shutdown()
    }

    @Test(arguments: ["wrong", nil] as [String?])
    func `a key that cannot be opened sends nothing, and no message holds the password`(
        password: String?
    ) async throws {
        let server = try await TLSServer(options: Self.asking)
        let pair = try await server.client(password: "sesame")
        let client = CurlClient()
        let pool = client.pool(
            rules {
                $0.authorityFile = server.certificate
                $0.certificateFile = pair.certificate
                $0.keyFile = pair.key
                $0.keyPassword = Password(password ?? "")
            })
        let outcome = await pool.exchange(get(server.url))
        #expect(outcome.kind == .notSent)
        #expect(!"\(outcome)".contains("wrong"))
        await client.shutdown()
    }

    @Test func `a file that is not there sends nothing`() async throws {
        let server = try await TLSServer()
        let client = CurlClient()
        let pool = client.pool(rules { $0.authorityFile = "/nowhere/ca.pem" })
        let outcome = await pool.exchange(get(server.url))
        #expect(outcome.kind == .notSent)
        #expect(outcome.evidence.curlCode == 77)
        await client.shutdown()
    }

    @Test func `HTTP2 asked of a server that only knows the other is no fault`() async throws {
        let server = try await TLSServer(options: ["-alpn", "http/1.1"])
        let client = CurlClient()
        var rules = rules { $0.authorityFile = server.certificate }
        rules.speaksHTTP2 = true
        #expect(await client.pool(rules).exchange(get(server.url)).response?.status == 200)
        await client.shutdown()
    }

    @Test func `a password shows itself nowhere`() {
        let password = Password("sesame")
        var text = "\(password) \(String(reflecting: password))"
        dump(password, to: &text)
        dump(rules { $0.keyPassword = password }, to: &text)
        #expect(!text.contains("sesame"))
        #expect(text.contains("redacted"))
    }

    private static let asking = ["-Verify", "1", "-verify_return_error", "-CAfile", "{client}"]
    /// SHA-256 of nothing.
    private static let otherPin = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

    private func rules(_ change: (inout Trust) -> Void) -> PoolRules {
        var rules = PoolRules(name: "harbor")
        change(&rules.trust)
        return rules
    }
}
