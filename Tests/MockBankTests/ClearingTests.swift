import Foundation
import MockBank
import Testing

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
        #expect(try clearing.order("S1,harbor,7.00,USD,S20260101.USD.harbor\n") == 201)
        try clearing.clock("2026-01-03")
        #expect(
            try clearing.lines("cash", "2026-01-01") == ["-100.00,USD,2026-01-01,PAYOUT K1"])
        #expect(
            try clearing.lines("cash", "2026-01-02") == [
                "-7.00,USD,2026-01-02,S20260101.USD.harbor"
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
