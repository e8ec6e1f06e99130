import Foundation
import MockBank
import Testing

/// The bank's own files beside payments: everything recomputed, nothing echoed.
@Suite struct BankFilesTests {
    private let payout = "L1.harbor.1,L1,,7000.00,USD,2026-01-31,\n"

    /// A bank with L1 paid out on the last of January, its days booked through a date.
    private func funded(_ computation: String = "scale", extra: String = "", through last: Int = 0)
        throws -> TestBank
    {
        let bank = try TestBank(computation, extra: extra)
        #expect(try bank.post(Sample.request()) == "201 accepted")
        try bank.send("2026-01-31", payouts: payout)
        for day in 1...28 where day <= last { try bank.send(Self.date(2, day)) }
        return bank
    }

    private static func date(_ month: Int, _ day: Int) -> String {
        "2026-0\(month)-" + (day < 10 ? "0\(day)" : "\(day)")
    }

    @Test func `every file of the protocol is offered, most of them without a line`() throws {
        let bank = try funded()
        for layout in FileLayout.offered {
            let lines = try #require(try bank.offered("2026-01-31", layout.name))
            let isFilled = [
                "disbursements.csv", "instalment-plan.csv", "balances.csv", "accruals.csv",
                "status-changes.csv",
            ].contains(layout.name)
            #expect(lines.isEmpty != isFilled, "\(layout.name)")
        }
        let manifest = try bank.call("GET", "/v1/files/2026-01-31/manifest.json")?.body
        #expect(
            manifest?["files"]?.elements?.compactMap { $0["name"]?.text }
                == FileLayout.offered.map(\.name))
    }

    @Test(arguments: [
        ("scale", "L1,1,2026-02-28,551.94,70.00,0.00,USD"),
        ("per-instalment", "L1,1,2026-02-28,551.94,70.00,0.00,USD"),
        ("own-schedule", "L1,1,2026-02-28,551.94,70.00,0.00,USD"),
    ])
    func `the plan is the bank's own and repays its share`(computation: String, first: String)
        throws
    {
        let bank = try funded(computation)
        let plan = try #require(try bank.offered("2026-01-31", "instalment-plan.csv"))
        #expect(plan.count == 12)
        #expect(plan.first == first)
        let principal = plan.reduce(Int64(0)) { sum, line in
            let amount = line.split(separator: ",")[3].replacing(".", with: "")
            return sum + (Int64(amount) ?? 0)
        }
        #expect(principal == 700_000)
        #expect(try bank.offered("2026-02-01", "instalment-plan.csv") == nil)
    }

    @Test func `a payment is laid on its instalments by the bank itself`() throws {
        let bank = try funded(through: 28)
        for day in 1...30 { try bank.send(Self.date(3, day)) }
        // 1,000.00 on 31 March: the first instalment with its penalty, a part of the second.
        try bank.send(
            "2026-03-31",
            payments: "P1,L1,1000.00,0.00,0.00,0.00,0.00,0.00,0.00,USD,2026-03-31,,\n")
        let parts = try #require(try bank.offered("2026-03-31", "repayments-by-instalment.csv"))
        #expect(parts.map { String($0.prefix(7)) } == ["P1,L1,1", "P1,L1,2"])
        let whole = try #require(try bank.offered("2026-03-31", "repayments.csv")?.first)
        func cents(_ line: String, _ column: Int) -> Int64 {
            let text = line.split(separator: ",", omittingEmptySubsequences: false)[column]
            return Int64(text.replacing(".", with: "")) ?? 0
        }
        for column in 0..<7 {
            let sum = parts.reduce(Int64(0)) { $0 + cents($1, 3 + column) }
            #expect(sum == cents(whole, 2 + column))
        }
        #expect(cents(parts[0], 4) == 551_94)
        #expect(cents(parts[0], 7) > 0, "penalty")
    }

    @Test func `a status is told when it changes`() throws {
        let bank = try funded(through: 28)
        try bank.send("2026-03-01")
        try bank.send("2026-03-02")
        func statuses(_ date: String) throws -> [String]? {
            try bank.offered(date, "status-changes.csv")
        }
        #expect(try statuses("2026-01-31") == ["L1,none,current,0,M0,accrual"])
        #expect(try statuses("2026-02-28") == [])
        #expect(try statuses("2026-03-01") == ["L1,current,past-due,1,M1,accrual"])
        #expect(try statuses("2026-03-02") == [])
        try bank.send(
            "2026-03-03", payments: "P1,L1,621.94,0.00,0.00,0.00,0.00,0.00,0.00,USD,2026-03-03,,\n")
        #expect(try statuses("2026-03-03") == ["L1,past-due,current,0,M0,accrual"])
    }

    @Test(arguments: ["monthly", "never", "daily"])
    func `full files come when the scenario says so`(setting: String) throws {
        let bank = try funded(extra: "fullFiles: \(setting)", through: 28)
        for day in 1...31 { try bank.send(Self.date(3, day)) }
        func count(_ date: String, _ file: String) throws -> Int? {
            try bank.offered(date, file)?.count
        }
        for file in ["balances.csv", "accruals.csv"] {
            #expect(try count("2026-02-28", file) == 1, "it fell due")
            #expect(try count("2026-03-10", file) == (setting == "daily" ? 1 : 0))
            #expect(try count("2026-03-30", file) == (setting == "daily" ? 1 : 0))
            #expect(try count("2026-03-31", file) == 1, "it fell due, and the month ends")
        }
        #expect(try count("2026-02-15", "balances.csv") == (setting == "daily" ? 1 : 0))
    }

    @Test func `what is promised and not paid out is in flight, until it is`() throws {
        let bank = try funded()
        #expect(
            try bank.post(Sample.request("L2.harbor.1", loan: "L2", on: "2026-02-01"))
                == "201 accepted")
        #expect(try bank.offered("2026-01-31", "in-flight.csv") == [])
        try bank.send("2026-02-01")
        #expect(try bank.offered("2026-02-01", "in-flight.csv") == ["L2.harbor.1,L2,7000.00,USD"])
        try bank.send("2026-02-02", payouts: "L2.harbor.1,L2,,7000.00,USD,2026-02-02,\n")
        #expect(try bank.offered("2026-02-02", "in-flight.csv") == [])
        #expect(try bank.offered("2026-02-01", "in-flight.csv") == ["L2.harbor.1,L2,7000.00,USD"])
        try bank.reopen()
        #expect(try bank.offered("2026-02-01", "in-flight.csv") == ["L2.harbor.1,L2,7000.00,USD"])
    }

    @Test func `a file that is malformed is refused whichever it is`() throws {
        let bank = try TestBank()
        let path = "/v1/files/2026-01-31/"
        #expect(
            try bank.ask("PUT", path + "accruals.csv", "loan_id\n", "reasonCode")
                == "422 malformed-file")
        #expect(
            try bank.ask(
                "PUT", path + "instalment-plan.csv",
                FileLayout.instalmentPlan.columns.joined(separator: ",")
                    + "\nL1,1,never,1.00,1.00,0.00,USD\n", "reasonCode") == "422 malformed-file")
    }
}

/// Faults that strike details, and whole files.
@Suite struct WholeFileFaultTests {
    private func bank(_ fault: String) throws -> TestBank {
        let bank = try TestBank(extra: "faults: {files: [{\(fault), probability: 1, budget: 1}]}")
        #expect(try bank.post(Sample.request()) == "201 accepted")
        try bank.send("2026-01-31", payouts: "L1.harbor.1,L1,,7000.00,USD,2026-01-31,\n")
        return bank
    }

    private func marks(_ bank: TestBank) throws -> [[String?]] {
        try bank.journal().filter { $0["event"]?.text == "fault" }
            .map { entry in ["fault", "file", "record"].map { entry[$0]?.text } }
    }

    @Test(arguments: [
        ("missing-line", "accruals.csv", "L1"), ("extra-line", "status-changes.csv", "L1.X"),
        ("amount-off", "instalment-plan.csv", "L1,1"),
        ("doubled-line", "instalment-plan.csv", "L1,1"),
        ("wrong-status", "status-changes.csv", "L1"), ("wrong-status", "balances.csv", "L1"),
        ("wrong-totals", "accruals.csv", "interest,USD"),
        ("late-file", "balances.csv", "balances"), ("wrong-digest", "accruals.csv", "accruals"),
    ])
    func `a fault strikes once and is named in the journal`(
        kind: String, file: String, record: String
    ) throws {
        let bank = try bank("kind: \(kind), file: \(file)")
        #expect(try marks(bank) == [[kind, file, record]])
    }

    @Test func `a late file is not there until the bank's clock has come so far`() throws {
        let bank = try bank("kind: late-file, file: balances.csv, days: 2")
        #expect(try bank.offered("2026-01-31", "balances.csv") == nil)
        #expect(try bank.offered("2026-01-31", "accruals.csv")?.count == 1)
        try bank.reopen()
        #expect(try bank.offered("2026-01-31", "balances.csv") == nil)
        _ = try bank.call("POST", "/admin/v1/clock", "{\"businessDate\":\"2026-02-01\"}")
        #expect(try bank.offered("2026-01-31", "balances.csv") == nil)
        _ = try bank.call("POST", "/admin/v1/clock", "{\"businessDate\":\"2026-02-02\"}")
        #expect(try bank.offered("2026-01-31", "balances.csv")?.count == 1)
    }

    @Test func `a wrong digest is put right after its days`() throws {
        let bank = try bank("kind: wrong-digest, file: balances.csv, days: 1")
        func stated() throws -> String? {
            try bank.call("GET", "/v1/files/2026-01-31/manifest.json")?.body["files"]?.elements?
                .first { $0["name"]?.text == "balances.csv" }?["sha256"]?.text
        }
        let content = try bank.call("GET", "/v1/files/2026-01-31/balances.csv")?.text ?? ""
        #expect(try stated() != digestText(Array(content.utf8)))
        _ = try bank.call("POST", "/admin/v1/clock", "{\"businessDate\":\"2026-02-01\"}")
        #expect(try stated() == digestText(Array(content.utf8)))
    }

    @Test func `wrong totals are in the manifest alone`() throws {
        let bank = try bank("kind: wrong-totals, file: accruals.csv")
        #expect(try bank.offered("2026-01-31", "accruals.csv") == ["L1,2.50,0.00,0.00,USD"])
        let manifest = try bank.call("GET", "/v1/files/2026-01-31/manifest.json")?.text ?? ""
        #expect(manifest.contains("\"sum\":\"2.51\""))
    }

    @Test(arguments: [
        "kind: dated-later, file: accruals.csv", "kind: cent-off, file: status-changes.csv",
        "kind: wrong-status, file: repayments.csv", "kind: amount-off, file: balances.csv",
    ])
    func `a fault that a file cannot have is refused`(fault: String) {
        #expect(throws: ScenarioFaults.self) {
            _ = try TestBank(extra: "faults: {files: [{\(fault), probability: 1}]}")
        }
    }
}
