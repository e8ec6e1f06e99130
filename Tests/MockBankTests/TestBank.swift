import Foundation
import MockBank

/// A bank in a directory of its own, reached as the platform would reach it.
final class TestBank {
    static let secret = Array("a secret of tests".utf8)
    static let now: Int64 = 1_800_000_000

    let directory: String
    private(set) var bank: Bank
    private let scenario: Scenario
    private let seed: UInt64
    private let signer = Signer(secrets: [secret])
    private var nonces = 0

    init(_ computation: String = "scale", seed: UInt64 = 1, extra: String = "") throws {
        let yaml = """
            party: harbor
            currency: USD
            lenderComputation: \(computation)
            serviceFeePercent: "8"
            penalty: {multiple: "1.5", graceDays: 3}
            roundingTolerance: 1
            signing: {secretEnv: HARBOR}
            \(extra)
            """
        self.seed = seed
        scenario = try Scenario(yaml: yaml, file: "test.yaml")
        directory =
            FileManager.default.temporaryDirectory.path + "/mock-bank-" + UUID().uuidString
        bank = try Bank(
            scenario, seed: seed, secrets: [TestBank.secret], directory: directory)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Closes the bank as a kill would, lets `damage` at its log, and opens it again.
    func reopen(after damage: (String) throws -> Void = { _ in }) throws {
        let elsewhere = directory + "-spare"
        bank = try Bank(
            scenario, seed: seed, secrets: [TestBank.secret], directory: elsewhere)
        try damage(directory + "/log")
        bank = try Bank(
            scenario, seed: seed, secrets: [TestBank.secret], directory: directory)
        try FileManager.default.removeItem(atPath: elsewhere)
    }

    /// A signed call; nil when the bank closes the connection.
    func call(
        _ method: String, _ target: String, _ body: String = "", nonce: String? = nil,
        timestamp: Int64 = now, tampered: Bool = false
    ) throws -> (status: Int, body: JSON, text: String)? {
        nonces += 1
        let nonce = nonce ?? "nonce-number-\(nonces)-\(UUID().uuidString)"
        let plain = WireRequest(method: method, target: target, headers: [], body: Array(body.utf8))
        let text = Signer.requestText(plain, stamp: "\(timestamp)", nonce: nonce)
        let request = WireRequest(
            method: method, target: target,
            headers: [
                ("colend-key", "platform"), ("colend-timestamp", "\(timestamp)"),
                ("colend-nonce", nonce),
                ("colend-signature", signer.signature(tampered ? text + "!" : text)),
            ], body: Array(body.utf8))
        let outcome = try bank.handle(request, now: TestBank.now)
        try bank.flush()
        guard case .answer(let answer, _) = outcome else { return nil }
        let reply = String(decoding: answer.body, as: UTF8.self)
        return (answer.status, (try? JSON.parse(answer.body)) ?? .null, reply)
    }

    /// The status of a call and one member of its answer.
    func ask(
        _ method: String, _ target: String, _ body: String = "", _ member: String = "state"
    ) throws -> String {
        guard let answer = try call(method, target, body) else { return "closed" }
        return "\(answer.status) \(answer.body[member]?.text ?? "-")"
    }

    func post(_ body: String, _ member: String = "state") throws -> String {
        try ask("POST", "/v1/funding-requests", body, member)
    }

    func journal() throws -> [JSON] {
        try call("GET", "/admin/v1/journal")?.body["entries"]?.elements ?? []
    }

    func executions(_ key: String) throws -> Int? {
        try call("GET", "/admin/v1/book")?.body["requests"]?.elements?
            .first { $0["key"]?.text == key }?["executions"]?.integer
    }
}

/// Bodies as the platform sends them.
enum Sample {
    static func request(
        _ key: String = "L1.harbor.1", loan: String = "L1", amount: String = "\"7000.00\"",
        currency: String = "USD", terms: String = "", method: String = "equal-instalment",
        rate: String = "12", on day: String = "2026-01-31"
    ) -> String {
        """
        {"key":"\(key)","loan":"\(loan)","lender":"harbor","amount":\(amount),\
        "currency":"\(currency)","loanAmount":"10000.00","valueDate":"\(day)",\
        "expiresAt":"2026-12-31T00:00:00Z","borrowerRef":"B","terms":{"principal":"10000.00",\
        "currency":"USD","annualRatePercent":"\(rate)","method":"\(method)","instalments":12,\
        "every":{"count":1,"unit":"months"},"disbursedOn":"\(day)","dayCount":"30/360"\(terms)}}
        """
    }

    static func terms(
        principal: String = "10000.00", rate: String = "12",
        method: String = "equal-instalment", instalments: Int = 12, on day: String = "2026-01-31",
        extra: String = ""
    ) throws -> LoanTerms {
        let text = """
            {"principal":"\(principal)","currency":"USD","annualRatePercent":"\(rate)",\
            "method":"\(method)","instalments":\(instalments),"disbursedOn":"\(day)"\(extra)}
            """
        return try LoanTerms(JSON.parse(Array(text.utf8)))
    }

    static let disbursements = FileLayout.disbursements.columns.joined(separator: ",") + "\n"
    static let repayments = FileLayout.repayments.columns.joined(separator: ",") + "\n"

    static func manifest(_ date: String, _ files: [String: String]) -> String {
        let list = files.keys.sorted().map { name in
            let content = files[name] ?? ""
            let rows = content.split(separator: "\n").count - 1
            return """
                {"name":"\(name)","rows":\(rows),"sha256":"\(digestText(Array(content.utf8)))",\
                "totals":[]}
                """
        }
        return """
            {"date":"\(date)","party":"platform","files":[\(list.joined(separator: ","))]}
            """
    }
}

extension TestBank {
    /// Sends the files of a date, manifest first; answers the statuses.
    @discardableResult
    func send(
        _ date: String, payouts: String = "", payments: String = "", plans: String = "",
        manifestFirst: Bool = true
    ) throws -> [Int] {
        var files = [
            "disbursements.csv": Sample.disbursements + payouts,
            "repayments.csv": Sample.repayments + payments,
        ]
        if !plans.isEmpty {
            let header = FileLayout.instalmentPlan.columns.joined(separator: ",")
            files["instalment-plan.csv"] = header + "\n" + plans
        }
        let manifest = ("manifest.json", Sample.manifest(date, files))
        let bodies = files.keys.sorted().map { ($0, files[$0] ?? "") }
        let ordered = manifestFirst ? [manifest] + bodies : bodies + [manifest]
        return try ordered.map { name, body in
            try call("PUT", "/v1/files/\(date)/\(name)", body)?.status ?? 0
        }
    }

    /// The lines of a file that the bank offers, without the header; nil when it offers none.
    func offered(_ date: String, _ name: String) throws -> [String]? {
        guard let answer = try call("GET", "/v1/files/\(date)/\(name)"), answer.status == 200
        else { return nil }
        return answer.text.split(separator: "\n").dropFirst().map(String.init)
    }
}
