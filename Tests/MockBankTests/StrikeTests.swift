import MockBank
import Testing

/// A fault stands in the journal when it has done something, and counts for its budget when chosen.
@Suite struct StrikeTests {
    private let path = "/v1/funding-requests/L1.harbor.1"

    private func bank(_ faults: String, _ extra: String = "") throws -> TestBank {
        try TestBank(extra: "faults: {\(faults)}\n" + extra)
    }

    private func faults(_ bank: TestBank) throws -> [String] {
        try bank.journal().compactMap { $0["fault"]?.text }
    }

    /// Of the only rule: how often chosen, how often struck.
    private func counts(_ bank: TestBank) throws -> [Int?] {
        let rule = try bank.call("GET", "/admin/v1/faults")?.body["rules"]?.elements?.last
        return [rule?["chosen"]?.integer, rule?["struck"]?.integer]
    }

    @Test func `a request that is held leaves the line nothing to spoil`() throws {
        let bank = try bank(
            """
            transport: [{kind: drop-after-commit, probability: 1, budget: 1}],
            money: [{kind: held-request, probability: 1, budget: 1}]
            """)
        #expect(try bank.post(Sample.request()) == "closed")
        #expect(try faults(bank) == ["held-request"])
        // The line has its budget still.
        #expect(try bank.post(Sample.request("K2", loan: "L2")) == "closed")
        #expect(try faults(bank) == ["held-request", "drop-after-commit"])
    }

    @Test func `an answer that is wrong counts when it leaves`() throws {
        let bank = try bank(
            """
            transport: [{kind: drop-after-commit, sequence: {first: 2}}],
            money: [{kind: cent-off, in: answer, name: typo, probability: 1, budget: 1}]
            """)
        #expect(try bank.post(Sample.request()) == "closed")
        #expect(try bank.ask("GET", path) == "200 accepted")
        #expect(try bank.post(Sample.request()) == "closed")
        #expect(try faults(bank) == ["drop-after-commit", "drop-after-commit"])
        try bank.reopen()
        #expect(try counts(bank) == [1, 0])
        for _ in 0..<2 { #expect(try bank.post(Sample.request(), "amount") == "200 6999.99") }
        try bank.reopen()
        #expect(try faults(bank).filter { $0 == "cent-off" }.count == 1)
        #expect(try bank.journal().last { $0["fault"] != nil }?["rule"]?.text == "typo")
        #expect(try counts(bank) == [1, 1])
        #expect(try bank.post(Sample.request("K2", loan: "L2"), "amount") == "201 7000.00")
    }

    @Test func `a wrong line of a batch counts when the batch is answered`() throws {
        let bank = try bank(
            """
            transport: [{kind: drop-after-commit, match: {call: batch}, sequence: {first: 1}}],
            money: [{kind: wrong-currency, in: answer, probability: 1}]
            """)
        func send() throws -> Bool {
            try bank.call("POST", "/v1/funding-requests:batch", Sample.request()) != nil
        }
        #expect(try !send())
        #expect(try faults(bank) == ["drop-after-commit"])
        #expect(try send())
        #expect(try faults(bank) == ["drop-after-commit", "wrong-currency"])
    }

    @Test(arguments: [
        ("kind: unknown-for-a-while, queries: 2", "404 unknown-key"),
        ("kind: forgotten-key", "410 forgotten"),
    ])
    func `what a bank does not say counts when somebody asks`(fault: String, told: String) throws {
        let bank = try bank(
            """
            transport: [{kind: drop-after-commit, match: {call: query}, sequence: {nth: 1}}],
            money: [{\(fault), probability: 1, budget: 1}]
            """)
        #expect(try bank.post(Sample.request()) == "201 accepted")
        #expect(try faults(bank).isEmpty)
        #expect(try counts(bank) == [1, 0])
        #expect(try bank.ask("GET", path) == "closed")
        #expect(try faults(bank) == ["drop-after-commit"])
        try bank.reopen()
        #expect(try bank.ask("GET", path, "", "reasonCode") == told)
        #expect(try faults(bank).count == 2)
        _ = try bank.ask("GET", path)
        #expect(try faults(bank).count == 2)
        #expect(try counts(bank) == [1, 1])
        // Chosen once is all of the budget, seen or not.
        #expect(try bank.post(Sample.request("K2", loan: "L2")) == "201 accepted")
        #expect(try bank.ask("GET", "/v1/funding-requests/K2") == "200 accepted")
    }

    @Test func `a forgotten key shows when it is sent again, too`() throws {
        let bank = try bank("money: [{kind: forgotten-key, probability: 1}]")
        #expect(try bank.post(Sample.request()) == "201 accepted")
        #expect(try bank.post(Sample.request(), "reasonCode") == "409 forgotten")
        #expect(try faults(bank) == ["forgotten-key"])
    }

    @Test(arguments: [true, false])
    func `money moves twice when a pending request is executed, not before`(isAsked: Bool) throws {
        let bank = try bank(
            "money: [{kind: duplicate-execution, probability: 1}]",
            "pending: {probability: 1, queries: 0}")
        #expect(try bank.post(Sample.request()) == "202 pending")
        #expect(try faults(bank).isEmpty)
        if isAsked { #expect(try bank.ask("GET", path) == "200 accepted") }
        #expect(try bank.ask("POST", path + "/reversal") == "200 reversed")
        #expect(try faults(bank) == (isAsked ? ["duplicate-execution"] : []))
        #expect(try bank.executions("L1.harbor.1") == (isAsked ? 2 : 0))
    }

    @Test func `a fault of callbacks does nothing to a request, whatever its rule says`() throws {
        let bank = try bank("money: [{kind: callback-late, match: {path: \"*\"}}]")
        #expect(try bank.post(Sample.request()) == "201 accepted")
        #expect(try faults(bank).isEmpty)
    }

    @Test func `a batch that was dropped is another attempt when it comes again`() throws {
        let bank = try bank(
            "transport: [{kind: drop-before-reading, match: {call: batch, attempt: 1}}]")
        for isAnswered in [false, true] {
            let answer = try bank.call(
                "POST", "/v1/funding-requests:batch", Sample.request())
            #expect((answer != nil) == isAnswered)
        }
    }
}

@Suite struct BudgetTests {
    private func set(_ bank: TestBank, _ faults: String) throws {
        #expect(try bank.ask("PUT", "/admin/v1/faults", "{\(faults)}", "faults") == "200 set")
    }

    @Test(arguments: [", \"name\": \"b\"", ""])
    func `faults that are set begin their budgets anew`(name: String) throws {
        let bank = try TestBank()
        for number in 1...2 {
            try set(
                bank,
                "\"transport\": [{\"kind\": \"busy\", \"probability\": 1, \"budget\": 1\(name)}]")
            let body = Sample.request("K\(number)", loan: "L\(number)")
            #expect(try bank.post(body, "reasonCode") == "503 busy")
            try bank.reopen()
            #expect(try bank.post(body) == "201 accepted")
        }
    }

    @Test func `so do those of files`() throws {
        let bank = try TestBank()
        for day in ["2026-01-01", "2026-01-02"] {
            try set(
                bank,
                """
                "files": [{"kind": "missing-line", "file": "disbursements.csv", "probability": 1,
                "budget": 1}]
                """)
            let key = "K" + day
            _ = try bank.post(Sample.request(key, loan: key, on: day))
            try bank.send(day, payouts: "\(key),\(key),,7000.00,USD,\(day),\n")
            #expect(try bank.offered(day, "disbursements.csv") == [])
        }
    }

    @Test func `what shows of an earlier set counts for none of its successors`() throws {
        let bank = try TestBank()
        let rule = "\"money\": [{\"kind\": \"forgotten-key\", \"name\": \"f\", \"probability\": 1}]"
        try set(bank, rule)
        #expect(try bank.post(Sample.request()) == "201 accepted")
        try set(bank, rule)
        let asked = try bank.ask("GET", "/v1/funding-requests/L1.harbor.1", "", "reasonCode")
        #expect(asked == "410 forgotten")
        #expect(try bank.journal().contains { $0["rule"]?.text == "f" })
        let counted = try bank.call("GET", "/admin/v1/faults")?.body["rules"]?.elements?.first
        #expect(counted?["chosen"]?.integer == 0)
        #expect(counted?["struck"]?.integer == 0)
    }
}
