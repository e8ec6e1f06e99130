import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport
import Testing

@Suite struct TLSTests {
    /// Shakes hands as a careful client does; throws what it objects to.
    private func shakeHands(
        _ port: Int, trusting certificate: String, client: (certificate: String, key: String)? = nil
    ) async throws -> String {
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.trustRoots = .file(certificate)
        if let client {
            settings.certificateChain = try NIOSSLCertificate.fromPEMFile(client.certificate)
                .map { .certificate($0) }
            settings.privateKey = .privateKey(
                try NIOSSLPrivateKey(file: client.key, format: .pem))
        }
        let context = try NIOSSLContext(configuration: settings)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let answered = loop.makePromise(of: String.self)
        let channel = try await ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOSSLClientHandler(context: context, serverHostname: "localhost"),
                        Caller(answered))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        defer { channel.close(promise: nil) }
        return try await answered.futureResult.get()
    }

    /// Asks for the health of a bank and keeps the first bytes of the answer.
    private final class Caller: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answered: EventLoopPromise<String>

        init(_ answered: EventLoopPromise<String>) {
            self.answered = answered
        }

        func channelActive(context: ChannelHandlerContext) {
            let request = ByteBuffer(string: "GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(request), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            answered.succeed(String(buffer: unwrapInboundIn(data)))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            answered.fail(error)
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            answered.fail(ChannelError.eof)
        }
    }

    @Test func `a self-made certificate is good for whoever trusts it`() async throws {
        let bank = try await WireBank("tls: {selfMade: valid}")
        let certificate = bank.folder.path("state/tls/valid.pem")
        #expect(
            try await shakeHands(bank.port, trusting: certificate).hasPrefix("HTTP/1.1 200"))
        let before = FileManager.default.contents(atPath: certificate)
        try await bank.killAndRestart()
        #expect(FileManager.default.contents(atPath: certificate) == before)
        #expect(try RawSocket(port: bank.port).plain("GET / HTTP/1.1\r\n\r\n").status == 0)
    }

    @Test(arguments: ["expired", "wrong-name"])
    func `a bad certificate is refused by a careful client`(kind: String) async throws {
        let bank = try await WireBank("tls: {selfMade: \(kind)}")
        let certificate = bank.folder.path("state/tls/\(kind).pem")
        await #expect(throws: (any Error).self) {
            try await shakeHands(bank.port, trusting: certificate)
        }
    }

    @Test func `given certificates, and clients that must show one`() async throws {
        let maker = try await WireBank("tls: {selfMade: valid}")
        let own = maker.folder.path("state/tls/valid.pem")
        let key = maker.folder.path("state/tls/valid.key")
        let bank = try await WireBank(
            "tls: {certificate: \(own), key: \(key), clientCertificates: \(own)}")
        #expect(
            try await shakeHands(bank.port, trusting: own, client: (own, key))
                .hasPrefix("HTTP/1.1 200"))
        await #expect(throws: (any Error).self) {
            try await shakeHands(bank.port, trusting: own)
        }
    }

    @Test(arguments: [
        ("tls: {}", "tls needs certificate and key, or selfMade"),
        ("tls: {certificate: a}", "tls needs certificate and key, or selfMade"),
        ("tls: {selfMade: valid, certificate: a, key: b}", "tls needs certificate and key"),
        ("tls: {selfMade: stolen}", "tls.selfMade must be one of valid, expired, wrong-name"),
        ("tls: {certificate: /nowhere, key: /nowhere}", "the certificate cannot be used"),
    ])
    func `a line that cannot be had stops the start`(keys: String, message: String) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(WireBank.scenario("harbor", keys), to: "s.yaml")
        let outcome = try await ProductProcess.run(
            .mockBank, ["--scenario", path, "--state", folder.path("state")],
            environment: ["COLEND_TEST_SECRET": WireBank.secret])
        #expect(outcome.exit == 78)
        #expect(outcome.errors.contains("MOCK-001: "))
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
}

extension RawSocket {
    /// Sends text as it is and reads to the end.
    func plain(_ text: String) -> Ending {
        defer { end() }
        send(Array(text.utf8))
        return read()
    }
}
