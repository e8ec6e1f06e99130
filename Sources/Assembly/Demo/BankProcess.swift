import BusinessCalendar
import CurlTransport
import Foundation
import Monetary
package import Operations
import PartnerGateway

/// A mock bank in a process of its own, started and stopped by the demo.
final class BankProcess: Sendable {
    let name: String
    let endpoint: String
    private let program: ChildProgram
    private let wire: CurlClient

    private init(name: String, port: Int64, program: ChildProgram, wire: CurlClient) {
        self.name = name
        endpoint = "http://127.0.0.1:\(port)"
        self.program = program
        self.wire = wire
    }

    /// Starts `mock-bank` on a port of the system's choice and waits until it listens.
    ///
    /// - Parameter scenario: Its file; nil for the sample of that name.
    /// - Throws: ``BankUnavailable`` when it does not start within 20 seconds.
    static func start(
        _ name: String, in directory: DemoDirectory, seed: UInt64, wire: CurlClient,
        scenario: String? = nil
    ) async throws -> BankProcess {
        let folder = directory.bank(name)
        try OutputFile.write([], to: "\(folder)/log")
        let ready = "\(folder)/ready.json"
        let arguments = [
            "--scenario", try scenario ?? Samples.find("Scenarios/\(name).yaml"),
            "--ready-file", ready,
            "--state", "\(folder)/state", "--seed", "\(seed)", "--exit-with-parent",
        ]
        let environment = Demo.variables.merging(
            [BankProcess.secretVariable(name) + "_FILE": directory.secret(name)]
        ) { _, given in given }
        let program: ChildProgram
        do {
            program = try ChildProgram(
                BankProcess.path, arguments, environment: environment,
                log: "\(folder)/log")
        } catch {
            throw BankUnavailable(name: name, reason: "mock-bank is not beside colend")
        }
        var isReady = false
        defer { if !isReady { program.stop() } }
        for _ in 0..<400 {
            if let port = port(in: ready) {
                isReady = true
                return BankProcess(name: name, port: port, program: program, wire: wire)
            }
            guard program.isRunning else { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BankUnavailable(name: name, reason: "it did not start; see \(folder)/log")
    }

    private static var path: String { "\(Samples.programDirectory)/mock-bank" }

    /// - Throws: ``BankUnavailable`` when there is nothing to start.
    static func checkProgram() throws {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw BankUnavailable(
                name: Demo.banks[0], reason: "mock-bank is not beside colend")
        }
    }

    static func secretVariable(_ name: String) -> String { "COLEND_\(name.uppercased())_SECRET" }

    private static func port(in file: String) -> Int64? {
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        return (try? JSONReader.read([UInt8](data)))?["port"]?.integer
    }

    /// Names its process as long as it runs.
    var identifier: Int32 { program.identifier }

    /// Asks the bank to stop.
    func stop() { program.stop() }
}

extension BankProcess {
    /// Moves the bank's clock to a business date.
    ///
    /// - Throws: ``BankUnavailable``.
    func setClock(_ date: BusinessDate) async throws {
        _ = try await administer(.post, "clock", body: "{\"businessDate\":\"\(date)\"}")
    }

    /// Switches all misbehaviour off.
    ///
    /// - Throws: ``BankUnavailable``.
    func behave() async throws {
        _ = try await administer(.put, "faults", body: "{\"transport\": [], \"files\": []}")
    }

    /// Borrowers pay through the channel: the payments of a date as it takes them.
    ///
    /// - Throws: ``BankUnavailable``.
    func collect(_ payments: [DemoPayment], on date: BusinessDate) async throws {
        var writer = CSVWriter(columns: ["payment_id", "amount", "currency", "value_date"])
        for payment in payments.sorted(by: { $0.id < $1.id }) {
            let amount = payment.reverses.isEmpty ? payment.amount : -payment.amount
            writer.row([
                payment.id, amount.text(payment.currency), payment.currency.code,
                payment.valueDate.description,
            ])
        }
        let body = String(decoding: writer.bytes, as: UTF8.self)
        _ = try await administer(.put, "files/\(date)/collections.csv", body: body)
    }

    /// The entries of the bank's diary.
    ///
    /// - Throws: ``BankUnavailable``.
    func journal() async throws -> [JSONValue] {
        try await administer(.get, "journal")["entries"]?.elements ?? []
    }

    /// The bank's requests as its own book has them.
    ///
    /// - Throws: ``BankUnavailable``.
    func bookedRequests() async throws -> [JSONValue] {
        try await administer(.get, "book")["requests"]?.elements ?? []
    }

    /// Some of them, in order of key behind one.
    ///
    /// - Throws: ``BankUnavailable``.
    func bookedRequests(after key: String, limit: Int) async throws -> [JSONValue] {
        let path = "book?after=\(key)&limit=\(limit)"
        return try await administer(.get, path)["requests"]?.elements ?? []
    }

    private func administer(_ method: ExchangeMethod, _ path: String, body: String = "")
        async throws -> JSONValue
    {
        let outcome = await wire.exchange(
            ExchangeRequest(
                method: method, url: "\(endpoint)/admin/v1/\(path)", headers: [],
                body: Array(body.utf8), connectMilliseconds: 5_000, totalMilliseconds: 60_000,
                maximumBodyBytes: 64 << 20))
        guard case .answered(let response, _) = outcome, (200...201).contains(response.status),
            let answer = try? JSONReader.read(response.body)
        else { throw BankUnavailable(name: name, reason: "/admin/v1/\(path) gave no answer") }
        return answer
    }
}

/// A mock bank that cannot be started or talked to.
package struct BankUnavailable: CodedError, Hashable {
    package let name: String
    package let reason: String

    package var code: String { "DEMO-001" }
    package var sentence: String {
        "mock bank \(name) is not available: \(reason); build it with "
            + "`swift build -c release --product mock-bank`"
    }
    package var exit: ExitKind { .unavailable }
}
