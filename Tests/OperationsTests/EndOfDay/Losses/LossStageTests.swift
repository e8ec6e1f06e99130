import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// What closes decide about losses, from the import to the settlement.
struct LossStageTests {
    /// Harbor's principal is 700.00. 1 February is the first due date, so a loan of which nothing
    /// is paid is 30 days past due on 3 March.
    @Test func `a cover pays once, on the day, and the guarantor settles it`() async throws {
        let house = try CoveredHouse.house([CoveredHouse.layer(.invocation)])
        try await CoveredHouse.lending(["L1"], house)
        try await house.close(through: "2026-03-02")
        #expect(house.store.world.lossDecisions == [])
        try await house.close(through: "2026-03-10")
        let world = house.store.world
        #expect(
            world.lossDecisions == ["2026-03-03 L1 invocation keystone>harbor 700.00"])
        #expect(
            world.dues(of: CoveredHouse.keystone, on: "2026-03-03") == ["invocations -700.00"])
        #expect(world.dues(of: TestTerms.harbor, on: "2026-03-03") == ["invocations 700.00"])
        #expect(try await house.verify.run() == nil)
        let settled = try await house.settle.run()
        #expect(settled.drafted.contains { $0.id.party == CoveredHouse.keystone })
    }

    @Test func `what a guarantor has paid for is its own, and payments of it`() async throws {
        let house = try CoveredHouse.house([
            CoveredHouse.layer(.compensation(.loan), covers: .principalAndInterest)
        ])
        try await CoveredHouse.lending(["L1"], house)
        try await house.close(through: "2026-03-03")
        // Two instalments' interest and 3 of 31 days of the third's 3.37: harbor has 11.69 + 0.23.
        #expect(
            house.store.world.lossDecisions == [
                "2026-03-03 L1 compensation harbor>keystone 700.00/11.92"
            ])
        // The platform has no part in it, and so nothing to tell of the day.
        let told = house.store.world.balances.filter {
            $0.date == SampleLoan.date("2026-03-03")
        }
        #expect(told.map(\.lender.name).sorted() == ["harbor", "keystone"])
        try await house.pay(PaymentFile.row("P1", "L1", "340.03", valueDate: "2026-03-03"))
        let payment = house.store.world.facts[LoanID("L1")]?.first { $0.id == "P1" }
        #expect(payment?.valueDate == SampleLoan.date("2026-03-04"), "claims have moved by then")
        try await house.close(through: "2026-03-04")
        let dues = house.store.world.dues(of: CoveredHouse.keystone, on: "2026-03-04")
        #expect(dues.count == 1 && dues[0].hasPrefix("repayments 2"), "\(dues)")
        #expect(try await house.verify.run() == nil)
    }

    @Test func `a cover that two loans would empty pays the older arrears, then by id`()
        async throws
    {
        let house = try CoveredHouse.house([CoveredHouse.layer(.invocation, amount: 1000_00)])
        try await CoveredHouse.lending(["L2", "L1", "L3"], house)
        try await house.close(through: "2026-03-03")
        #expect(
            house.store.world.lossDecisions == [
                "2026-03-03 L1 invocation keystone>harbor 700.00",
                "2026-03-03 L2 invocation keystone>harbor 300.00",
            ])
        #expect(
            house.store.world.lossDraws.map(\.shortfall) == ["", "exhausted", "exhausted"])
        #expect(house.store.world.covers.last?.figures.unabsorbed == 1100_00)
        #expect(try await house.verify.run() == nil)
    }

    @Test func `what is left is written off by days past due`() async throws {
        let house = try CoveredHouse.house(
            [CoveredHouse.layer(.compensation(.loan))], chargeOffAt: 30)
        try await CoveredHouse.lending(["L1"], house)
        try await house.close(through: "2026-03-06")
        let decisions = house.store.world.lossDecisions
        #expect(decisions.count == 2)
        #expect(decisions[0] == "2026-03-03 L1 compensation harbor>keystone 700.00/0.00")
        #expect(decisions[1].hasPrefix("2026-03-04 L1 charge-off 10"), "a day after claims moved")
        #expect(try await house.verify.run() == nil)
    }

    @Test func `a payment of the day counts before the test`() async throws {
        let house = try CoveredHouse.house([CoveredHouse.layer(.invocation)])
        try await CoveredHouse.lending(["L1"], house)
        try await house.close(through: "2026-03-02")
        try await house.pay(PaymentFile.row("P1", "L1", "350.00", valueDate: "2026-03-03"))
        try await house.close(through: "2026-03-04")
        #expect(house.store.world.lossDecisions == [])
    }

    @Test func `a payment told after a decision that it would have changed is warned of`()
        async throws
    {
        let house = try CoveredHouse.house([CoveredHouse.layer(.invocation)])
        try await CoveredHouse.lending(["L1"], house)
        try await house.close(through: "2026-03-04")
        let decision = "L1.first-loss.harbor.2026-03-03"
        let late = PaymentFile.row("P1", "L1", "50.00", valueDate: "2026-03-02")
        let told = try await house.repaymentImport.run(
            PaymentFile.table([late, PaymentFile.row("P2", "L1", "50.00", valueDate: "2026-03-05")])
        )
        #expect(
            told.late.map(\.sentence) == [
                "L1: payment P1 of 2026-03-02 counts on 2026-03-05, after the decision "
                    + "\(decision) of 2026-03-03, which stands"
            ])
        let again = try await house.repaymentImport.run(PaymentFile.table([late]))
        #expect(again.late == [], "it is there already")
    }

    @Test func `instructions are carried out by the close of their date`() async throws {
        let house = try CoveredHouse.house([
            LossLayer(
                name: "on-demand", trigger: .instruction,
                bearing: .provided(
                    LossProvision(
                        provider: CoveredHouse.keystone, lenders: [TestTerms.harbor],
                        way: .invocation)))
        ])
        try await CoveredHouse.lending(["L1", "L2"], house)
        try await house.close(through: "2026-01-19")
        try await house.take(
            FactFile.line("O1", "compensation", "layer=on-demand"),
            FactFile.line(
                "O2", "buy-back", "from=harbor to=platform share=50% priceRatio=98%", loan: "L2"),
            FactFile.line(
                "O3", "transfer", "reason=sale from=platform to=keystone", loan: "L2",
                valueDate: "2026-01-25"))
        try await house.close(through: "2026-01-20")
        // Interest of 20 of 31 days of 10.00 is 6.45, of it 4.52 harbor's.
        #expect(
            house.store.world.lossDecisions == [
                "2026-01-20 L1 invocation keystone>harbor 700.00",
                "2026-01-20 L2 buy-back harbor>platform 350.00/2.26",
            ])
        #expect(
            house.store.world.dues(of: TestTerms.harbor, on: "2026-01-20")
                == ["buy-backs 345.21", "invocations 700.00"])
        try await house.close(through: "2026-01-26")
        let last = house.store.world.lossDecisions.last ?? ""
        #expect(last.hasPrefix("2026-01-25 L2 sale platform>keystone 650.00/"), "\(last)")
        #expect(try await house.verify.run() == nil)
    }

    @Test func `instructions that have nothing to decide are refused`() async throws {
        let house = try CoveredHouse.house([CoveredHouse.layer(.compensation(.loan))])
        try await CoveredHouse.lending(["L1"], house)
        try await house.close(through: "2026-03-03")
        func codes(_ line: String) async throws -> [String] {
            do {
                try await house.take(line)
                return []
            } catch let refused as ImportRefused {
                return refused.faults.map(\.code)
            }
        }
        let at = "2026-03-04T10:00:00Z"
        let lines = [
            ("compensation", "layer=first-loss", "2026-03-04"),
            ("compensation", "layer=second-loss", "2026-03-04"),
            ("buy-back", "from=meridian to=platform", "2026-03-04"),
            ("buy-back", "from=keystone to=keystone", "2026-03-04"),
            ("buy-back", "from=keystone to=harbor share=120%", "2026-03-04"),
            ("buy-back", "from=keystone to=harbor", "2026-03-03"),
            ("buy-back", "from=keystone to=nosuch", "2026-03-04"),
            ("buy-back", "from=keystone to=harbor priceRatio=201%", "2026-03-04"),
        ]
        for (number, (kind, words, date)) in lines.enumerated() {
            let line = FactFile.line("O\(number)", kind, words, valueDate: date, at: at)
            #expect(try await codes(line).contains("FACT-015"), "\(line)")
        }
        let blank = FactFile.line(
            "O8", "buy-back", "from=keystone to=harbor ground=autumn\u{A0}pool",
            valueDate: "2026-03-04", at: at)
        #expect(try await codes(blank) == ["INTAKE-002"])
        let loan = FactFile.line(
            "O8", "transfer", "reason=substitution from=keystone to=harbor ground=L\u{A0}2",
            valueDate: "2026-03-04", at: at)
        #expect(try await codes(loan) == ["INTAKE-002"])
        let sound = FactFile.line(
            "O9", "buy-back", "from=keystone to=harbor priceRatio=200% ground=autumn-pool",
            valueDate: "2026-03-04", at: at)
        #expect(try await codes(sound) == [])
    }

    @Test func `verify names what was changed of decisions and covers`() async throws {
        let house = try CoveredHouse.house([CoveredHouse.layer(.invocation, amount: 1000_00)])
        try await CoveredHouse.lending(["L1"], house)
        try await house.close(through: "2026-03-04")
        let store = house.store
        let (covers, draws) = (store.world.covers, store.world.lossDraws)
        store.write { _ = $0.covers.removeLast() }
        #expect(try await house.verify.run()?.law == .losses)
        store.write { $0.covers = covers }
        store.write { $0.lossDraws = [] }
        #expect(try await house.verify.run()?.law == .losses)
        store.write { $0.lossDraws = draws }
        #expect(try await house.verify.run() == nil)
    }
}
