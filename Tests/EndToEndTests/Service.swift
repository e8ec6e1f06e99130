import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// `colend serve` over some books, in a process of its own.
final class Service {
    let port: Int
    let books: Books
    private let process: ProductProcess

    /// Starts it and waits until requests are answered.
    static func start(
        _ books: Books, _ options: [String] = [], environment: [String: String] = [:],
        device: String? = nil
    ) async throws -> Service {
        let ready = "ready-\(UUID().uuidString).json"
        let process = try ProductProcess.start(
            .colend, ["serve", "--port", "0", "--ready-file", ready, "--quiet"] + options,
            environment: ["COLEND_HARBOR_SECRET": Books.secret].merging(environment) { $1 },
            in: books.folder, device: device)
        guard let port = try await StartedPort.read(books.folder.path(ready), of: process) else {
            let outcome = await process.outcome()
            throw Failed(description: "exit \(outcome.exit): \(outcome.errors)")
        }
        return Service(port: port, books: books, process: process)
    }

    private init(port: Int, books: Books, process: ProductProcess) {
        (self.port, self.books, self.process) = (port, books, process)
    }

    deinit { process.signal(SIGKILL) }

    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// Sends a signal and gives how the process ended.
    func stop(_ signal: Int32 = SIGTERM) async -> ProductProcess.Outcome {
        process.signal(signal)
        return await process.outcome()
    }

    func get(_ path: String) async throws -> (status: Int, text: String) {
        try await send(URLRequest(url: try address(path)))
    }

    /// A callback about a request, signed by OpenSSL.
    func callback(
        _ body: String, party: String = "harbor", secret: String = Books.secret,
        nonce: String = UUID().uuidString
    ) async throws -> (status: Int, text: String) {
        let path = "/v1/partners/\(party)/callbacks"
        let time = "\(Int(Date().timeIntervalSince1970))"
        let digest = try await openssl("dgst", "-sha256", "-r", input: body).prefix(64)
        let text = "POST\n\(path)\n\(time)\n\(nonce)\n\(digest)"
        let code = try await openssl("dgst", "-sha256", "-hmac", secret, "-r", input: text)
        var request = URLRequest(url: try address(path))
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        for (name, value) in [
            "Content-Type": "application/json", "Colend-Key": party, "Colend-Timestamp": time,
            "Colend-Nonce": nonce, "Colend-Signature": "v1=" + Self.base64(code.prefix(64)),
        ] {
            request.setValue(value, forHTTPHeaderField: name)
        }
        return try await send(request)
    }

    private func openssl(_ arguments: String..., input: String) async throws -> String {
        let (exit, output) = try await Tool.run("openssl", arguments, input: input)
        try #require(exit == 0, "\(output)")
        return output
    }

    private static func base64(_ hexadecimal: Substring) -> String {
        var rest = hexadecimal[...]
        var bytes = Data()
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes.base64EncodedString()
    }

    private func address(_ path: String) throws -> URL {
        try #require(URL(string: "http://127.0.0.1:\(port)\(path)"))
    }

    private func send(_ request: URLRequest) async throws -> (status: Int, text: String) {
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        return (status, String(decoding: data, as: UTF8.self))
    }
}

/// The port that a started program writes down.
enum StartedPort {
    private struct Ready: Decodable { let port: Int }

    /// Nil when it ends before, or does not come up in a minute.
    static func read(_ path: String, of process: ProductProcess) async throws -> Int? {
        for _ in 0..<2_400 {
            if let data = FileManager.default.contents(atPath: path),
                let ready = try? JSONDecoder().decode(Ready.self, from: data)
            {
                return ready.port
            }
            guard kill(process.identifier, 0) == 0 else { return nil }
            try await Task.sleep(for: .milliseconds(25))
        }
        process.signal(SIGKILL)
        return nil
    }
}
