import MockBank
import Testing

/// What `verify` counts: every request whole, whatever befell it.
@Suite struct HeardTests {
    private let path = "/v1/funding-requests"

    private func bank(_ faults: String) throws -> TestBank {
        try TestBank(extra: "faults: {\(faults)}")
    }

    private func count(_ bank: TestBank, _ question: String) throws -> Int? {
        try bank.call("POST", "/admin/v1/verify", "{\(question)}")?.body["count"]?.integer
    }

    /// The same before and after a kill.
    private func expect(
        _ bank: TestBank, _ counts: [(String, Int)], location: SourceLocation = #_sourceLocation
    ) throws {
        for _ in 0..<2 {
            for (question, number) in counts {
                let found = try count(bank, question)
                #expect(found == number, "\(question)", sourceLocation: location)
            }
            try bank.reopen()
        }
    }

    @Test func `a dropped query is counted, and its fault is its own`() throws {
        let bank = try bank("transport: [{kind: drop-before-reading, match: {call: query}}]")
        #expect(try bank.post(Sample.request()) == "201 accepted")
        #expect(try bank.ask("GET", path + "/L1.harbor.1") == "closed")
        let fault = "\"outcome\":{\"fault\":\"drop-before-reading\"}"
        try expect(
            bank,
            [
                ("\"match\":{\"call\":\"query\"}", 1),
                ("\"match\":{\"loan\":\"L1\",\"amount\":\"7000.00\"},\(fault)", 1),
                ("\"match\":{\"call\":\"fund\"},\(fault)", 0),
                ("\"match\":{\"call\":\"query\"},\"outcome\":{\"status\":\"*\"}", 0),
            ])
    }

    @Test func `a batch is one request, and each of its lines is one`() throws {
        let bank = try bank(
            "transport: [{kind: drop-after-commit, match: {call: batch, key: C}}]")
        for keys in [["A", "B"], ["C"]] {
            let lines = keys.map { Sample.request($0, loan: $0) }.joined(separator: "\n")
            _ = try bank.call("POST", path + ":batch", lines)
        }
        try expect(
            bank,
            [
                ("\"match\":{\"call\":\"batch\"}", 2), ("\"match\":{\"call\":\"fund\"}", 3),
                ("\"match\":{\"path\":\"*:batch\"}", 5),
                ("\"match\":{\"call\":\"batch\"},\"outcome\":{\"status\":\"200\"}", 1),
                ("\"match\":{\"call\":\"fund\"},\"outcome\":{\"status\":\"201\"}", 2),
                ("\"match\":{\"loan\":\"C\"},\"outcome\":{\"state\":\"accepted\"}", 0),
                ("\"match\":{\"call\":\"batch\"},\"outcome\":{\"fault\":\"drop-*\"}", 1),
            ])
    }

    @Test func `the status is the one that left`() throws {
        let bank = try bank(
            """
            transport: [{kind: busy, status: 500, executes: true, match: {loan: L2}},
            {kind: drop-after-commit, match: {loan: L3}}, {kind: delay, match: {loan: L4}}]
            """)
        for number in 1...4 {
            _ = try bank.post(Sample.request("K\(number)", loan: "L\(number)"))
        }
        _ = try bank.call("POST", path + "/K1/reversal")
        _ = try bank.call("POST", path + "/K3/reversal")
        _ = try bank.call("POST", path + "/a%20b/reversal")
        _ = try bank.call("POST", path, "{")
        _ = try bank.call("POST", path, Sample.request("K9", loan: "L9"), tampered: true)
        try expect(
            bank,
            [
                ("\"outcome\":{\"status\":\"201\"}", 2), ("\"outcome\":{\"status\":\"500\"}", 1),
                ("\"match\":{\"loan\":\"L2\"},\"outcome\":{\"state\":\"*\"}", 0),
                ("\"match\":{\"call\":\"fund\",\"loan\":\"L3\"},\"outcome\":{\"status\":\"*\"}", 0),
                ("\"match\":{\"call\":\"reversal\"},\"outcome\":{\"status\":\"200\"}", 1),
                ("\"match\":{\"call\":\"reversal\"},\"outcome\":{\"status\":\"422\"}", 1),
                ("\"match\":{\"call\":\"fund\"},\"outcome\":{\"status\":\"400\"}", 1),
                ("\"match\":{\"loan\":\"L9\"},\"outcome\":{\"status\":\"401\"}", 1),
                ("\"match\":{\"call\":[\"fund\",\"reversal\"]}", 9),
            ])
    }

    @Test func `of a fault of the line and one of money both are seen`() throws {
        let bank = try bank(
            """
            transport: [{kind: drop-after-commit, name: cut, match: {loan: L1}}],
            money: [{kind: cent-off, name: slip, match: {loan: L1}}]
            """)
        #expect(try bank.post(Sample.request()) == "closed")
        let questions = [
            "\"fault\":\"drop-after-commit\"", "\"fault\":\"cent-off\"", "\"rule\":\"cut\"",
            "\"rule\":\"slip\"", "\"fault\":\"cent-off\",\"rule\":\"cut\"",
        ]
        try expect(bank, questions.map { ("\"outcome\":{\($0)}", 1) })
    }

    @Test func `a request that was never decided has its time, loan and amount`() throws {
        let bank = try bank("transport: [{kind: drop-before-reading, match: {loan: L1}}]")
        _ = try bank.call(
            "POST", "/admin/v1/clock", "{\"businessDate\":\"2026-01-02\",\"time\":\"17:00\"}")
        #expect(try bank.post(Sample.request()) == "closed")
        try expect(
            bank,
            [
                ("\"match\":{\"loan\":\"L1\",\"amount\":\"7000.00\"}", 1),
                ("\"match\":{\"time\":\"17:00\",\"date\":\"2026-01-02\"}", 1),
                ("\"match\":{\"time\":\"00:00\"}", 0),
            ])
    }

    @Test(arguments: ["", "transport: [{kind: delay, match: {call: [file-in, file-out]}}]"])
    func `files that are sent and asked for are requests too`(faults: String) throws {
        let bank = try bank(faults)
        try bank.send("2026-01-01")
        #expect(try bank.offered("2026-01-01", "disbursements.csv") != nil)
        #expect(try bank.offered("2026-01-02", "disbursements.csv") == nil)
        let struck = faults.isEmpty ? 0 : 5
        try expect(
            bank,
            [
                ("\"match\":{\"call\":\"file-in\"},\"outcome\":{\"status\":\"201\"}", 3),
                ("\"match\":{\"path\":\"/v1/files/2026-01-01/repay*\"}", 1),
                ("\"match\":{\"call\":\"file-out\",\"attempt\":1}", 2),
                ("\"match\":{\"call\":\"file-out\"},\"outcome\":{\"status\":\"404\"}", 1),
                ("\"outcome\":{\"fault\":\"delay\"}", struck),
            ])
    }

    @Test func `a callback is no request`() throws {
        let answer = try bank("").call(
            "POST", "/admin/v1/verify", "{\"match\":{\"call\":\"callback\"}}")
        #expect(answer?.status == 400)
    }

    @Test func `a payout has its status, and so has a question about it`() throws {
        let house = try TestClearing()
        #expect(try house.pay("L1.payout") == "201 paid")
        _ = try house.call("GET", "/v1/payouts/L1.payout")
        try house.reopen()
        for (question, count) in [
            ("\"match\":{\"call\":\"payout\",\"loan\":\"L1\"},\"outcome\":{\"status\":\"201\"}", 1),
            (
                "\"match\":{\"call\":\"payout-query\",\"loan\":\"L1\"},"
                    + "\"outcome\":{\"status\":\"200\",\"state\":\"paid\"}", 1
            ), ("\"match\":{\"key\":\"L1.payout\"}", 2),
        ] {
            let answer = try house.call("POST", "/admin/v1/verify", "{\(question)}")
            #expect(answer.body["count"]?.integer == count, "\(question)")
        }
    }
}
