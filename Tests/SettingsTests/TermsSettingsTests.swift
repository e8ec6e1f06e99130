import BusinessCalendar
import LendingRules
import Monetary
import Settings
import Testing

/// What products and agreements may say beyond the plain terms.
struct TermsSettingsTests {
    @Test func `a product says how its loans are repaid`() throws {
        let loaded = try Sample.load(Sample.elaborate)
        let product = try #require(loaded.product("equal-principal-loan"))
        let conventions = product.conventions
        #expect(conventions.every == Period(count: 2, unit: .months))
        #expect(conventions.instalmentMultiple == 100)
        #expect([conventions.principalGrace, conventions.interestGrace] == [0, 2])
        #expect(conventions.monthEnd == .nextMonth)
        #expect(
            conventions.holidays
                == HolidayShift(
                    calendar: try #require(loaded.calendar("US")), rule: .modifiedFollowing))
        #expect(
            conventions.fees == [
                LoanFee(
                    name: "care", value: .share(try Share("1%"), of: .outstanding), moment: .each),
                LoanFee(name: "account", value: .amount(250), moment: .each),
            ])
        #expect(product.rate == (try AnnualRate(percent: "9"))...(try AnnualRate(percent: "36")))
    }

    @Test func `a product says how its loans are served`() throws {
        let loaded = try Sample.load(Sample.elaborate)
        let product = try #require(loaded.product("equal-principal-loan"))
        #expect(
            product.penalty
                == PenaltyTerms(
                    multipleThousandths: 1_500, graceDays: 3, onInterestThousandths: 1_300,
                    forgivesGrace: true))
        #expect(
            product.earlyRepayment
                == EarlyRepaymentTerms(effect: .shortenTerm, fee: try Share("0.5%")))
        #expect(product.nonAccrual == NonAccrualTerms(afterDays: 60, observedInstalments: 3))
        #expect(product.minimumDays == 1)
        #expect(Product(canonicalTerms: product.canonicalTerms) == product)
    }

    @Test func `a product says that it is a line of credit, and how it is used`() throws {
        let loaded = try Sample.load(Sample.lines)
        let cash = try #require(loaded.product("cash-line"))
        #expect(cash.line == LineTerms(kind: .revolving, limit: 1_000_00...50_000_00))
        #expect(Product(canonicalTerms: cash.canonicalTerms) == cash)
        let purchases = try #require(loaded.product("pay-later"))
        let terms = PayLaterTerms(dueDay: 10, interestFreeDays: 46, conversion: 3...12)
        #expect(
            purchases.line == LineTerms(kind: .payLater(terms), limit: 500_00...20_000_00))
        #expect(
            purchases.conventions.statement
                == StatementCycle(day: 25, minimumPayment: try Share("10%")))
        #expect(Product(canonicalTerms: purchases.canonicalTerms) == purchases)
    }

    @Test func `an agreement says what each lender earns`() throws {
        let loaded = try Sample.load(Sample.elaborate)
        let trio = try #require(loaded.agreement("trio", on: Sample.firstDate))
        #expect(trio.lenders.map { $0.rate?.percentText() } == ["9.00", "6.50", "7.25"])
        #expect(
            trio.lenders.map(\.computation) == [
                .scale, .perInstalment,
                .ownSchedule(
                    LenderComputation.OwnSchedule(
                        dayCount: .actual365Fixed, rounding: .halfUp, instalmentRounding: .up)),
            ])
        #expect(trio.pricing == .ownRates(spreadOwner: PartyID("harbor"), spread: .proRata))
        #expect(trio.incomeShares.interest == nil)
        #expect(trio.incomeShares.penalty?.map(\.description) == ["0/1", "1/2", "1/2"])
        #expect(trio.incomeShares.fee?.map(\.description) == ["9/10", "0/1", "1/10"])
        #expect(trio.residueHolder == PartyID("platform"))
        #expect(Agreement(canonicalTerms: trio.canonicalTerms) == trio)
    }

    @Test func `an agreement says how payments are allocated and what is paid for service`() throws
    {
        let loaded = try Sample.load(Sample.elaborate)
        let trio = try #require(loaded.agreement("trio", on: Sample.firstDate))
        let principalFirst: [ClaimComponent] = [.principal, .interest, .fee, .penalty]
        #expect(
            trio.allocation
                == AllocationTerms(
                    order: .byComponent, pastDue: [.fee, .penalty, .interest, .principal],
                    due: [.interest, .principal, .fee, .penalty], inAdvance: principalFirst,
                    seriouslyPastDue: AllocationTerms.SeriousOrder(
                        afterDays: 90, components: principalFirst)))
        #expect(trio.serviceFees.map(\.base) == [.interestCollected, .principalOutstanding])
        #expect(trio.serviceFees.map(\.earned) == [.onCollection, .daily])
        #expect(
            trio.serviceFees.map(\.tax) == [
                nil, ServiceFee.Tax(name: "VAT", rate: try Share("6%"), isIncluded: true),
            ])
    }

    @Test func `what is usual and written out is the same version`() throws {
        var contents = Sample.minimal
        contents["products/instalment-loan.yaml"]? += """
            every: {count: 1, unit: months}
            instalmentMultiple: "0.01"
            monthEnd: clamp
            earlyRepayment: {effect: next-instalment}
            nonAccrual: {afterDays: 90}
            rate: {minimum: 0, maximum: 10000}

            """
        contents["agreements/harbor-70-30.yaml"]? += """
            pricing: {way: borrower-rate}
            allocation: {order: by-instalment, due: [penalty, fee, interest, principal]}
            residueHolder: platform

            """
        let (plain, written) = (try Sample.load(Sample.minimal), try Sample.load(contents))
        #expect(plain.products == written.products)
        #expect(plain.agreements == written.agreements)
    }

    @Test func `rates that leave a borrower's rate nothing over are no negative spread`() throws {
        var contents = Sample.elaborate
        contents["products/equal-principal-loan.yaml"]?.replace(
            "minimum: \"9\"", with: "minimum: 7.225")
        #expect(throws: Never.self) { try Sample.load(contents) }
    }

    @Test func `a blended rate that the product allows is taken`() throws {
        var contents = Sample.elaborate
        contents["products/equal-principal-loan.yaml"]?.replace(
            "minimum: \"9\"", with: "minimum: 7.225")
        contents["agreements/trio.yaml"]?.replace(
            "{way: own-rates, spreadOwner: harbor, spread: pro-rata}", with: "{way: blended}")
        let trio = try #require(try Sample.load(contents).agreement("trio", on: Sample.firstDate))
        #expect(trio.pricing == .blended)
    }
}
