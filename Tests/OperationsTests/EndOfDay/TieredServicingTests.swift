import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import TestSupport
import Testing

/// Loans that only some of their agreement's lenders lend, from the booking to the end.
struct TieredServicingTests {
    /// Everything goes to harbor and summit in turn; the platform lends nothing.
    private static func tiers() throws -> [FundingTier] {
        let half = try Share("50%")
        let route = FundingRoute(
            name: "main",
            targets: [TestTerms.harbor, TestTerms.summit].map {
                FundingRoute.Target(party: $0, share: half)
            })
        return [
            FundingTier(
                name: "all", conditions: .any,
                slices: [
                    FundingSlice(taker: .route(route), part: .share(try Share("60%"))),
                    FundingSlice(taker: .party(TestTerms.meridian), part: .rest),
                ])
        ]
    }

    private static let own = LenderComputation.ownSchedule(
        LenderComputation.OwnSchedule(
            dayCount: .actual365Fixed, rounding: .halfEven, instalmentRounding: .halfEven))

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let pricing: Pricing
        let computations: [PartyID: LenderComputation]
        let residueHolder: PartyID?
    }

    static let cases = [
        Case(
            testDescription: "by principal", pricing: .borrowerRate, computations: [:],
            residueHolder: nil),
        Case(
            testDescription: "own rates",
            pricing: .ownRates(spreadOwner: TestTerms.platform, spread: .last),
            computations: [:], residueHolder: nil),
        Case(
            testDescription: "own rates, pro rata, per instalment",
            pricing: .ownRates(spreadOwner: TestTerms.platform, spread: .proRata),
            computations: [TestTerms.harbor: .perInstalment], residueHolder: TestTerms.meridian),
        Case(
            testDescription: "own schedules, the residue holder lends nothing",
            pricing: .borrowerRate,
            computations: [TestTerms.harbor: own, TestTerms.summit: own], residueHolder: nil),
        Case(
            testDescription: "own schedules, the residue holder is another bank of the route",
            pricing: .borrowerRate, computations: [TestTerms.harbor: own],
            residueHolder: TestTerms.summit),
    ]

    private static func house(_ form: Case) async throws -> TestHouse {
        let rates = [
            TestTerms.platform: "5", TestTerms.harbor: "9", TestTerms.summit: "11",
            TestTerms.meridian: "10",
        ]
        let isOwn = form.pricing != .borrowerRate
        let house = try TieredHouse.house(
            TieredHouse.agreement(
                tiers(), pricing: form.pricing, rates: isOwn ? rates : [:],
                computations: form.computations, residueHolder: form.residueHolder,
                serviceFees: [TestTerms.harbor, TestTerms.summit].map {
                    ServiceFee(payer: $0, payee: TestTerms.platform, rate: try Share("10%"))
                }))
        try await house.book(TieredHouse.row("L1"), TieredHouse.row("L2"))
        #expect(try await house.fund().run().disbursed == 2)
        return house
    }

    @Test(arguments: cases)
    func `a loan of some of the roster is paid, closed and verified to its end`(form: Case)
        async throws
    {
        let house = try await Self.house(form)
        #expect(house.shares(of: "L1") == "harbor 60000, meridian 40000")
        #expect(house.shares(of: "L2") == "summit 60000, meridian 40000")
        try await house.close(through: "2026-02-10")
        for loan in ["L1", "L2"] {
            let row = PaymentFile.row(
                "P-\(loan)", loan, "700.00", paidAt: "2026-02-11T10:00:00Z",
                valueDate: "2026-02-11")
            try await house.pay(row)
        }
        try await house.close(through: "2026-04-05")
        #expect(try await house.verify.run() == nil)
        let world = house.store.world
        for (loan, absent) in [("L1", TestTerms.summit), ("L2", TestTerms.harbor)] {
            let held = world.balances.filter {
                $0.loan == LoanID(loan) && $0.lender == absent
                    && $0.claims.principal + $0.claims.overduePrincipal != 0
            }
            #expect(held.isEmpty, "\(absent) lends nothing of \(loan)")
            if absent == form.residueHolder { continue }
            let files = world.testFiles(of: absent, on: SampleLoan.date("2026-02-11"))
            #expect(!files.flatMap(\.records).contains { $0.key.contains(loan) })
        }
        let files = world.testFiles(of: TestTerms.harbor, on: SampleLoan.date("2026-02-11"))
        let told = files.first { $0.layout == .repayments }?.records ?? []
        #expect(told.contains { $0.key.contains("L1") || $0.key.contains("P-L1") })
    }

    @Test func `each bank earns by its own rate, and the spread's owner without lending`()
        async throws
    {
        let house = try await Self.house(Self.cases[1])
        // The first instalment bills 10.00: harbor is owed 600.00 × 9 % ÷ 12 = 4.50, summit 5.50,
        // meridian 400.00 × 10 % ÷ 12 = 3.33; the platform has what is left.
        try await house.close(through: "2026-01-31")
        let terms = TermsLibrary(try await house.store.snapshots())
        let earnings: [(String, [Int64])] = [
            ("L1", [450, 333, 217]), ("L2", [550, 333, 117]),
        ]
        for (loan, expected) in earnings {
            let dossiers = try await house.store.dossiers(after: nil, limit: 10)
            let dossier = try #require(dossiers.first { $0.record.loan == LoanID(loan) })
            let contract = try terms.contract(of: dossier, platform: TestTerms.platform)
            let position = try contract.position(
                facts: dossier.facts, at: SampleLoan.date("2026-01-31"))
            let earned = position.lenders.map { $0.claims.interest + $0.claims.overdueInterest }
            #expect(earned == expected, "\(loan): \(contract.lenders)")
        }
    }
}
