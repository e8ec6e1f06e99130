import Foundation
import MockBank
import Testing

/// A clearing house in a directory of its own.
final class TestClearing {
    let directory: String
    private(set) var house: ClearingHouse
    private let scenario: ClearingScenario
    private let signer = Signer(secrets: [TestBank.secret])
    private var nonces = 0

    init(faults: String = "") throws {
        scenario = try ClearingScenario(
            yaml: """
                kind: clearing
                party: clearing
                currency: USD
                fee: {fixed: "0.10", percent: "1"}
                signing: {secretEnv: CLEARING}
                faults: {files: [\(faults)]}
                """, file: "test.yaml")
        directory = FileManager.default.temporaryDirectory.path + "/clearing-" + UUID().uuidString
        house = try ClearingHouse(
            scenario, seed: 1, secrets: [TestBank.secret], directory: directory)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// Closes the house as a kill would, and opens it again.
    func reopen(after damage: (String) throws -> Void = { _ in }) throws {
        let spare = directory + "-spare"
        house = try ClearingHouse(
            scenario, seed: 1, secrets: [TestBank.secret], directory: spare)
        try damage(directory + "/log")
        house = try ClearingHouse(
            scenario, seed: 1, secrets: [TestBank.secret], directory: directory)
        try FileManager.default.removeItem(atPath: spare)
    }

    func call(_ method: String, _ target: String, _ body: String = "", isSigned: Bool = true)
        throws -> (status: Int, body: JSON, text: String)
    {
        nonces += 1
        let nonce = "nonce-\(nonces)-\(UUID().uuidString)"
        let plain = WireRequest(method: method, target: target, headers: [], body: Array(body.utf8))
        let text = Signer.requestText(plain, stamp: "\(TestBank.now)", nonce: nonce)
        let request = WireRequest(
            method: method, target: target,
            headers: [
                ("colend-key", "platform"), ("colend-timestamp", "\(TestBank.now)"),
                ("colend-nonce", nonce),
                ("colend-signature", signer.signature(isSigned ? text : text + "!")),
            ], body: Array(body.utf8))
        let outcome = try house.handle(request, now: TestBank.now)
        try house.flush()
        guard case .answer(let answer, _) = outcome else { return (0, .null, "closed") }
        return (
            answer.status, (try? JSON.parse(answer.body)) ?? .null,
            String(decoding: answer.body, as: UTF8.self)
        )
    }

    func clock(_ date: String) throws {
        _ = try call("POST", "/admin/v1/clock", "{\"businessDate\":\"\(date)\"}")
    }

    @discardableResult
    func collect(_ rows: String, on date: String = "2026-01-01") throws -> Int {
        try call(
            "PUT", "/v1/files/\(date)/collections.csv",
            "payment_id,amount,currency,value_date\n" + rows
        ).status
    }

    @discardableResult
    func order(_ rows: String, on date: String = "2026-01-01") throws -> Int {
        try call(
            "PUT", "/v1/files/\(date)/settlement-instructions.csv",
            "instruction_id,party,amount,currency,remittance\n" + rows
        ).status
    }

    /// The lines of an offered file without the header; nil when there is none.
    func lines(_ name: String, _ date: String) throws -> [String]? {
        let answer = try call("GET", "/v1/files/\(date)/\(name).csv")
        guard answer.status == 200 else { return nil }
        return answer.text.split(separator: "\n").dropFirst().map {
            // Without the reference, which is a hash.
            $0.split(separator: ",", maxSplits: 1).last.map(String.init) ?? ""
        }
    }

    func pay(_ key: String, amount: String = "100.00", try number: String? = nil) throws
        -> String
    {
        let tried = number.map { ",\"try\":\($0)" } ?? ""
        let answer = try call(
            "POST", "/v1/payouts",
            """
            {"key":"\(key)","loan":"L1","amount":"\(amount)","currency":"USD",\
            "valueDate":"2026-01-01"\(tried)}
            """)
        let said = answer.body["state"]?.text ?? answer.body["reasonCode"]?.text ?? "-"
        return "\(answer.status) \(said)"
    }

    var faults: [String] {
        get throws {
            (try call("GET", "/admin/v1/journal").body["entries"]?.elements ?? [])
                .filter { $0["event"]?.text == "fault" }
                .map {
                    "\($0["date"]?.text ?? "") \($0["fault"]?.text ?? "") "
                        + "\($0["record"]?.text ?? $0["key"]?.text ?? "")"
                }
        }
    }
}
