import Foundation
import MockBank
import Testing

@Suite struct FilesDeskTests {
    private let payout = "L1.harbor.1,L1,,7000.00,USD,2026-01-31,\n"
    private let payment =
        "P1,L1,551.94,0.00,70.00,0.00,0.00,0.00,5.60,USD,2026-01-31,,\n"

    private func funded(_ extra: String = "") throws -> TestBank {
        let bank = try TestBank(extra: extra)
        #expect(try bank.post(Sample.request()) == "201 accepted")
        return bank
    }

    @Test(arguments: [true, false])
    func `manifest and files come in either order`(manifestFirst: Bool) throws {
        let bank = try funded()
        let statuses = try bank.send("2026-01-31", payouts: payout, manifestFirst: manifestFirst)
        #expect(statuses == [201, 201, 201])
        let lines = try bank.offered("2026-01-31", "disbursements.csv")
        #expect(lines?.count == 1)
        #expect(lines?.first?.hasPrefix("L1.harbor.1,L1,HAR-") == true)
        #expect(
            try bank.offered("2026-01-31", "balances.csv") == [
                "L1,7000.00,0.00,2.50,0.00,0.00,0.00,0.00,USD,0,M0,accrual"
            ])
        #expect(try bank.offered("2026-01-31", "repayments.csv") == [])
    }

    @Test func `a file that its manifest does not name is a conflict`() throws {
        let bank = try funded()
        try bank.send("2026-01-31", payouts: payout)
        let answer = try bank.ask(
            "PUT", "/v1/files/2026-01-31/disbursements.csv", Sample.disbursements, "reasonCode")
        #expect(answer == "409 digest")
        #expect(try bank.offered("2026-01-31", "disbursements.csv")?.count == 1)
    }

    @Test func `the same content again is 200 and books nothing twice`() throws {
        let bank = try funded()
        try bank.send("2026-01-31", payouts: payout)
        let entries = try bank.journal().count
        #expect(try bank.send("2026-01-31", payouts: payout) == [200, 200, 200])
        #expect(try bank.journal().count == entries)
    }

    @Test func `a new manifest supersedes the day and those after it`() throws {
        let bank = try funded()
        try bank.send("2026-01-31", payouts: payout)
        try bank.send("2026-02-01")
        #expect(try bank.send("2026-01-31") == [200, 200, 200])
        #expect(try bank.offered("2026-01-31", "disbursements.csv") == [])
        #expect(try bank.ask("GET", "/v1/funding-requests/L1.harbor.1") == "200 accepted")
        try bank.send("2026-01-31", payouts: payout)
        #expect(try bank.offered("2026-01-31", "disbursements.csv")?.count == 1)
    }

    @Test func `a later date waits for the earlier one`() throws {
        let bank = try funded()
        try bank.send("2026-01-31", payouts: payout)
        try bank.send("2026-02-02")
        #expect(try bank.offered("2026-02-02", "balances.csv") == nil)
        try bank.send("2026-02-01")
        #expect(try bank.offered("2026-02-02", "balances.csv") == [])
    }

    @Test func `files can be offered a day later by the bank's clock`() throws {
        let bank = try funded("filesReadyAfterDays: 1")
        try bank.send("2026-01-31", payouts: payout)
        #expect(try bank.offered("2026-01-31", "manifest.json") == nil)
        _ = try bank.call("POST", "/admin/v1/clock", "{\"businessDate\":\"2026-02-01\"}")
        #expect(try bank.offered("2026-01-31", "disbursements.csv")?.count == 1)
    }

    @Test func `the bank books what it accepted, not what it is told`() throws {
        let bank = try funded()
        let wrong = payout.replacingOccurrences(of: "7000.00", with: "7000.01")
        let stranger = "L2.harbor.1,L2,,5.00,USD,2026-01-31,\n"
        try bank.send("2026-01-31", payouts: wrong + stranger)
        let lines = try bank.offered("2026-01-31", "disbursements.csv")
        #expect(lines?.count == 1)
        #expect(lines?.first?.contains("7000.00") == true)
    }

    @Test func `a repayment is split by the bank's own waterfall`() throws {
        let bank = try funded()
        try bank.send("2026-01-31", payouts: payout)
        for day in 1...27 { try bank.send("2026-02-" + (day < 10 ? "0\(day)" : "\(day)")) }
        // The same cash, told in the wrong columns and with a wrong fee.
        try bank.send(
            "2026-02-28", payments: "P1,L1,0.00,0.00,621.94,0.00,0.00,0.00,9.99,USD,2026-02-28,,\n")
        #expect(
            try bank.offered("2026-02-28", "repayments.csv") == [
                "P1,L1,551.94,0.00,70.00,0.00,0.00,0.00,5.60,USD,2026-02-28,,"
            ])
    }

    @Test func `what is taken back makes room for what is paid again on the same day`() throws {
        let bank = try funded()
        try bank.send("2026-01-31", payouts: payout)
        for day in 1...27 { try bank.send("2026-02-" + (day < 10 ? "0\(day)" : "\(day)")) }
        let paid = "L1,551.94,0.00,70.00,0.00,0.00,0.00,5.60,USD,2026-02-28,,"
        try bank.send("2026-02-28", payments: "P1,\(paid)\n")
        let again = "L1,0.00,551.94,0.00,70.00,0.00,0.00,5.60,USD,2026-03-01,,"
        let back = "R1,L1,-551.94,0.00,-70.00,0.00,0.00,0.00,-5.60,USD,2026-02-28,P1,"
        try bank.send("2026-03-01", payments: "P2,\(again)\n\(back)\n")
        #expect(try bank.offered("2026-03-01", "repayments.csv") == ["P2,\(again)", back])
    }

    @Test(arguments: [
        ("request_key,loan_id\n", "422 malformed-file"),
        (Sample.disbursements + "K,L,,1.001,USD,2026-01-31,\n", "422 malformed-file"),
        (Sample.disbursements + "K,L,,1.00,EUR,2026-01-31,\n", "422 malformed-file"),
        (Sample.disbursements + "K,L,,1.00,USD,2026-02-30,\n", "422 malformed-file"),
        (Sample.disbursements + "K,L,,1.00,USD,2026-01-31", "422 malformed-file"),
        (Sample.disbursements + "\"K,L,,1.00,USD\n", "422 malformed-file"),
    ])
    func `a file that cannot be read is refused`(content: String, answer: String) throws {
        let bank = try TestBank()
        let path = "/v1/files/2026-01-31/disbursements.csv"
        #expect(try bank.ask("PUT", path, content, "reasonCode") == answer)
    }

    @Test func `a control total that does not fit is refused`() throws {
        let bank = try TestBank()
        let content = Sample.disbursements + payout
        let manifest = Sample.manifest(
            "2026-01-31",
            ["disbursements.csv": content, "repayments.csv": Sample.repayments]
        ).replacingOccurrences(
            of: "\"rows\":1",
            with: """
                "rows":1,"unused":[{"column":"principal"}]
                """
        ).replacingOccurrences(
            of: "\"totals\":[]",
            with: """
                "totals":[{"column":"principal","currency":"USD","sum":"1.00","absolute":"1.00"}]
                """)
        #expect(try bank.call("PUT", "/v1/files/2026-01-31/manifest.json", manifest)?.status == 201)
        let path = "/v1/files/2026-01-31/disbursements.csv"
        #expect(try bank.ask("PUT", path, content, "reasonCode") == "422 control-total")
    }
}

@Suite struct StateReplayTests {
    @Test(arguments: ["", "0123456789abcdef {\"entr", "short", "0123456789abcdef {}\n"])
    func `a torn last line is cut off and nothing else is lost`(tail: String) throws {
        let bank = try TestBank()
        #expect(try bank.post(Sample.request()) == "201 accepted")
        try bank.send("2026-01-31", payouts: "L1.harbor.1,L1,,7000.00,USD,2026-01-31,\n")
        let book = try bank.call("GET", "/admin/v1/book")?.text
        let journal = try bank.journal()
        try bank.reopen { log in
            let handle = try #require(FileHandle(forWritingAtPath: log))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(tail.utf8))
            try handle.close()
        }
        #expect(try bank.call("GET", "/admin/v1/book")?.text == book)
        #expect(try bank.journal() == journal)
        #expect(try bank.offered("2026-01-31", "disbursements.csv")?.count == 1)
        #expect(try bank.post(Sample.request("L2.harbor.1", loan: "L2")) == "201 accepted")
        // What is written behind a torn line is whole again.
        try bank.reopen()
        #expect(try bank.executions("L2.harbor.1") == 1)
    }

    @Test func `every prefix of the log opens, and a request is there wholly or not at all`() throws
    {
        let bank = try TestBank()
        #expect(try bank.post(Sample.request()) == "201 accepted")
        try bank.send("2026-01-31", payouts: "L1.harbor.1,L1,,7000.00,USD,2026-01-31,\n")
        let whole = try #require(FileManager.default.contents(atPath: bank.directory + "/log"))
        for length in stride(from: 0, to: whole.count, by: 97) {
            try bank.reopen { log in
                try whole.prefix(length).write(to: URL(fileURLWithPath: log))
            }
            let executions = try bank.executions("L1.harbor.1") ?? 0
            #expect(executions <= 1)
            let answer = try bank.post(Sample.request())
            #expect(answer == (executions == 1 ? "200 accepted" : "201 accepted"))
        }
    }

    @Test func `a damaged line in the middle stops the bank`() throws {
        let bank = try TestBank()
        #expect(try bank.post(Sample.request()) == "201 accepted")
        #expect(try bank.ask("GET", "/v1/funding-requests/L1.harbor.1") == "200 accepted")
        #expect(throws: StateFault.self) {
            try bank.reopen { log in
                var bytes = try #require(FileManager.default.contents(atPath: log))
                bytes[200] ^= 1
                try bytes.write(to: URL(fileURLWithPath: log))
            }
        }
    }

    @Test func `two banks cannot share a state`() throws {
        let bank = try TestBank()
        let scenario = try Scenario(
            yaml: """
                party: harbor
                currency: USD
                lenderComputation: scale
                signing: {secretEnv: X}
                """, file: "x")
        #expect(throws: StateFault.self) {
            try Bank(scenario, seed: 1, secrets: [[1]], directory: bank.directory)
        }
    }
}
