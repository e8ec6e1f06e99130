import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// Purchases under the pay-later line B1: on the statement of their day, given back, converted.
struct PurchaseFactTests {
    private func house() async throws -> TestHouse {
        let house = try await TestLines.house()
        house.turn(to: "2026-01-25")
        try await house.lend("S1", "600.00", of: "B1")
        house.turn(to: "2026-01-26")
        try await house.lend("S2", "300.00", of: "B1")
        return house
    }

    @Test func `a purchase falls due after the statement that it is on`() async throws {
        let loans = try await house().store.world.loans
        #expect(loans[LoanID("B1.S1")]?.record.firstDueOn == SampleLoan.date("2026-02-10"))
        #expect(loans[LoanID("B1.S2")]?.record.firstDueOn == SampleLoan.date("2026-03-10"))
    }

    @Test func `one that comes some days late is on the statement of its own day`() async throws {
        let house = try await TestLines.house()
        house.turn(to: "2026-01-28")
        try await house.take(
            house.fact("S1", "purchase", "currency=USD amount=50.00", of: "B1", on: "2026-01-24"))
        let record = try #require(house.store.world.loans[LoanID("B1.S1")]?.record)
        #expect(record.firstDueOn == SampleLoan.date("2026-02-10"))
        let due = "currency=USD amount=50.00 firstDueOn=2026-05-05"
        #expect(
            await house.refusal(of: house.fact("S2", "purchase", due, of: "B1")).map {
                $0.prefix(8)
            } == ["FACT-002"])
    }

    @Test func `a payment goes to what is billed before what is not`() async throws {
        let house = try await house()
        house.turn(to: "2026-02-01")
        try await house.pay(house.row("P1", "B1", "60.00"))
        // Past the minimum the purchase that falls due first is paid before the other.
        try await house.pay(house.row("P2", "B1", "640.00"))
        #expect(house.paid("B1.S1") == ["P1/B1.S1": 60_00, "P2/B1.S1": 540_00])
        #expect(house.paid("B1.S2") == ["P2/B1.S2": 100_00])
    }

    @Test func `the minimum of every purchase on a statement is paid before the rest of any`()
        async throws
    {
        let house = try await TestLines.house()
        house.turn(to: "2026-01-25")
        try await house.lend("S1", "600.00", of: "B1")
        try await house.lend("S2", "200.00", of: "B1")
        house.turn(to: "2026-02-01")
        try await house.pay(house.row("P1", "B1", "90.00"))
        #expect(house.paid("B1.S1") == ["P1/B1.S1": 70_00])
        #expect(house.paid("B1.S2") == ["P1/B1.S2": 20_00])
    }

    @Test func `a refund pays its purchase, and what is left of it the others`() async throws {
        let house = try await house()
        house.turn(to: "2026-02-01")
        func refund(_ id: String, _ purchase: String, _ amount: String) -> String {
            house.fact(
                id, "purchase-refund", "purchase=\(purchase) currency=USD amount=\(amount)",
                of: "B1")
        }
        try await house.take(refund("F1", "S2", "100.00"))
        #expect(house.paid("B1.S2") == ["F1/B1.S2/B1.S2": 100_00])
        try await house.pay(house.row("P1", "B1.S2", "50.00"))
        try await house.take(refund("F2", "S2", "199.99"))
        #expect(
            house.paid("B1.S2") == [
                "F1/B1.S2/B1.S2": 100_00, "P1": 50_00, "F2/B1.S2/B1.S2": 150_00,
            ])
        #expect(house.paid("B1.S1") == ["F2/B1.S1/B1.S2": 49_99])
        #expect(
            await house.refusal(of: refund("F3", "S9", "1.00")) == [
                "FACT-011 purchase 'S9' of line B1 is not booked"
            ])
        try await house.take(
            house.fact("S3", "purchase", "currency=USD amount=50.00", of: "B1"))
        #expect(
            await house.refusal(of: refund("F3", "S3", "1.00")).map { $0.prefix(10) } == [
                "INTAKE-017"
            ])
    }

    @Test func `all that is given back of a purchase is no more than it cost`() async throws {
        let house = try await house()
        house.turn(to: "2026-02-01")
        func refund(_ id: String, _ amount: String) -> String {
            house.fact(
                id, "purchase-refund", "purchase=S2 currency=USD amount=\(amount)", of: "B1")
        }
        let left = "is more than what is left to give back of the purchase of 300.00:"
        #expect(
            await house.refusal(of: refund("F1", "300.01")) == ["FACT-005 300.01 \(left) 300.00"])
        let both = await house.refusal(of: refund("F1", "200.00"), refund("F2", "100.01"))
        #expect(both == ["FACT-005 100.01 \(left) 100.00"])
        // Another's refund, and payments of the purchase, are no refunds of it.
        try await house.take(
            house.fact(
                "F0", "purchase-refund", "purchase=S1 currency=USD amount=600.00", of: "B1"))
        try await house.pay(house.row("P1", "B1", "300.00"))
        try await house.take(refund("F1", "300.00"))
        #expect(await house.refusal(of: refund("F2", "0.01")) == ["FACT-005 0.01 \(left) 0.00"])
        // One that is taken back is none any more.
        try await house.take(house.fact("X1", "reversal", "reverses=F1", of: "B1"))
        try await house.take(refund("F2", "300.00"))
    }

    @Test func `a purchase, or those of a statement, are converted into instalments`()
        async throws
    {
        let house = try await house()
        house.turn(to: "2026-02-01")
        try await house.take(
            house.fact(
                "C1", "conversion", "statement=2026-01-25 instalments=6 annualRatePercent=12",
                of: "B1"))
        let first = house.facts(of: "B1.S1")["C1/B1.S1"]
        let plan = Restructure(
            instalments: 6, rate: AnnualRate(units: 12_000_000),
            firstDueOn: SampleLoan.date("2026-03-10"))
        #expect(first?.kind == .restructured(plan))
        #expect(house.facts(of: "B1.S2").keys.contains("C1/B1.S2") == false)
        try await house.take(
            house.fact("C2", "conversion", "purchase=S2 instalments=3", of: "B1"))
        #expect(house.facts(of: "B1.S2")["C2/B1.S2"] != nil)
    }

    @Test func `with a statement nothing is converted that was converted already`() async throws {
        let house = try await house()
        house.turn(to: "2026-01-25")
        try await house.lend("S4", "100.00", of: "B1")
        house.turn(to: "2026-02-01")
        try await house.take(
            house.fact("C1", "conversion", "purchase=S1 instalments=6", of: "B1"))
        let rest = "statement=2026-01-25 instalments=3"
        try await house.take(house.fact("C2", "conversion", rest, of: "B1"))
        #expect(house.facts(of: "B1.S1")["C2/B1.S1"] == nil)
        #expect(house.facts(of: "B1.S4")["C2/B1.S4"] != nil)
        #expect(
            await house.refusal(of: house.fact("C3", "conversion", rest, of: "B1")) == [
                "FACT-011 no purchase on a statement of line B1 that closed on 2026-01-25 is open, "
                    + "not converted and not past due"
            ])
        // S2 is on the statement that closes next.
        let next = house.fact(
            "C3", "conversion", "statement=2026-02-25 instalments=3", of: "B1")
        #expect(
            await house.refusal(of: next) == [
                "FACT-011 the statement of 2026-02-25 has not closed on 2026-02-01"
            ])
    }

    @Test func `what cannot be converted is refused`() async throws {
        let house = try await house()
        try await house.lend("D1", "100.00")
        house.turn(to: "2026-02-01")
        func codes(_ rest: String, of line: String = "B1") async -> [String] {
            await house.refusal(of: house.fact("C1", "conversion", rest, of: line)).map {
                String($0.prefix(10))
            }
        }
        #expect(await codes("purchase=S1 instalments=2") == ["INTAKE-014"])
        #expect(await codes("purchase=S9 instalments=3") == ["FACT-011 p"])
        #expect(await codes("statement=2025-12-25 instalments=3") == ["FACT-011 n"])
        #expect(
            await codes("purchase=S1 statement=2026-01-25 instalments=3") == ["FACT-002 a"])
        #expect(await codes("instalments=3") == ["FACT-003 a"])
        #expect(await codes("purchase=D1 instalments=3", of: "R1") == ["FACT-011 p"])
        #expect(await codes("statement=tomorrow instalments=3") == ["INTAKE-008"])
        try await house.pay(house.row("P1", "B1.S1", "600.00"))
        #expect(await codes("purchase=S1 instalments=3") == ["FACT-011 n"])
        house.turn(to: "2026-03-12")
        #expect(await codes("purchase=S2 instalments=3") == ["FACT-011 n"])
    }
}
