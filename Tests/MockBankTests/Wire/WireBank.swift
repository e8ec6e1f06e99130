import Foundation
import MockBank
import TestSupport

/// A bank in a process of its own, reached over a socket.
final class WireBank {
    static let secret = "a secret of tests"
    let folder: TemporaryFolder
    private(set) var process: ProductProcess
    private(set) var port = 0
    private(set) var ports: [String: Int] = [:]
    private let arguments: [String]
    private let signer = Signer(secrets: [Array(secret.utf8)])

    static func scenario(_ party: String = "harbor", _ extra: String) -> String {
        """
        party: \(party)
        currency: USD
        lenderComputation: scale
        signing: {secretEnv: COLEND_TEST_SECRET}
        \(extra)
        """
    }

    /// Starts a bank with more keys in its scenario and waits until it listens.
    convenience init(_ extra: String = "", seed: Int = 1, _ more: [String] = []) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(WireBank.scenario("harbor", extra), to: "harbor.yaml")
        try await self.init(
            folder, ["--scenario", path, "--seed", "\(seed)"] + more)
    }

    /// Starts whatever the arguments say.
    init(_ folder: TemporaryFolder, _ arguments: [String]) async throws {
        self.folder = folder
        self.arguments =
            arguments + [
                "--ready-file", folder.path("ready.json"), "--state", folder.path("state"),
                "--exit-with-parent",
            ]
        process = try WireBank.start(self.arguments)
        try await listen()
    }

    deinit { process.signal(SIGKILL) }

    private static func start(_ arguments: [String]) throws -> ProductProcess {
        try ProductProcess.start(
            .mockBank, arguments, environment: ["COLEND_TEST_SECRET": secret], limitSeconds: 300)
    }

    private func listen() async throws {
        for _ in 0..<6_000 {
            if let data = FileManager.default.contents(atPath: folder.path("ready.json")),
                let json = try? JSON.parse([UInt8](data))
            {
                port = json["port"]?.integer ?? 0
                ports = (json["ports"]?.members ?? [:]).compactMapValues(\.integer)
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw RawSocket.Fault(what: "it does not listen: " + process.errorsSoFar)
    }

    /// Kills the bank where it stands and starts it again.
    func killAndRestart() async throws {
        process.signal(SIGKILL)
        _ = await process.outcome()
        try FileManager.default.removeItem(atPath: folder.path("ready.json"))
        process = try WireBank.start(arguments)
        try await listen()
    }
}

extension WireBank {
    /// The bytes of a signed request that asks to be closed after the answer.
    func request(
        _ method: String, _ target: String, _ body: String = "", headers: [String] = [],
        nonce: String = UUID().uuidString, closes: Bool = true
    ) -> [UInt8] {
        let stamp = "\(Int(Date().timeIntervalSince1970))"
        let plain = WireRequest(method: method, target: target, headers: [], body: Array(body.utf8))
        let text = Signer.requestText(plain, stamp: stamp, nonce: nonce)
        let lines =
            [
                "\(method) \(target) HTTP/1.1", "Host: bank", "Colend-Key: platform",
                "Colend-Timestamp: \(stamp)", "Colend-Nonce: \(nonce)",
                "Colend-Signature: \(signer.signature(text))",
                "Content-Length: \(body.utf8.count)",
            ] + (closes ? ["Connection: close"] : []) + headers
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }

    /// One request on a connection of its own, read to the end.
    @discardableResult
    func call(
        _ method: String, _ target: String, _ body: String = "", headers: [String] = [],
        port: Int? = nil
    ) throws -> RawSocket.Ending {
        let socket = try RawSocket(port: port ?? self.port)
        defer { socket.end() }
        socket.send(request(method, target, body, headers: headers))
        return socket.read()
    }

    func fund(_ number: Int = 1, amount: String = "7000.00") throws -> RawSocket.Ending {
        try call(
            "POST", "/v1/funding-requests",
            Sample.request("K\(number)", loan: "L\(number)", amount: "\"\(amount)\""))
    }

    func query(_ number: Int = 1) throws -> RawSocket.Ending {
        try call("GET", "/v1/funding-requests/K\(number)")
    }

    func json(_ method: String, _ target: String, _ body: String = "") throws -> JSON {
        try JSON.parse(Array(call(method, target, body).body.utf8))
    }

    func executions(_ number: Int = 1) throws -> Int? {
        try json("GET", "/admin/v1/book")["requests"]?.elements?
            .first { $0["key"]?.text == "K\(number)" }?["executions"]?.integer
    }

    func journal(_ query: String = "") throws -> [JSON] {
        try json("GET", "/admin/v1/journal" + query)["entries"]?.elements ?? []
    }

    /// Journal entries of faults: `kind key`.
    func faults() throws -> [String] {
        try journal("?event=fault").map {
            "\($0["fault"]?.text ?? "") \($0["key"]?.text ?? $0["detail"]?.text ?? "")"
        }
    }
}
