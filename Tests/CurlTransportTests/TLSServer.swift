// `openssl s_server` with a certificate of its own for `localhost`, and the keys to go with it.

import Foundation
import TestSupport

/// Stopped by its process id when it is released; `timeout` ends it should this process be killed
/// first.
final class TLSServer: Sendable {
    static let openssl = "/usr/bin/openssl"

    let port: UInt16
    /// Of the server, signed by itself.
    let certificate: String
    private let identifier: Int32
    private let directory: TemporaryFolder

    var url: String { "https://localhost:\(port)/" }

    /// - Parameters:
    ///   - options: Further ones of `s_server`; `{client}` stands for the path of the certificate
    ///     that ``client(password:)`` makes.
    ///   - relay: A loopback port that gets what clients say and answers them, one after the other;
    ///     without it every client is answered with a page.
    init(options: [String] = [], relayedTo relay: UInt16? = nil) async throws {
        directory = try TemporaryFolder()
        certificate = directory.path("server.pem")
        let key = directory.path("server.key")
        try await Self.makePair("localhost", certificate, key)
        let client = directory.path("client.pem")
        try await Self.makePair("colend", client, directory.path("client.key"))
        port = freePort()
        let words =
            ["s_server", "-quiet", "-accept", "\(port)", "-cert", certificate, "-key", key]
            + options.map { $0.replacing("{client}", with: client) }
        if let relay {
            let script = "exec \"$0\" \"$@\" <>/dev/tcp/127.0.0.1/\(relay) >&0"
            identifier = try Self.start(words, by: ["/bin/bash", "-c", script])
        } else {
            identifier = try Self.start(words + ["-www"])
        }
        while !isListening(port) {
            var status: Int32 = 0
            // Another may have taken the port meanwhile.
            guard waitpid(identifier, &status, WNOHANG) == 0 else { throw POSIXError(.EADDRINUSE) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    deinit {
        // A thread of the test process may block signals, and a child begins with its mask: only
        // a start that clears the mask makes a child that hears this.
        stop()
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    }

    /// Ends it with the connection that it has.
    func stop() { kill(identifier, SIGTERM) }

    /// The client's certificate and key, the key behind a password if one is given.
    func client(password: String? = nil) async throws -> (certificate: String, key: String) {
        let certificate = directory.path("client.pem")
        let plain = directory.path("client.key")
        guard let password else { return (certificate, plain) }
        let locked = directory.path("locked.key")
        try await Self.run([
            "pkey", "-in", plain, "-aes256", "-passout", "pass:\(password)", "-out", locked,
        ])
        return (certificate, locked)
    }

    /// SHA-256 of the server's public key in base 64, by the command that Config/README.md gives.
    func pin() async throws -> String {
        let output = directory.path("pin")
        let openssl = Self.openssl
        var program = Spawn.Program(path: "/bin/sh", output: output, errors: "/dev/null")
        program.arguments = [
            "-c",
            "\(openssl) x509 -in \(certificate) -pubkey -noout | \(openssl) pkey -pubin "
                + "-outform DER | \(openssl) dgst -sha256 -binary | base64",
        ]
        program.environment = ["PATH": "/usr/bin:/bin"]
        _ = await Spawn.exit(of: try Spawn.start(program))
        return try String(contentsOfFile: output, encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func makePair(_ name: String, _ certificate: String, _ key: String) async throws
    {
        try await run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)",
            "-keyout", key, "-out", certificate,
        ])
    }

    private static func run(_ arguments: [String]) async throws {
        _ = await Spawn.exit(of: try start(arguments))
    }

    private static func start(_ arguments: [String], by shell: [String] = []) throws -> Int32 {
        var program = Spawn.Program(
            path: "/usr/bin/timeout", output: "/dev/null", errors: "/dev/null")
        program.arguments = ["120"] + shell + [openssl] + arguments
        return try Spawn.start(program)
    }
}
