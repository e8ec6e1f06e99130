import MockBank
import Testing

@Suite struct FileFaultTests {
    private func bank(_ fault: String) throws -> TestBank {
        let bank = try TestBank(extra: "faults: {files: [{\(fault)}]}")
        var payouts = ""
        for number in 1...3 {
            let key = "L\(number).harbor.1"
            #expect(try bank.post(Sample.request(key, loan: "L\(number)")) == "201 accepted")
            payouts += "\(key),L\(number),,7000.00,USD,2026-01-31,\n"
        }
        try bank.send("2026-01-31", payouts: payouts)
        return bank
    }

    private func faults(_ bank: TestBank) throws -> [[String?]] {
        try bank.journal().filter { $0["event"]?.text == "fault" }
            .map { entry in
                ["date", "fault", "file", "record", "column"].map { entry[$0]?.text }
            }
    }

    private func records(_ bank: TestBank, _ file: String) throws -> [String] {
        try bank.offered("2026-01-31", file)?.map { String($0.prefix(2)) } ?? []
    }

    @Test func `a missing line is gone from the copy and named in the journal`() throws {
        let bank = try bank(
            "kind: missing-line, file: disbursements.csv, probability: 1, budget: 1")
        #expect(try records(bank, "disbursements.csv") == ["L2", "L3"])
        #expect(
            try faults(bank) == [
                ["2026-01-31", "missing-line", "disbursements.csv", "L1.harbor.1", nil]
            ])
        #expect(try bank.call("GET", "/admin/v1/book")?.body["loans"]?.elements?.count == 3)
    }

    @Test func `a doubled line is there twice`() throws {
        let bank = try bank(
            "kind: doubled-line, file: disbursements.csv, probability: 1, budget: 2")
        #expect(try records(bank, "disbursements.csv") == ["L1", "L1", "L2", "L2", "L3"])
    }

    @Test func `a line dated later moves its value date by a day`() throws {
        let bank = try bank(
            "kind: dated-later, file: disbursements.csv, probability: 1, budget: 1")
        let lines = try bank.offered("2026-01-31", "disbursements.csv")
        #expect(lines?.map { $0.contains("2026-02-01") } == [true, false, false])
        #expect(try faults(bank).first?.last == "value_date")
    }

    @Test func `a cent off changes one column, and the manifest is that of the copy`() throws {
        let bank = try bank("kind: cent-off, file: balances.csv, probability: 1, budget: 1")
        let lines = try bank.offered("2026-01-31", "balances.csv") ?? []
        let right = "L2,7000.00,0.00,2.50,0.00,0.00,0.00,0.00,USD,0,M0,accrual"
        #expect(lines[1] == right)
        #expect(lines[0] != right.replacing("L2", with: "L1"))
        let manifest = try bank.call("GET", "/v1/files/2026-01-31/manifest.json")?.body
        let balances = manifest?["files"]?.elements?.first { $0["name"]?.text == "balances.csv" }
        let content = try bank.call("GET", "/v1/files/2026-01-31/balances.csv")?.text ?? ""
        #expect(balances?["sha256"]?.text == digestText(Array(content.utf8)))
    }

    @Test func `a line takes one fault, and a second bank of the same seed the same`() throws {
        let fault = "kind: missing-line, file: disbursements.csv, probability: \"40%\""
        let first = try faults(bank(fault))
        #expect(try faults(bank(fault)) == first)
    }

    @Test func `offering again after a restart keeps the faults as they were`() throws {
        let bank = try bank(
            "kind: missing-line, file: disbursements.csv, probability: 1, budget: 1")
        let before = try bank.offered("2026-01-31", "disbursements.csv")
        try bank.reopen()
        #expect(try bank.offered("2026-01-31", "disbursements.csv") == before)
        #expect(try faults(bank).count == 1)
    }
}

@Suite struct ScenarioTests {
    private func messages(_ yaml: String) -> [String] {
        do {
            _ = try Scenario(yaml: yaml, file: "s.yaml")
            return []
        } catch { return error.messages }
    }

    private let sound = """
        party: harbor
        currency: USD
        lenderComputation: scale
        signing: {secretEnv: X}

        """

    @Test func `a sound scenario has no faults`() {
        #expect(messages(sound).isEmpty)
    }

    @Test(arguments: [
        ("curency: USD", "s.yaml:5:1: unknown key \"curency\"; did you mean \"currency\"?"),
        ("roundingTolerance: lots", "s.yaml:5:20: roundingTolerance must be a whole number 0…100"),
        ("penalty: {grace: 3}", "s.yaml:5:11: unknown key \"grace\"; did you mean \"graceDays\"?"),
        (
            "refuse: [{reasonCode: a, reason: b}]",
            "s.yaml:5:10: a rule needs one of "
                + "[\"amountAbove\", \"instalmentsAbove\", \"rateAbove\", \"probability\"]"
        ),
        (
            "faults: {files: [{kind: doubled-line, file: balances.csv, probability: 1}]}",
            "s.yaml:5:18: doubled-line cannot strike balances.csv"
        ),
        (
            "pending: {probability: \"101%\"}",
            "s.yaml:5:24: pending.probability must be a probability 0…1 in millionths, "
                + "or a percentage"
        ),
    ])
    func `a fault is told with its place`(line: String, message: String) {
        #expect(messages(sound + line) == [message])
    }

    @Test func `all faults are told at once`() {
        let yaml = """
            party: Harbor Bank
            currency: DOLLAR
            lenderComputation: guess
            """
        #expect(messages(yaml).count == 4)
    }
}
