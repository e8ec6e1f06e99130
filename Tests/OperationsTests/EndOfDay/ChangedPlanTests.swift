import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import TestSupport
import Testing

/// Plans that are sent again, fees that no payment earned, and tails.
///
/// The loan L1 of 1,000.00 at 12 % over three months from 2026-01-01; see ``LoanLife``.
struct ChangedPlanTests {
    private static func house(
        _ effect: EarlyRepaymentEffect = .nextInstalment, fees: [ServiceFee] = [],
        computation: LenderComputation = .scale
    ) async throws -> TestHouse {
        let plain = TestTerms.product("instalment-loan").terms
        let product = Product(
            name: plain.name, method: plain.method, dayCount: plain.dayCount,
            rounding: plain.rounding, instalmentRounding: plain.instalmentRounding,
            penalty: plain.penalty, earlyRepayment: EarlyRepaymentTerms(effect: effect),
            materiality: 0, principal: plain.principal, instalments: plain.instalments)
        let agreement = Agreement(
            name: "duo", effectiveFrom: SampleLoan.date("2026-01-01"),
            currency: SampleLoan.dollars, products: [product.name],
            lenders: [
                LenderShare(party: TestTerms.platform, share: try Share("30%")),
                LenderShare(
                    party: TestTerms.harbor, share: try Share("70%"), computation: computation),
            ],
            platform: TestTerms.platform, serviceFees: fees, onRefusal: .platform,
            backdateDays: 30, coolingOffDays: 14,
            settlement: SettlementTerms(lagDays: 1, calendar: "every-day"))
        let catalogue = Catalogue(
            platform: TestTerms.platform,
            agreements: [Versioned(agreement, version: TermsVersion("agreement-of-plan"))],
            products: [Versioned(product, version: TermsVersion("product-of-plans"))],
            calendars: TestTerms.calendars, partners: [TestTerms.partner(TestTerms.harbor)])
        let house = try TestHouse(catalogue: catalogue)
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        return house
    }

    private func plan(on date: String, in house: TestHouse) -> [String] {
        let files = house.store.world.testFiles(of: TestTerms.harbor, on: SampleLoan.date(date))
        return (files.first { $0.layout == .instalmentPlan }?.records ?? []).map { record in
            let due = record.valueDate.map { "\($0)" } ?? ""
            return ([record.key[1], due] + record.amounts.map(String.init)).joined(separator: " ")
        }
    }

    private func fact(_ kind: String, _ rest: String, _ date: String) -> String {
        FactFile.line("F1", kind, rest, valueDate: date, at: "\(date)T10:00:00Z")
    }

    @Test func `another rate sends what has not fallen due again, on its day alone`() async throws {
        let house = try await Self.house()
        try await house.close(through: "2026-02-09")
        #expect(plan(on: "2026-02-09", in: house).isEmpty)
        try await house.take(fact("rate-change", "annualRatePercent=24", "2026-02-10"))
        try await house.close(through: "2026-02-11")
        let again = plan(on: "2026-02-10", in: house)
        try #require(again.count == 2)
        #expect(again[0].hasPrefix("2 2026-03-01 ") && again[1].hasPrefix("3 2026-04-01 "))
        #expect(plan(on: "2026-02-11", in: house).isEmpty)
    }

    @Test func `an early repayment sends the plan that it leaves`() async throws {
        let house = try await Self.house(.lowerInstalment)
        try await house.close(through: "2026-01-15")
        try await house.pay(PaymentFile.row("P1", "L1", "505.00", valueDate: "2026-01-16"))
        try await house.close(through: "2026-01-16")
        let again = plan(on: "2026-01-16", in: house)
        #expect(
            again.map { String($0.prefix(12)) } == [
                "1 2026-02-01", "2 2026-03-01", "3 2026-04-01",
            ])
        // 4.84 of the payment is the interest of 15 days, and 500.16 principal: 70 % of what is
        // left of 1,000.00.
        let principal = again.reduce(Int64(0)) {
            $0 + (Int64($1.split(separator: " ")[2]) ?? 0)
        }
        #expect(principal == 349_89)
    }

    @Test func `a payment that waits sends no plan`() async throws {
        let house = try await Self.house(.nextInstalment)
        try await house.close(through: "2026-01-15")
        try await house.pay(PaymentFile.row("P1", "L1", "505.00", valueDate: "2026-01-16"))
        try await house.close(through: "2026-01-16")
        #expect(plan(on: "2026-01-16", in: house).isEmpty)
    }

    @Test func `a backdated change sends instalments again that have fallen due`() async throws {
        let house = try await Self.house()
        try await house.close(through: "2026-02-04")
        try await house.take(
            FactFile.line(
                "F1", "rate-change", "annualRatePercent=24", valueDate: "2026-01-20",
                at: "2026-02-05T10:00:00Z"))
        try await house.close(through: "2026-02-05")
        #expect(plan(on: "2026-02-05", in: house).map { $0.prefix(1) } == ["1", "2", "3"])
    }

    @Test func `a lender that has nothing left of a loan gets no plan of it`() async throws {
        let house = try await Self.house()
        try await house.close(through: "2026-02-08")
        let date = SampleLoan.date("2026-02-09")
        let gone = LoanFact(
            id: "T1", kind: .transferred(to: [PlannedShare(party: TestTerms.platform, amount: 1)]),
            valueDate: date, bookingDate: date, instant: 1)
        house.store.write { $0.facts[LoanID("L1")]?.append(gone) }
        try await house.close(through: "2026-02-09")
        try await house.take(fact("rate-change", "annualRatePercent=24", "2026-02-10"))
        try await house.close(through: "2026-02-10")
        #expect(plan(on: "2026-02-10", in: house).isEmpty)
    }

    @Test(arguments: [("cancelled", "charge=none"), ("charge-off", "scope=full")])
    func `a loan that is undone or written off sends no plan`(kind: String, rest: String)
        async throws
    {
        let house = try await Self.house()
        try await house.close(through: "2026-01-04")
        try await house.take(
            fact("rate-change", "annualRatePercent=24", "2026-01-05"),
            FactFile.line(
                "F2", kind, rest, valueDate: "2026-01-05", at: "2026-01-05T11:00:00Z"))
        try await house.close(through: "2026-01-05")
        #expect(plan(on: "2026-01-05", in: house).isEmpty)
    }

    @Test func `a close that was killed after posting still sends the plan`() async throws {
        let life = try await Self.house(.lowerInstalment)
        try await life.close(through: "2026-01-15")
        try await life.pay(PaymentFile.row("P1", "L1", "505.00", valueDate: "2026-01-16"))
        #expect(try await isKilled(life, on: "2026-01-16"))
        _ = try await life.closeDay().run(SampleLoan.date("2026-01-16"))
        #expect(plan(on: "2026-01-16", in: life).count == 3)
    }

    /// Whether a close ended after its slices were posted and before its files were kept.
    private func isKilled(_ house: TestHouse, on date: String) async throws -> Bool {
        struct Killed: Error {}
        struct Totals: DayTotals {
            func ledger(on date: BusinessDate) async throws -> [LedgerRow] { throw Killed() }
            func freeze(_ obligations: [Obligation], on date: BusinessDate) async throws {}
        }
        do {
            _ = try await house.closeDay(totals: Totals()).run(SampleLoan.date(date))
            return false
        } catch is Killed {
            return true
        }
    }
}

extension ChangedPlanTests {
    private func fees(on date: String, in house: TestHouse) -> [String] {
        let pair = World.Pair(party: TestTerms.harbor, date: SampleLoan.date(date))
        let file = house.store.world.files[pair]?.first { $0.name == "fees.csv" }
        let records = file.flatMap { try? TestFormat().records($0, layout: .fees) }
        return (records ?? []).map { record in
            ([record.key[0]] + record.amounts.map(String.init)).joined(separator: " ")
        }
    }

    private static func fee(
        _ base: ServiceFee.Base, _ rate: String, _ earned: ServiceFee.Moment, isIncluded: Bool,
        to payee: PartyID = TestTerms.platform
    ) throws -> ServiceFee {
        ServiceFee(
            payer: TestTerms.harbor, payee: payee, base: base,
            rate: try Share(rate), earned: earned,
            tax: ServiceFee.Tax(name: "VAT", rate: try Share("6%"), isIncluded: isIncluded))
    }

    @Test func `a fee on what was lent is a line of the day of the loan, its tax apart`()
        async throws
    {
        let fee = try Self.fee(.disbursed, "1%", .onCollection, isIncluded: false)
        let house = try await Self.house(fees: [fee])
        try await house.close(through: "2026-01-02")
        #expect(fees(on: "2026-01-01", in: house) == ["L1~disbursed~2026-01-01 700 42 742"])
        #expect(fees(on: "2026-01-02", in: house).isEmpty)
    }

    @Test func `a fee that a lender pays somebody else is no line of ours`() async throws {
        let fee = try Self.fee(
            .disbursed, "1%", .onCollection, isIncluded: false, to: TestTerms.meridian)
        let house = try await Self.house(fees: [fee])
        try await house.close(through: "2026-01-01")
        #expect(fees(on: "2026-01-01", in: house).isEmpty)
    }

    @Test func `a daily fee is a line a day and adds up to the cumulative`() async throws {
        let fee = try Self.fee(.principalOutstanding, "2%", .daily, isIncluded: true)
        let house = try await Self.house(fees: [fee])
        try await house.close(through: "2026-01-31")
        var (gross, tax) = (Int64(0), Int64(0))
        for day in 1...31 {
            for line in fees(on: "\(SampleLoan.date("2025-12-31").adding(days: day))", in: house) {
                let words = line.split(separator: " ")
                tax += Int64(words[2]) ?? 0
                gross += Int64(words[3]) ?? 0
            }
        }
        // 700.00 × 2 % × 31/365 = 1.189, of which 6/106.
        #expect(gross == 119 && tax == 7)
    }

    @Test func `the tax on collected interest stands in the line that earned it`() async throws {
        let fee = try Self.fee(.interestCollected, "10%", .onCollection, isIncluded: true)
        let house = try await Self.house(fees: [fee])
        try await house.close(through: "2026-01-31")
        try await house.pay(PaymentFile.row("P1", "L1", "340.03", valueDate: "2026-02-01"))
        try await house.close(through: "2026-02-01")
        // A tenth of 7.00, 6/106 of it tax.
        #expect(fees(on: "2026-02-01", in: house) == ["P1 66 4 70"])
    }
}

extension ChangedPlanTests {
    private func tails(_ house: TestHouse, _ date: String) async throws -> [Tail] {
        try await TailReport(
            days: house.store, audit: house.store, snapshots: house.store,
            platform: TestTerms.platform
        ).run(SampleLoan.date(date)).tails
    }

    @Test func `tails of a loan sum to nothing, and over its life too`() async throws {
        let own = LenderComputation.ownSchedule(
            .init(dayCount: .actual365Fixed, rounding: .up, instalmentRounding: .up))
        let house = try await Self.house(computation: own)
        try await house.close(through: "2026-04-02")
        var (harbor, seen) = (Int64(0), 0)
        for day in 0...90 {
            let date = SampleLoan.date("2026-01-01").adding(days: day)
            let tails = try await tails(house, "\(date)")
            #expect(tails.reduce(0) { $0 + $1.principal } == 0, "\(date)")
            #expect(tails.reduce(0) { $0 + $1.interest } == 0, "\(date)")
            seen += tails.isEmpty ? 0 : 1
            for tail in tails where tail.lender == TestTerms.harbor { harbor += tail.principal }
            #expect(tails.allSatisfy { $0.isResidueHolder == ($0.lender == TestTerms.platform) })
        }
        #expect(harbor == 0, "what it lent comes back in every way of computing")
        #expect(seen > 2)
    }

    /// Harbor's 700.00 at 12 % by days of the year, rounded up: 237.96 three times, 7.14 of the
    /// first interest. The scales give it 7.00 and 231.02.
    @Test func `what its own schedule gives a lender is told of the day that gives it`()
        async throws
    {
        let own = LenderComputation.ownSchedule(
            .init(dayCount: .actual365Fixed, rounding: .up, instalmentRounding: .up))
        let house = try await Self.house(computation: own)
        try await house.close(through: "2026-02-01")
        var interest: [PartyID: Int64] = [:]
        for day in 1...31 {
            let date = SampleLoan.date("2025-12-31").adding(days: day)
            for tail in try await tails(house, "\(date)") {
                interest[tail.lender, default: 0] += tail.interest
                #expect(tail.principal == 0, "\(date)")
            }
        }
        #expect(interest == [TestTerms.harbor: 14, TestTerms.platform: -14])
        let due = try await tails(house, "2026-02-01")
        #expect(due.map(\.lender) == [TestTerms.platform, TestTerms.harbor])
        #expect(due.map(\.computation) == [.scale, .ownSchedule])
        #expect(due.map(\.principal) == [20, -20])
    }

    @Test func `the tails of a closed date stay what they were, whatever is learned later`()
        async throws
    {
        let own = LenderComputation.ownSchedule(
            .init(dayCount: .actual365Fixed, rounding: .up, instalmentRounding: .up))
        let house = try await Self.house(computation: own)
        try await house.close(through: "2026-02-04")
        let before = try await tails(house, "2026-02-01")
        #expect(!before.isEmpty)
        try await house.take(
            FactFile.line(
                "F1", "rate-change", "annualRatePercent=24", valueDate: "2026-01-20",
                at: "2026-02-05T10:00:00Z"))
        try await house.close(through: "2026-02-05")
        #expect(try await tails(house, "2026-02-01") == before)
    }

    @Test func `where everybody computes on the scales there are no tails`() async throws {
        let house = try await Self.house()
        try await house.close(through: "2026-02-02")
        #expect(try await tails(house, "2026-02-01").isEmpty)
    }

    @Test func `a date that is not closed has no tails to tell`() async throws {
        let house = try await Self.house()
        try await house.close(through: "2026-01-02")
        await #expect(throws: DateNotClosed.self) { try await tails(house, "2026-01-03") }
    }
}
