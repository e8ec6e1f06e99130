import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// Payments of a line and how they are divided among its notes.
struct LinePaymentTests {
    /// R1 with 400.00 lent on 1 January, due from 1 February on, and 100.00 lent on 20 January,
    /// due from 15 February on.
    private func house(on date: String) async throws -> TestHouse {
        let house = try await TestLines.house()
        try await house.lend("D1", "400.00", "instalments=1 firstDueOn=2026-02-01")
        house.turn(to: "2026-01-20")
        try await house.lend("D2", "100.00", "instalments=1 firstDueOn=2026-02-15")
        house.turn(to: date)
        return house
    }

    @Test func `it pays the note due first, then the others, and what is too much stays`()
        async throws
    {
        let house = try await house(on: "2026-01-25")
        // 24 days of 0.20 on the first, 5 of 0.05 on the second.
        try await house.pay(house.row("P1", "R1", "404.80"))
        #expect(house.paid("R1.D1") == ["P1/R1.D1": 404_80])
        try await house.pay(house.row("P2", "R1", "150.00"))
        #expect(house.paid("R1.D2") == ["P2/R1.D2": 150_00])
        #expect(house.paid("R1.D1").count == 1)
    }

    @Test func `past due is paid first, then what is due that day, then in advance`()
        async throws
    {
        let house = try await house(on: "2026-02-15")
        // The first note is past due by 14 days: 400.00, 31 days of 0.20, 14 of 0.30 and 1.5 times
        // the interest where it bears a penalty of its own, which it does not.
        try await house.pay(house.row("P1", "R1", "410.00"))
        let first = house.paid("R1.D1")["P1/R1.D1"] ?? 0
        #expect(house.paid("R1.D2")["P1/R1.D2"] == nil)
        #expect(first == 410_00)
        try await house.pay(house.row("P2", "R1", "50.00"))
        #expect(house.paid("R1.D1")["P2/R1.D1"] == 40)
        #expect(house.paid("R1.D2")["P2/R1.D2"] == 49_60)
    }

    @Test func `payments of one file are divided in the order of facts, not of rows`()
        async throws
    {
        let rows = [
            PaymentFile.row("P2", "R1", "300.00", paidAt: "2026-01-25T12:00:00Z"),
            PaymentFile.row("P1", "R1", "200.00", paidAt: "2026-01-25T11:00:00Z"),
            PaymentFile.row("P0", "R1.D1", "50.00", paidAt: "2026-01-25T10:00:00Z"),
        ]
        let house = try await house(on: "2026-01-25")
        _ = try await house.repaymentImport.run(PaymentFile.table(rows))
        let other = try await self.house(on: "2026-01-25")
        _ = try await other.repaymentImport.run(PaymentFile.table(rows.reversed()))
        #expect(house.paid("R1.D1") == other.paid("R1.D1"))
        #expect(house.paid("R1.D2") == other.paid("R1.D2"))
        #expect(
            house.paid("R1.D1") == ["P0": 50_00, "P1/R1.D1": 200_00, "P2/R1.D1": 154_80])
        #expect(house.paid("R1.D2") == ["P2/R1.D2": 145_20])
    }

    @Test func `a payment sees what was taken back before it, in one file too`() async throws {
        let house = try await house(on: "2026-01-25")
        try await house.pay(house.row("P1", "R1", "404.80"))
        // A reversal waits for its own payment alone: P3 comes after both.
        let rows = [
            PaymentFile.row("P2", "R1", "404.80", paidAt: "2026-01-25T12:00:00Z"),
            PaymentFile.row("P3", "R1", "50.00", paidAt: "2026-01-25T13:00:00Z"),
            PaymentFile.row(
                "X1", "R1", "404.80", paidAt: "2026-01-25T11:00:00Z", reverses: "P1"),
            PaymentFile.row(
                "X2", "R1", "404.80", paidAt: "2026-01-25T11:30:00Z", reverses: "P2"),
        ]
        _ = try await house.repaymentImport.run(PaymentFile.table(rows))
        #expect(
            house.paid("R1.D1") == [
                "P1/R1.D1": 404_80, "P2/R1.D1": 404_80, "P3/R1.D1": 50_00,
            ])
        #expect(house.paid("R1.D2") == [:])
    }

    @Test func `a payment of some days ago pays nothing again that later cash has paid`()
        async throws
    {
        let house = try await house(on: "2026-02-12")
        try await house.pay(
            PaymentFile.row(
                "P1", "R1.D1", "409.00", paidAt: "2026-02-10T10:00:00Z", valueDate: "2026-02-10"))
        try await house.pay(
            PaymentFile.row(
                "P2", "R1", "200.00", paidAt: "2026-02-08T10:00:00Z", valueDate: "2026-02-08"))
        #expect(house.paid("R1.D1") == ["P1": 409_00])
        #expect(house.paid("R1.D2") == ["P2/R1.D2": 200_00])
    }

    @Test func `of an instalment that later cash has paid in part the rest is past due`()
        async throws
    {
        let house = try await TestLines.house()
        try await house.lend("D1", "400.00", of: "R1", "instalments=2 firstDueOn=2026-02-01")
        house.turn(to: "2026-01-20")
        try await house.lend("D2", "100.00", of: "R1", "instalments=1 firstDueOn=2026-02-05")
        house.turn(to: "2026-02-12")
        let first = try await house.due("R1", on: "2026-02-10")[0]
        try await house.pay(
            PaymentFile.row(
                "P1", "R1.D1", AmountText.format(first, decimals: 2),
                paidAt: "2026-02-10T10:00:00Z", valueDate: "2026-02-10"))
        try await house.pay(
            PaymentFile.row(
                "P2", "R1", "60.00", paidAt: "2026-02-08T10:00:00Z", valueDate: "2026-02-08"))
        #expect(house.paid("R1.D1").keys.sorted() == ["P1"])
        #expect(house.paid("R1.D2") == ["P2/R1.D2": 60_00])
    }

    @Test func `a payment that would come before a change it makes impossible is refused`()
        async throws
    {
        // On its first day a payment counts from the day after, which no change may precede.
        let house = try await TestLines.house(minimumDays: 1)
        try await house.lend("D1", "400.00")
        try await house.take(
            FactFile.line(
                "F1", "rate-change", "annualRatePercent=24", loan: "R1.D1",
                valueDate: "2026-01-01", at: "2026-01-01T12:00:00Z"))
        house.turn(to: "2026-01-02")
        func pay(_ loan: String, _ paidAt: String) async -> [String] {
            await house.refusal(
                paying: PaymentFile.row(
                    "P1", loan, "100.00", paidAt: paidAt, valueDate: "2026-01-01"))
        }
        let start = "INTAKE-024 with it fact F1 leaves loan R1.D1 without a plan: "
        for loan in ["R1.D1", "R1"] {
            let found = await pay(loan, "2026-01-01T11:00:00Z")
            #expect(found.count == 1 && found.first?.hasPrefix(start) == true, "\(found)")
        }
        #expect(await pay("R1", "2026-01-01T13:00:00Z") == [])
        try await house.close(through: "2026-01-02")
    }

    @Test func `a reversal takes back every part, once`() async throws {
        let house = try await house(on: "2026-01-25")
        try await house.pay(house.row("P1", "R1", "450.00"))
        let short = await house.refusal(paying: house.row("X", "R1", "404.80", reverses: "P1"))
        #expect(short == ["INTAKE-019 payment P1 is of another amount; it is reversed as a whole"])
        let part = await house.refusal(
            paying: house.row("X", "R1.D1", "404.80", reverses: "P1/R1.D1"))
        #expect(part.map { $0.prefix(10) } == ["INTAKE-019"])
        try await house.pay(house.row("X", "R1", "-450.00", reverses: "P1"))
        #expect(house.facts(of: "R1.D1")["X/R1.D1"]?.kind == .reversal(of: "P1/R1.D1"))
        #expect(house.facts(of: "R1.D2")["X/R1.D2"]?.kind == .reversal(of: "P1/R1.D2"))
        let twice = await house.refusal(paying: house.row("Y", "R1", "450.00", reverses: "P1"))
        #expect(twice == ["INTAKE-019 payment P1 is reversed already"])
        let none = await house.refusal(paying: house.row("Y", "R1", "1.00", reverses: "P9"))
        #expect(none == ["INTAKE-019 payment 'P9' of line R1 is not recorded"])
    }

    @Test func `the same file again records nothing`() async throws {
        let house = try await house(on: "2026-01-25")
        let table = PaymentFile.table([house.row("P1", "R1", "450.00")])
        #expect(try await house.repaymentImport.run(table).imported == 1)
        let again = try await house.repaymentImport.run(table)
        #expect([again.imported, again.alreadyThere] == [0, 1])
        let other = await house.refusal(paying: house.row("P1", "R1", "451.00"))
        #expect(other == ["INTAKE-010 payment P1 is recorded already with other content"])
        let named = await house.refusal(paying: house.row("P1", "R1.D1", "450.00"))
        #expect(named == ["INTAKE-010 payment P1 is recorded already with other content"])
    }

    @Test func `a line without a note that can be paid takes no payment`() async throws {
        let house = try await TestLines.house()
        #expect(
            await house.refusal(paying: house.row("P1", "R1", "10.00")) == [
                "INTAKE-017 no note of line R1 is disbursed"
            ])
        try await house.lend("D1", "100.00")
        try await house.take(
            FactFile.line(
                "W1", "charge-off", "scope=full", loan: "R1.D1", valueDate: "2026-01-01",
                at: "2026-01-01T11:00:00Z"))
        #expect(
            await house.refusal(paying: house.row("P1", "R1", "10.00")).map { $0.prefix(10) } == [
                "INTAKE-021"
            ])
        // What is written off is lent all the same.
        let more = house.fact("D2", "drawdown", "currency=USD amount=900.01", of: "R1")
        #expect(await house.refusal(of: more).map { $0.prefix(9) } == ["LIMIT-002"])
        let euros = ["P1", "R1", "10.00", "EUR", "2026-01-01T10:00:00Z", "", "transfer", ""]
        #expect(await house.refusal(paying: euros).map { $0.prefix(10) } == ["INTAKE-003"])
    }

    @Test func `the parts make the payment, whatever is owed`() async throws {
        let house = try await house(on: "2026-02-10")
        var expected: [String: Int64] = [:]
        for (index, amount) in [1, 399_99, 3, 10_000, 77_77, 1_00].enumerated() {
            let text = AmountText.format(Int64(amount), decimals: 2)
            expected["P\(index)"] = Int64(amount)
            try await house.pay(house.row("P\(index)", "R1", text))
        }
        var sums: [String: Int64] = [:]
        for (id, amount) in ["R1.D1", "R1.D2"].flatMap({ Array(house.paid($0)) }) {
            sums[PartName.whole(of: id) ?? id, default: 0] += amount
        }
        #expect(sums == expected)
    }
}
