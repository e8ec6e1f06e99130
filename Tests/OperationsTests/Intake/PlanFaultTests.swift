import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// Facts and payments after which a loan would have no plan, or a rate that its product has not.
///
/// 1,000.00 at 12 % in three instalments, lent on 2026-01-01, the first due on 2026-02-01.
struct PlanFaultTests {
    private func house(
        _ effect: EarlyRepaymentEffect = .nextInstalment, method: ScheduleMethod = .equalInstalment,
        minimumDays: Int = 0, on date: String = "2026-01-20"
    ) async throws -> TestHouse {
        let rate = try AnnualRate(percent: "9")...(try AnnualRate(percent: "36"))
        let plain = TestTerms.product("instalment-loan").terms
        let product = Product(
            name: plain.name, method: method, dayCount: plain.dayCount,
            rounding: plain.rounding, instalmentRounding: plain.instalmentRounding,
            penalty: plain.penalty, earlyRepayment: EarlyRepaymentTerms(effect: effect),
            minimumDays: minimumDays, materiality: 0, principal: plain.principal,
            instalments: plain.instalments, rate: rate)
        let usual = try TestTerms.catalogue()
        let house = try TestHouse(
            catalogue: Catalogue(
                platform: usual.platform, agreements: usual.agreements,
                products: [Versioned(product, version: TermsVersion("p"))],
                calendars: TestTerms.calendars, partners: usual.partners))
        try await house.book(LoanFile.row("L1", firstDueOn: "2026-02-01"))
        _ = try await house.fund().run()
        house.store.write { $0.open = SampleLoan.date(date) }
        return house
    }

    private func faults(_ run: () async throws -> Void) async -> [String] {
        do {
            try await run()
            return []
        } catch {
            let faults = (error as? ImportRefused)?.faults ?? []
            return faults.map { "\($0.code) \($0.line):\($0.column) \($0.what)" }
        }
    }

    @Test(arguments: [
        ("rate-change", "annualRatePercent=8.999999", "8.999999"),
        ("rate-change", "annualRatePercent=36.01", "36.01"),
        ("restructure", "annualRatePercent=8.99 capitalise=no instalments=6", "8.99"),
    ])
    func `a rate outside the limits of the product is refused`(
        kind: String, rest: String, rate: String
    ) async throws {
        let house = try await house()
        let found = await faults { try await house.take(FactFile.line("F1", kind, rest)) }
        let limits = "rate \(rate) is outside 9.00 to 36.00 of instalment-loan"
        #expect(found == ["FACT-012 1:51 \(limits)"])
    }

    @Test(arguments: [
        ("extension", "instalments=58", "61"),
        ("restructure", "capitalise=no instalments=61", "61"),
    ])
    func `more instalments than the product has are refused`(
        kind: String, rest: String, count: String
    ) async throws {
        let house = try await house()
        let found = await faults { try await house.take(FactFile.line("F1", kind, rest)) }
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("FACT-012") == true)
        #expect(
            found.first?.hasSuffix("\(count) instalments are more than the 24 of instalment-loan")
                == true)
    }

    @Test(arguments: [
        ("rate-change", "annualRatePercent=9"), ("rate-change", "annualRatePercent=36"),
        ("restructure", "capitalise=no instalments=6"),
    ])
    func `a rate within them is taken`(kind: String, rest: String) async throws {
        let house = try await house()
        #expect(try await house.take(FactFile.line("F1", kind, rest)).imported == 1)
    }

    @Test func `where principal comes back at the end there is no term to shorten`() async throws {
        let house = try await house(.shortenTerm, method: .bullet)
        let paidAt = "2026-01-20T10:00:00Z"
        try await house.pay(
            PaymentFile.row("P1", "L1", "5.00", paidAt: paidAt),
            PaymentFile.row("P2", "L1", "50.00", paidAt: paidAt))
        #expect(Set(house.facts(of: "L1").keys).isSuperset(of: ["P1", "P2"]))
    }

    @Test func `a payment that would come before a change it makes impossible is refused`()
        async throws
    {
        // On its first day a payment counts from the day after, which no change may precede.
        let house = try await house(.lowerInstalment, minimumDays: 1, on: "2026-01-02")
        try await house.take(
            FactFile.line(
                "F1", "rate-change", "annualRatePercent=24", valueDate: "2026-01-01",
                at: "2026-01-01T12:00:00Z"))
        func pay(_ paidAt: String) async -> [String] {
            await faults {
                try await house.pay(
                    PaymentFile.row(
                        "P1", "L1", "100.00", paidAt: paidAt, valueDate: "2026-01-01"))
            }
        }
        let found = await pay("2026-01-01T11:00:00Z")
        let start = "INTAKE-024 2:11 with it fact F1 leaves loan L1 without a plan: "
        #expect(found.count == 1 && found.first?.hasPrefix(start) == true, "\(found)")
        #expect(await pay("2026-01-01T13:00:00Z") == [])
    }

    @Test func `a payment with which a loan could not be computed is refused`() async throws {
        let house = try await house(.lowerInstalment)
        house.store.write { $0.facts[LoanID("L1")]?.append(.huge(.max - 100_00)) }
        let paidAt = "2026-01-20T10:00:00Z"
        let found = await faults {
            try await house.pay(PaymentFile.row("P1", "L1", "100.01", paidAt: paidAt))
        }
        #expect(
            found == [
                "INTAKE-024 2:11 with it the amounts of loan L1 are beyond what can be computed"
            ])
        try await house.pay(PaymentFile.row("P1", "L1", "100.00", paidAt: paidAt))
        // What could not be computed before is no fault of a payment.
        house.store.write { $0.facts[LoanID("L1")]?.append(.huge(1)) }
        try await house.pay(PaymentFile.row("P2", "L1", "1.00", paidAt: paidAt))
    }

    @Test func `what mends a loan that could not be computed is taken`() async throws {
        let house = try await house(.lowerInstalment, minimumDays: 1, on: "2026-01-02")
        try await house.take(
            FactFile.line(
                "F1", "rate-change", "annualRatePercent=24", valueDate: "2026-01-01",
                at: "2026-01-01T12:00:00Z"))
        let early = LoanFact(
            id: "P1", kind: .repayment(amount: 100_00), valueDate: SampleLoan.date("2026-01-01"),
            bookingDate: SampleLoan.date("2026-01-02"), instant: 1)
        house.store.write { $0.facts[LoanID("L1")]?.append(early) }
        let back = FactFile.line(
            "X1", "reversal", "reverses=P1", valueDate: "2026-01-01", at: "2026-01-01T13:00:00Z")
        #expect(await faults { try await house.take(back) } == [])
        try await house.close(through: "2026-01-02")
    }

    @Test(arguments: ["0.30", "0.01", "0.33", "100.00"])
    func `what is taken of facts the close can go on with`(paid: String) async throws {
        // A day's interest paid ahead, and the plan changed on the same day.
        let house = try await house(.lowerInstalment, minimumDays: 1, on: "2026-01-01")
        try await house.pay(
            PaymentFile.row("P1", "L1", paid, paidAt: "2026-01-01T10:00:00Z"))
        let found = await faults {
            try await house.take(
                FactFile.line(
                    "C1", "restructure", "capitalise=yes instalments=6",
                    valueDate: "2026-01-01", at: "2026-01-01T11:00:00Z"))
        }
        #expect(found.allSatisfy { $0.hasPrefix("FACT-009") }, "\(found)")
        try await house.close(through: "2026-01-02")
    }
}

extension LoanFact {
    /// A payment of more than any import takes.
    fileprivate static func huge(_ amount: Int64) -> LoanFact {
        LoanFact(
            id: "H\(amount)", kind: .repayment(amount: amount),
            valueDate: SampleLoan.date("2026-01-19"),
            bookingDate: SampleLoan.date("2026-01-19"), instant: 1)
    }
}
