import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Terms of deals, their dates and what their notes earn.
struct DealTermsTests {
    @Test(
        arguments: [
            (DayCount.thirty360, "2026-01-15", "2026-02-15", 400_000),
            (.actual360, "2026-01-15", "2026-02-15", 413_333),
            (.actual365Fixed, "2026-01-15", "2026-02-15", 407_671),
            (.thirtyE360, "2026-01-31", "2026-02-28", 373_333),
            (.thirty360, "2026-01-31", "2026-02-28", 400_000),
            (.thirty360, "2026-01-15", "2026-04-15", 1_200_000),
            (.thirty360, "2026-01-15", "2026-01-25", 133_333),
            // 70, 41 and 31 days of 133.33: a broken period counts months of thirty days too.
            (.thirty360, "2026-02-05", "2026-04-15", 933_333),
            (.thirty360, "2026-01-31", "2026-03-11", 546_667),
            (.thirty360, "2026-02-15", "2026-03-16", 413_333),
            (.thirty360, "2026-02-15", "2026-02-15", 0),
        ] as [(DayCount, String, String, Int64)])
    func `a balance of 800,000.00 earns 6 % by the days of its convention`(
        dayCount: DayCount, from: String, to: String, earned: Int64
    ) throws {
        let period = EarningPeriod(
            from: SampleLoan.date(from), to: SampleLoan.date(to), dayCount: dayCount)
        #expect(try period.earned(on: 80_000_000, rate: AnnualRate(percent: "6")) == earned)
    }

    @Test func `what does not fit in 64 bits is an overflow`() throws {
        let period = EarningPeriod(
            from: SampleLoan.date("2026-01-01"), to: SampleLoan.date("2036-01-01"),
            dayCount: .actualActualISDA)
        for rate in [AnnualRate(units: .max), AnnualRate(units: 100 * AnnualRate.unitsPerOne)] {
            #expect(throws: AmountError.overflow) {
                _ = try period.earned(on: .max, rate: rate)
            }
        }
    }

    /// 31 days of 4,000.00: 129.03 after one, 258.06 after two, all of it on the last.
    @Test func `what accrues day by day lands on what is due`() throws {
        let story = try DealStory()
        let next = SampleLoan.date("2026-02-15")
        func accrued(_ date: String) throws -> Int64 {
            try story.deal.accrued(tranche: 0, endOf: SampleLoan.date(date), nextOn: next)
        }
        #expect(try accrued("2026-01-14") == 0)
        #expect(try accrued("2026-01-15") == 12_903)
        #expect(try accrued("2026-01-16") == 25_806)
        #expect(try accrued("2026-02-14") == 400_000)
        #expect(try accrued("2026-02-20") == 400_000)
        #expect(try story.deal.accrued(tranche: 2, endOf: next, nextOn: next) == 0)
    }

    /// 70 days of 133.33 over 69 actual ones: 4,599.03 at the end of the 34th.
    @Test func `a broken period of thirty-day months accrues day by day to what is due`() throws {
        let period = EarningPeriod(
            from: SampleLoan.date("2026-02-05"), to: SampleLoan.date("2026-04-15"),
            dayCount: .thirty360)
        func earned(_ date: String) throws -> Int64 {
            try period.earned(
                on: 80_000_000, rate: AnnualRate(percent: "6"), by: SampleLoan.date(date))
        }
        #expect(try earned("2026-02-05") == 0)
        #expect(try earned("2026-03-11") == 459_903)
        #expect(try earned("2026-04-15") == 933_333)
    }

    /// 2026-02-15 is a Sunday.
    @Test func `payment dates move off holidays, and their periods do not`() {
        let weekend = HolidayCalendar(name: "US", weekend: [6, 7], holidays: [])
        let monthly = PaymentCalendar(firstOn: SampleLoan.date("2026-02-15"), holidays: weekend)
        #expect(
            monthly.payment(1) == (SampleLoan.date("2026-02-16"), SampleLoan.date("2026-01-31")))
        #expect(
            monthly.payment(3) == (SampleLoan.date("2026-04-15"), SampleLoan.date("2026-03-31")))
        let quarterly = PaymentCalendar(
            firstOn: SampleLoan.date("2026-02-28"), everyMonths: 3, periodEnd: .daysBefore(10))
        #expect(
            quarterly.payment(2) == (SampleLoan.date("2026-05-28"), SampleLoan.date("2026-05-18")))
        // Nothing is paid on the day on which it is collected.
        let same = PaymentCalendar(
            firstOn: SampleLoan.date("2026-02-28"), periodEnd: .daysBefore(0))
        #expect(same.payment(1).to == SampleLoan.date("2026-02-27"))
    }

    private static func terms(
        issuedOn: String = "2026-02-01", pool: Int64 = 100,
        tranches: [(String, Int64)] = [("A", 9)],
        principal: PrincipalRule = .sequential, expense: Int64 = 0, reserve: ReserveTerms? = nil,
        trigger: PoolTrigger.Test? = nil, repays: Int = 0
    ) throws -> DealTerms {
        DealTerms(
            name: "autumn", currency: SampleLoan.dollars, cutOff: SampleLoan.date("2026-01-31"),
            issuedOn: SampleLoan.date(issuedOn), poolPrincipal: pool,
            tranches: tranches.map {
                TrancheTerms(name: $0.0, holder: PartyID("fund"), original: $0.1)
            }, principal: principal,
            expenses: [ExpenseTerms(name: "trustee", payee: PartyID("t"), amount: expense)],
            reserve: reserve,
            triggers: trigger.map { [PoolTrigger(name: "test", test: $0)] } ?? [],
            cleanUp: CleanUpTerms(atMost: try Share("10%"), repays: repays),
            finalOn: SampleLoan.date("2026-12-31"), residualHolder: PartyID("equity"))
    }

    private static func refused(
        _ terms: DealTerms, _ error: DealTermsError,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: error, sourceLocation: location) { _ = try PoolDeal(terms) }
    }

    @Test func `terms that cannot be paid by are refused`() throws {
        _ = try PoolDeal(try Self.terms())
        Self.refused(try Self.terms(issuedOn: "2026-01-30"), .unusableDates)
        Self.refused(try Self.terms(issuedOn: "2026-12-31"), .unusableDates)
        Self.refused(try Self.terms(tranches: []), .unusableTranches)
        Self.refused(try Self.terms(tranches: [("A", 1), ("A", 1)]), .unusableTranches)
        Self.refused(try Self.terms(tranches: [("", 1)]), .unusableTranches)
        Self.refused(try Self.terms(tranches: [("A", 0)]), .unusableTranches)
        Self.refused(
            try Self.terms(principal: .proRata(tranches: 2)), .unusableCount("principal"))
        Self.refused(
            try Self.terms(
                reserve: ReserveTerms(initial: 0, target: .amount(0), seniorTranches: 0)),
            .unusableCount("reserve"))
        Self.refused(try Self.terms(repays: 2), .unusableCount("clean-up"))
        Self.refused(
            try Self.terms(trigger: .interestCover(tranches: 2, below: try Share("1/1"))),
            .unusableCount("test"))
        Self.refused(try Self.terms(pool: 0), .unusableAmount("pool"))
        Self.refused(try Self.terms(pool: .max), .unusableAmount("A"))
        Self.refused(try Self.terms(expense: -1), .unusableAmount("trustee"))
        Self.refused(
            try Self.terms(reserve: ReserveTerms(initial: -1, target: .amount(0))),
            .unusableAmount("reserve"))
    }

    private static func collections(
        from: String = "2026-02-01", to: String = "2026-02-28", paysOn: String = "2026-03-15",
        interest: Int64 = 0, principal: Int64 = 0, recoveries: Int64 = 0, losses: Int64 = 0,
        current: Int64 = 100
    ) -> PeriodCollections {
        PeriodCollections(
            from: SampleLoan.date(from), to: SampleLoan.date(to), paysOn: SampleLoan.date(paysOn),
            interest: interest, principal: principal, recoveries: recoveries, losses: losses,
            loans: 1, buckets: [current, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test(
        arguments: [
            (collections(from: "2026-02-02"), .notNextPeriod(from: SampleLoan.date("2026-02-01"))),
            (
                collections(to: "2026-01-31"), .notNextPeriod(from: SampleLoan.date("2026-02-01"))
            ),
            (collections(paysOn: "2026-02-28"), .unusablePaymentDate),
            (collections(to: "2026-02-01", paysOn: "2026-02-01"), .unusablePaymentDate),
            (collections(recoveries: -1), .negative("recoveries")),
            (collections(losses: -1), .negative("losses")),
            (collections(current: -100), .negative("bucket")),
            (
                collections(principal: 10, losses: 5, current: 86),
                .balanceDoesNotFollow(expected: 85, stated: 86)
            ),
            (collections(interest: .max, recoveries: 1), .amount(.overflow)),
            (collections(interest: .min), .amount(.overflow)),
        ] as [(PeriodCollections, PaymentError)])
    func `collections that do not follow are refused and change nothing`(
        collections: PeriodCollections, error: PaymentError
    ) throws {
        var deal = try PoolDeal(try Self.terms())
        let before = deal
        #expect(throws: error) { _ = try deal.pay(collections) }
        #expect(deal == before)
    }

    @Test func `no payment date lies before the notes were issued, or on that day`() throws {
        let deal = try PoolDeal(try Self.terms(issuedOn: "2026-03-15"))
        for date in ["2026-03-14", "2026-03-15"] {
            var copy = deal
            let paid = Self.collections(paysOn: date)
            #expect(throws: PaymentError.unusablePaymentDate) { _ = try copy.pay(paid) }
        }
        var paid = deal
        _ = try paid.pay(Self.collections(paysOn: "2026-03-16"))
        let late = Self.collections(from: "2026-03-01", to: "2026-03-10", paysOn: "2026-03-16")
        #expect(throws: PaymentError.unusablePaymentDate) { _ = try paid.pay(late) }
    }

    /// The servicer's price for the pool is that of its shares one by one.
    @Test(arguments: [PoolPrice.par, .parPlusAccrued, .ratio(Share.none)])
    func `a call costs what the shares cost that it buys`(price: PoolPrice) throws {
        let shares = [(333, 7), (1_001, 0), (66, 1)].enumerated().map { place, claim in
            let claims = Components(principal: Int64(claim.0), interest: Int64(claim.1))
            return SharePeriod(
                share: ShareID(loan: LoanID("L\(place)"), holder: PartyID("vehicle")),
                opening: claims, closing: claims)
        }
        let sale = try PoolSaleTerms(
            pool: "autumn", buyer: PartyID("platform"), cutOff: SampleLoan.date("2026-02-28"),
            settlesOn: SampleLoan.date("2026-03-15"), price: price
        ).sell(shares)
        #expect(sale.sellers[0].price == (try price.price(principal: 1_400, claims: 1_408)))
    }
}
