import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// 1,000.00 at 12 % in three level instalments; 340.03 are due on 2026-02-01, of it 10.00 interest.
struct FactImportTests {
    /// The house on another open date.
    static func house(on date: String = "2026-01-20") async throws -> TestHouse {
        let house = try await TestServicing.house()
        house.store.write { $0.open = SampleLoan.date(date) }
        return house
    }

    static func line(_ id: String, _ kind: String, _ rest: String = "", on date: String) -> String {
        FactFile.line(id, kind, rest, valueDate: date, at: "\(date)T10:00:00Z")
    }

    @Test(arguments: [
        (
            "waiver", "currency=USD interest=1.50 penalty=0.25 borneBy=shares",
            LoanFact.Kind.waiver(ClaimAmounts(interest: 150, penalty: 25), borneBy: nil)
        ),
        (
            "waiver", "currency=USD principal=330.03 borneBy=harbor",
            .waiver(ClaimAmounts(principal: 330_03), borneBy: TestTerms.harbor)
        ),
        (
            "charge-off", "scope=partial currency=USD principal=30.03",
            .chargeOff(ClaimAmounts(principal: 30_03), isFull: false)
        ),
        ("refund", "currency=USD amount=7.00", .refund(amount: 700)),
        ("reversal", "reverses=P1", .reversal(of: "P1")),
        ("collection-cost", "currency=USD amount=7.00", .collectionCost(amount: 700)),
        ("payout-failed", "", .payoutFailed), ("payout-returned", "", .payoutReturned),
        ("chargeback", "reverses=P1", .reversal(of: "P1")),
        ("rate-change", "annualRatePercent=9", .rateChange(AnnualRate(units: 9_000_000))),
        (
            "due-date-change", "nextDueOn=2026-03-10",
            .dueDateChange(next: SampleLoan.date("2026-03-10"))
        ), ("extension", "instalments=2", .extended(by: 2)),
        (
            "restructure", "capitalise=no instalments=6",
            .restructured(Restructure(instalments: 6))
        ),
        (
            "restructure",
            "capitalise=yes instalments=6 annualRatePercent=6 firstDueOn=2026-03-20",
            .restructured(
                Restructure(
                    instalments: 6, rate: AnnualRate(units: 6_000_000),
                    firstDueOn: SampleLoan.date("2026-03-20"), capitalises: true))
        ),
    ])
    func `a record becomes a fact of the open date`(kind: String, rest: String, fact: LoanFact.Kind)
        async throws
    {
        let house = try await Self.house(on: "2026-02-10")
        if ["refund", "reversal", "chargeback"].contains(kind) {
            try await house.pay(
                PaymentFile.row("P1", "L1", "350.00", paidAt: "2026-02-10T09:00:00Z"))
        }
        #expect(try await house.take(Self.line("F1", kind, rest, on: "2026-02-10")).imported == 1)
        let found = try #require(house.facts(of: "L1")["F1"])
        #expect(found.kind == fact)
        #expect(found.valueDate == SampleLoan.date("2026-02-10"))
        #expect(found.bookingDate == SampleLoan.date("2026-02-10"))
        #expect(found.instant == Instant.microseconds("2026-02-10T10:00:00Z"))
    }

    /// Of the second period, 28 days from 02-01 on, 9 have passed: 6.70 × 9 ÷ 28 = 2.15. Penalty is
    /// 330.03 × 18 % × 9 ÷ 365 = 1.46.
    @Test func `a full charge-off is decided with what is left`() async throws {
        let house = try await Self.house(on: "2026-02-10")
        try await house.take(Self.line("C1", "charge-off", "scope=full", on: "2026-02-10"))
        #expect(
            house.facts(of: "L1")["C1"]?.kind
                == .chargeOff(
                    ClaimAmounts(principal: 1_000_00, interest: 12_15, penalty: 1_46),
                    isFull: true))
    }

    @Test(arguments: [
        ("none", "", CancellationCharge.none), ("interest", "", .interest),
        ("fee", "currency=USD fee=9.99", .fee(999)),
    ])
    func `a loan is given back within the cooling-off period`(
        charge: String, rest: String, expected: CancellationCharge
    ) async throws {
        let house = try await Self.house(on: "2026-01-15")
        try await house.take(
            Self.line("X1", "cancelled", "charge=\(charge) \(rest)", on: "2026-01-15"))
        #expect(house.facts(of: "L1")["X1"]?.kind == .cancelled(expected))
        #expect(house.store.world.loans[LoanID("L1")]?.state == .cancelled)
    }

    @Test(arguments: [
        ("payout-failed", LoanState.payoutFailed), ("payout-returned", .payoutFailed),
    ])
    func `a payout that failed gives every share back`(kind: String, state: LoanState)
        async throws
    {
        let house = try await Self.house()
        try await house.take(FactFile.line("X1", kind))
        let world = house.store.world
        #expect(world.loans[LoanID("L1")]?.state == state)
        let requests = world.requests.values.filter { $0.request.loan == LoanID("L1") }
        #expect(requests.map(\.state) == [.returned])
    }

    @Test func `the same file again records nothing, whenever and however it is written`()
        async throws
    {
        let house = try await Self.house(on: "2026-02-10")
        let waiver = Self.line(
            "A1", "waiver", "currency=USD interest=10.00 borneBy=shares", on: "2026-02-10")
        let off = Self.line("C1", "charge-off", "scope=full", on: "2026-02-10")
        #expect(try await house.take(waiver, off).imported == 2)
        let calls = house.store.journal
        house.store.write { $0.open = SampleLoan.date("2026-05-01") }
        let turned = waiver.split(separator: " ").reversed().joined(separator: " ")
        let summary = try await house.take(off, turned)
        #expect(summary.imported == 0 && summary.alreadyThere == 2)
        #expect(house.store.journal == calls, "nothing is written")
    }

    @Test func `facts are judged in their own order, not that of the lines`() async throws {
        let lines = [
            FactFile.line(
                "R1", "recovery", "currency=USD amount=20.00", valueDate: "2026-02-10",
                at: "2026-02-10T12:00:00Z"),
            FactFile.line(
                "C1", "charge-off", "scope=full", valueDate: "2026-02-10",
                at: "2026-02-10T11:00:00Z"),
            FactFile.line(
                "W1", "waiver", "currency=USD interest=10.00 borneBy=shares",
                valueDate: "2026-02-09", at: "2026-02-09T11:00:00Z"),
        ]
        let (one, other) = (
            try await Self.house(on: "2026-02-10"), try await Self.house(on: "2026-02-10")
        )
        _ = try await one.factImport.run(FactFile.table(lines))
        _ = try await other.factImport.run(FactFile.table(lines.reversed()))
        #expect(one.store.world.difference(from: other.store.world) == nil)
        #expect(one.facts(of: "L1").count == 4)
    }

    @Test func `a rehearsal records nothing`() async throws {
        let house = try await Self.house()
        let calls = house.store.journal
        let table = FactFile.table([FactFile.line("X1", "payout-failed")])
        #expect(try await house.factImport.run(table, dryRun: true).imported == 1)
        #expect(house.store.journal == calls)
    }

    @Test func `a loan that changed since it was read is judged anew`() async throws {
        let house = try await Self.house()
        let subject = try #require(await house.store.subjects([LoanID("L1")])[LoanID("L1")])
        try await house.pay(PaymentFile.row("P1", paidAt: "2026-01-20T09:00:00Z"))
        let seen = [LoanID("L1"): subject.dossier?.facts.count ?? 0]
        let refund = LoanFact(
            id: "F1", kind: .refund(amount: 1), valueDate: TestServicing.openDate,
            bookingDate: TestServicing.openDate, instant: 1)
        let new = NewFact(loan: LoanID("L1"), fact: refund, channel: "", contentHash: "c")
        await #expect(throws: Refusal.overtaken("L1")) {
            _ = try await house.store.record(
                FactBatch(facts: [new], seen: seen, states: [:]), on: TestServicing.openDate)
        }
    }

    @Test func `a payment learned after a decision counts from today`() async throws {
        let house = try await Self.house(on: "2026-02-08")
        let part = "scope=partial currency=USD principal=30.03"
        try await house.take(Self.line("C1", "charge-off", part, on: "2026-02-08"))
        house.store.write { $0.open = SampleLoan.date("2026-02-10") }
        try await house.pay(
            PaymentFile.row("P1", valueDate: "2026-02-07"),
            PaymentFile.row("P2", valueDate: "2026-02-08"))
        let facts = house.facts(of: "L1")
        #expect(facts["P1"]?.valueDate == SampleLoan.date("2026-02-10"))
        #expect(facts["P2"]?.valueDate == SampleLoan.date("2026-02-08"))
        // Paid at an earlier hour, it still does not take what the decision gave up.
        let (decision, payment) = (try #require(facts["C1"]), try #require(facts["P2"]))
        #expect(decision < payment)
        try await house.pay(PaymentFile.row("P2", valueDate: "2026-02-08"))
        #expect(house.facts(of: "L1").count == facts.count, "the same row is the same payment")
    }

    @Test func `what is written off is not paid but recovered, until a payment is taken back`()
        async throws
    {
        let house = try await Self.house(on: "2026-02-10")
        try await house.pay(PaymentFile.row("P1"))
        try await house.take(Self.line("C1", "charge-off", "scope=full", on: "2026-02-10"))
        let error = await #expect(throws: ImportRefused.self) {
            try await house.pay(PaymentFile.row("P1"), PaymentFile.row("P2"))
        }
        #expect(error?.faults.map { "\($0.code) \($0.line)" } == ["INTAKE-021 3"])
        #expect(error?.faults.first?.what.contains("recovery") == true)
        try await house.pay(PaymentFile.row("R1", reverses: "P1"))
        try await house.pay(PaymentFile.row("P2"))
        #expect(house.facts(of: "L1")["P2"]?.kind == .repayment(amount: 10_00))
    }
}
