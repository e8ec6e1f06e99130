import MockBank
import Testing

/// A bank that classes its claims by a ladder of its own.
@Suite struct AssetClassFilesTests {
    /// L1 is due on 28 February, L2 of the same borrower, lent later, on 15 March; L1 is not paid.
    private static func bank(_ ladder: String) throws -> TestBank {
        let bank = try TestBank(extra: "assetClasses: {\(ladder)}")
        _ = try bank.post(Sample.request())
        _ = try bank.post(Sample.request("L2.harbor.1", loan: "L2", on: "2026-02-15"))
        try bank.send("2026-01-31", payouts: "L1.harbor.1,L1,,7000.00,USD,2026-01-31,\n")
        for day in 1...28 {
            let payout = "L2.harbor.1,L2,,7000.00,USD,2026-02-15,\n"
            try bank.send(date(2, day), payouts: day == 15 ? payout : "")
        }
        for day in 1...5 { try bank.send(date(3, day)) }
        try bank.send(
            "2026-03-06", payments: "P1,L1,625.00,0.00,0.00,0.00,0.00,0.00,0.00,USD,2026-03-06,,\n")
        return bank
    }

    private static func date(_ month: Int, _ day: Int) -> String {
        "2026-0\(month)-" + (day < 10 ? "0\(day)" : "\(day)")
    }

    private static func statuses(_ bank: TestBank, _ dates: ClosedRange<Int>) throws -> [String] {
        try dates.flatMap { day in
            try (bank.offered(date(3, day), "status-changes.csv") ?? []).map { "\(day) \($0)" }
        }
    }

    @Test func `its files carry its own classes, of the borrower's other loans too`() throws {
        let bank = try Self.bank("specialMention: 1, substandard: 4, crossDefault: lender")
        #expect(
            try Self.statuses(bank, 1...6) == [
                "1 L1,current,past-due,1,special-mention,accrual",
                "1 L2,current,current,0,special-mention,accrual",
                "4 L1,past-due,past-due,4,substandard,accrual",
                "4 L2,current,current,0,substandard,accrual",
                "6 L1,past-due,current,0,normal,accrual",
                "6 L2,current,current,0,normal,accrual",
            ])
        let balances = try #require(try bank.offered("2026-03-06", "balances.csv"))
        #expect(balances.map { $0.split(separator: ",")[10] } == ["normal"])
    }

    @Test func `without cross-default, and with observation, each loan is by itself`() throws {
        let bank = try Self.bank(
            "substandard: 4, observationMonths: 1, upgrade: arrears-paid, chargedOff: loss")
        #expect(
            try Self.statuses(bank, 1...6) == [
                "1 L1,current,past-due,1,normal,accrual",
                "4 L1,past-due,past-due,4,substandard,accrual",
                "6 L1,past-due,current,0,substandard,accrual",
            ])
    }

    @Test func `a class that nobody knows is a fault of the scenario`() {
        #expect(throws: ScenarioFaults.self) {
            try TestBank(extra: "assetClasses: {substandard: 91, nonAccrual: bad}")
        }
        #expect(throws: ScenarioFaults.self) {
            try TestBank(extra: "assetClasses: {substandard: 0}")
        }
        #expect(throws: ScenarioFaults.self) {
            try TestBank(extra: "assetClasses: {bad: 91}")
        }
    }
}
