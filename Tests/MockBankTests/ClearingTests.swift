import Foundation
import MockBank
import Testing

/// A clearing house in a directory of its own.
private final class TestClearing {
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

@Suite struct ClearingTests {
    private let two = "P1,10.00,USD,2026-01-01\nP2,20.00,USD,2026-01-01\n"

    @Test func `a date's files are there once it is over, with a header at least`() throws {
        let clearing = try TestClearing()
        #expect(try clearing.collect(two) == 201)
        #expect(try clearing.lines("channel", "2026-01-01") == nil)
        try clearing.clock("2026-01-03")
        #expect(
            try clearing.lines("channel", "2026-01-01") == [
                "P1,10.00,0.20,9.80,USD,2026-01-01", "P2,20.00,0.30,19.70,USD,2026-01-01",
            ])
        #expect(try clearing.lines("cash", "2026-01-01") == [])
        #expect(try clearing.lines("channel", "2026-01-02") == [])
        #expect(
            try clearing.lines("cash", "2026-01-02") == [
                "29.50,USD,2026-01-02,CHANNEL 2026-01-01 USD"
            ])
    }

    /// What each fault makes of the two payments: channel lines, credit, journal.
    @Test(
        arguments: [
            ("missing-line", 0, "29.50", 2), ("doubled-line", 4, "29.50", 2),
            ("fee-twice", 2, "29.00", 2), ("cent-off", 2, "29.50", 2), ("payment-lost", 0, nil, 2),
            ("transfer-off", 2, "29.49", 1),
        ] as [(String, Int, String?, Int)])
    func `each fault leaves its mark in file, money and diary`(
        kind: String, lines: Int, credit: String?, marks: Int
    ) throws {
        let clearing = try TestClearing(faults: "{kind: \(kind), probability: 1}")
        try clearing.collect(two)
        try clearing.clock("2026-01-03")
        #expect(try clearing.lines("channel", "2026-01-01")?.count == lines)
        let statement = try clearing.lines("cash", "2026-01-02") ?? []
        #expect(
            statement
                == (credit.map { ["\($0),USD,2026-01-02,CHANNEL 2026-01-01 USD"] } ?? []))
        #expect(try clearing.faults.count == marks)
        #expect(try clearing.faults.allSatisfy { $0.contains(" \(kind) ") })
    }

    @Test func `a late transfer comes a day later, and a budget ends it`() throws {
        let clearing = try TestClearing(
            faults: "{kind: late-transfer, probability: 1, budget: 1}")
        try clearing.collect(two)
        try clearing.collect("P3,5.00,USD,2026-01-02\n", on: "2026-01-02")
        try clearing.clock("2026-01-04")
        #expect(try clearing.lines("cash", "2026-01-02") == [])
        #expect(try clearing.lines("cash", "2026-01-03")?.count == 2)
        #expect(try clearing.faults == ["2026-01-02 late-transfer CHANNEL 2026-01-01 USD"])
    }

    @Test func `payouts and settlements move the account`() throws {
        let clearing = try TestClearing()
        #expect(try clearing.pay("K1") == "201 paid")
        #expect(try clearing.pay("K1") == "200 paid")
        #expect(try clearing.pay("K1", amount: "1.00") == "409 key-reused")
        #expect(try clearing.pay("K2", amount: "0.00") == "422 malformed-amount")
        #expect(try clearing.call("GET", "/v1/payouts/K1").body["state"]?.text == "paid")
        #expect(try clearing.call("GET", "/v1/payouts/K9").status == 404)
        let instructions = """
            instruction_id,party,amount,currency,remittance
            S1,harbor,7.00,USD,S20260101.USD.harbor

            """
        let put = try clearing.call(
            "PUT", "/v1/files/2026-01-01/settlement-instructions.csv",
            instructions.replacing("\n\n", with: "\n"))
        #expect(put.status == 201)
        try clearing.clock("2026-01-02")
        #expect(
            try clearing.lines("cash", "2026-01-01")?.sorted() == [
                "-100.00,USD,2026-01-01,PAYOUT K1",
                "-7.00,USD,2026-01-01,S20260101.USD.harbor",
            ])
    }

    @Test func `a failed payout can be tried again, a returned one comes back`() throws {
        let clearing = try TestClearing(
            faults: "{kind: payout-failed, probability: 1, budget: 1}, "
                + "{kind: payout-returned, probability: 1}")
        #expect(try clearing.pay("K1") == "201 failed")
        #expect(try clearing.call("GET", "/v1/payouts/K1").body["state"]?.text == "failed")
        #expect(try clearing.pay("K1") == "201 paid")
        try clearing.clock("2026-01-04")
        #expect(
            try clearing.lines("cash", "2026-01-01") == ["-100.00,USD,2026-01-01,PAYOUT K1"])
        #expect(try clearing.lines("cash", "2026-01-03") == ["100.00,USD,2026-01-03,RETURN K1"])
        #expect(
            try clearing.faults == [
                "2026-01-01 payout-failed K1", "2026-01-03 payout-returned RETURN K1",
            ])
    }

    @Test func `a try is decided once, and only a failed one is followed by the next`() throws {
        let clearing = try TestClearing(
            faults: "{kind: payout-failed, probability: 1, budget: 1}")
        #expect(try clearing.pay("K1", try: "2") == "409 wrong-try")
        #expect(try clearing.pay("K1", try: "1") == "201 failed")
        #expect(try clearing.pay("K1", try: "1") == "200 failed")
        #expect(try clearing.pay("K1", try: "3") == "409 wrong-try")
        #expect(try clearing.pay("K1", try: "2") == "201 paid")
        #expect(try clearing.pay("K1", try: "2") == "200 paid")
        #expect(try clearing.pay("K1", try: "3") == "200 paid", "it is paid, whatever is tried")
        #expect(try clearing.pay("K2", try: "\"1\"") == "422 malformed")
        #expect(try clearing.pay("K2", try: "0") == "422 malformed")
    }

    @Test func `what comes for a date that is over is refused`() throws {
        let clearing = try TestClearing()
        try clearing.collect(two)
        #expect(try clearing.collect(two) == 200)
        try clearing.clock("2026-01-02")
        #expect(try clearing.collect(two) == 200, "the same content is nothing new")
        #expect(try clearing.collect("P9,1.00,USD,2026-01-01\n") == 409)
    }

    @Test(arguments: [
        "P1,ten,USD,2026-01-01\n", "P1,1.00,EUR,2026-01-01\n", "P1,1.00,USD,soon\n",
        "P1,1.00,USD\n", ",1.00,USD,2026-01-01\n",
        "P1,1.00,USD,2026-01-01\nP1,1.00,USD,2026-01-01\n", "P1,\"1.00,USD,2026-01-01\n",
    ])
    func `a file that cannot be read is refused`(rows: String) throws {
        let clearing = try TestClearing()
        #expect(try clearing.collect(rows) == 422)
    }

    @Test func `an unsigned call changes nothing`() throws {
        let clearing = try TestClearing()
        #expect(try clearing.call("GET", "/v1/payouts/K", isSigned: false).status == 401)
        #expect(try clearing.call("GET", "/v1/health", isSigned: false).status == 200)
    }

    /// A torn last line is as if it had never been.
    @Test func `a kill loses nothing that was answered`() throws {
        let clearing = try TestClearing(faults: "{kind: fee-twice, probability: \"50%\"}")
        try clearing.collect(two)
        _ = try clearing.pay("K1")
        try clearing.clock("2026-01-03")
        let before = try ["channel", "cash"].map { try clearing.lines($0, "2026-01-01") }
        let book = try clearing.call("GET", "/admin/v1/book").text
        try clearing.reopen { log in
            let handle = try #require(FileHandle(forWritingAtPath: log))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("torn".utf8))
            try handle.close()
        }
        #expect(try ["channel", "cash"].map { try clearing.lines($0, "2026-01-01") } == before)
        #expect(try clearing.call("GET", "/admin/v1/book").text == book)
    }

    @Test(arguments: [
        ("fee: {fixed: \"0.10\", percent: \"1\"}", "fee: {fixed: \"-1\"}"),
        ("currency: USD", "currency: XYZ"), ("transitDays: 1", "transitDays: 99"),
        ("party: clearing", "partei: clearing"),
    ])
    func `a faulty scenario does not start`(text: String, other: String) throws {
        let yaml = """
            kind: clearing
            party: clearing
            currency: USD
            transitDays: 1
            fee: {fixed: "0.10", percent: "1"}
            signing: {secretEnv: CLEARING}
            """
        #expect(throws: Never.self) { try Played(yaml: yaml, file: "s.yaml") }
        #expect(throws: ScenarioFaults.self) {
            try Played(yaml: yaml.replacing(text, with: other), file: "s.yaml")
        }
    }
}
