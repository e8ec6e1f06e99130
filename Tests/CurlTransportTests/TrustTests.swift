// Who is at the other end: certificates are checked, and only against the trusted authorities.

import CurlTransport
import Foundation
import Testing

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: TLSServer.openssl)))
struct TrustTests {
    @Test func `a certificate nobody vouches for is refused before anything is sent`() async throws
    {
        let server = try TLSServer()
        let client = CurlClient()
        let outcome = await client.exchange(get(server.url))
        #expect(outcome.kind == .notSent)
        #expect(outcome.evidence.curlCode == 60)
        await client.shutdown()
    }

    @Test func `a trusted authority lets the exchange through, for its own host name only`()
        async throws
    {
        let server = try TLSServer()
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
        let server = try TLSServer(options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        let client = CurlClient(
            limits: ClientLimits { $0.certificateAuthorityFile = server.certificate })
        #expect(await client.exchange(get(server.url)).kind == .notSent)
        await client.shutdown()
    }
}

/// `openssl s_server` with a certificate of its own for `localhost`.
private final class TLSServer {
    static let openssl = "/usr/bin/openssl"

    let url: String
    let certificate: String
    private let directory: URL
    private let process = Process()

    init(options: [String] = []) throws {
        directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("colend-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        certificate = directory.appendingPathComponent("cert.pem").path
        let key = directory.appendingPathComponent("key.pem").path
        let port = freePort()
        url = "https://localhost:\(port)/"
        let making = Process()
        try Self.start(
            making,
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
            ])
        making.waitUntilExit()
        try Self.start(
            process,
            ["s_server", "-www", "-quiet", "-accept", "\(port)", "-cert", certificate]
                + ["-key", key] + options)
        while process.isRunning && !isListening(port) { Thread.sleep(forTimeInterval: 0.02) }
    }

    deinit {
        process.terminate()
        try? FileManager.default.removeItem(at: directory)
    }

    private static func start(_ process: Process, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: openssl)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }
}
