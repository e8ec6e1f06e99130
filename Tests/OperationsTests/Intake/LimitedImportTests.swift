import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Synchronization
import TestSupport
import Testing

/// Imports under limits of lenders.
struct LimitedImportTests {
    private final class Box: Rejects {
        private let kept = Mutex<[RejectedRow]>([])

        func take(_ rows: [RejectedRow], of table: ImportTable) throws {
            kept.withLock { $0 = rows }
        }

        var lines: [Int] { kept.withLock { $0.map(\.line) } }
    }

    /// Under `duo` harbor funds 70 % and the platform 30 %.
    private static func house(
        _ limits: [(PartyID, LimitSpan, Int64)], store: MemoryStore = MemoryStore(),
        crashPoint: @escaping @Sendable (CrashPoint) -> Void = { _ in }
    ) throws -> TestHouse {
        let terms = try TestTerms.catalogue()
        let catalogue = Catalogue(
            platform: terms.platform, agreements: terms.agreements, products: terms.products,
            calendars: TestTerms.calendars, partners: terms.partners,
            partyLimits: limits.map {
                Limit(
                    LimitKey(
                        agreement: "", party: $0.0, span: $0.1, currency: SampleLoan.dollars),
                    amount: $0.2)
            })
        return try TestHouse(store: store, catalogue: catalogue, crashPoint: crashPoint)
    }

    private static let rows = ["L3", "L1", "L2"].map { LoanFile.row($0) }

    @Test func `the first loans by id have the room, wherever they stand in the file`()
        async throws
    {
        let house = try Self.house([(TestTerms.harbor, .day, 1_500_00)])
        for dryRun in [true, false] {
            let error = await #expect(throws: ImportRefused.self) {
                try await house.loanImport.run(LoanFile.table(Self.rows), dryRun: dryRun)
            }
            let fault = try #require(error?.faults.first)
            #expect(error?.count == 1)
            #expect(fault.code == "LIMIT-001")
            #expect(fault.record == "L3")
            #expect((fault.line, fault.column) == (2, 31))
            #expect(
                fault.what == "harbor's limit of 1500.00 USD a day over all agreements has 100.00 "
                    + "left for 2026-01-01, its share is 700.00")
        }
        #expect(house.store.world.loans.isEmpty)
        #expect(house.store.journal.isEmpty)
    }

    @Test func `shortages stand among the other faults in file order`() async throws {
        let house = try Self.house([(TestTerms.harbor, .month, 1_500_00)])
        let error = await #expect(throws: ImportRefused.self) {
            try await house.loanImport.run(
                LoanFile.table(Self.rows + [LoanFile.row("L0", rate: "x")]))
        }
        #expect(error?.faults.map(\.code) == ["LIMIT-001", "INTAKE-007"])
        #expect(error?.faults.first?.what.contains("a month over all agreements") == true)
        #expect(error?.faults.first?.what.contains("left for 2026-01, its") == true)
    }

    @Test func `with good ones kept the others are booked`() async throws {
        let house = try Self.house([(TestTerms.harbor, .outstanding, 1_500_00)])
        let box = Box()
        let summary = try await house.loanImport.run(LoanFile.table(Self.rows), rejects: box)
        #expect((summary.imported, summary.alreadyThere, summary.rejected) == (2, 0, 1))
        #expect(box.lines == [2])
        #expect(Set(house.store.world.loans.keys.map(\.text)) == ["L1", "L2"])
    }

    @Test(arguments: [true, false])
    func `room that another import takes meanwhile is told as late as it is known`(
        keepGood: Bool
    ) async throws {
        let store = MemoryStore()
        let slot = LimitSlot(
            LimitKey(
                agreement: "", party: TestTerms.harbor, span: .day, currency: SampleLoan.dollars),
            start: World.firstDate)
        let house = try Self.house([(TestTerms.harbor, .day, 2_100_00)], store: store) { point in
            if point == .intakeBeforeBooking { store.write { $0.limitUse[slot] = 700_00 } }
        }
        let box = Box()
        if keepGood {
            let summary = try await house.loanImport.run(LoanFile.table(Self.rows), rejects: box)
            #expect((summary.imported, summary.alreadyThere, summary.rejected) == (2, 0, 1))
            #expect(box.lines == [2])
        } else {
            let error = await #expect(throws: ImportRefused.self) {
                try await house.loanImport.run(LoanFile.table(Self.rows))
            }
            #expect(error?.faults.map(\.record) == ["L3"])
            #expect(store.world.loans.isEmpty)
        }
    }

    @Test func `a refused share for which the platform has no room declines its loan`()
        async throws
    {
        let house = try Self.house([(TestTerms.platform, .day, 999_99)])
        house.banks.change { $0.fates["L1.harbor.1"] = .refused }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect((report.declined, report.disbursed, report.takenByPlatform) == (1, 0, 0))
        #expect(
            report.unpayable.map(\.reason) == [
                "a refused share finds no room: platform's limit of 999.99 USD a day over all "
                    + "agreements has 699.99 left for 2026-01-01, its share is 700.00"
            ])
        #expect(house.store.world.loans[LoanID("L1")]?.state == .declined)
    }

    @Test func `with room the platform takes a refused share over`() async throws {
        let house = try Self.house([(TestTerms.platform, .day, 1_000_00)])
        house.banks.change { $0.fates["L1.harbor.1"] = .refused }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect((report.declined, report.disbursed, report.takenByPlatform) == (0, 1, 1))
    }

    @Test func `limits are no part of the version that loans carry`() throws {
        let terms = try TestTerms.agreement(
            "duo", ["instalment-loan"], [(TestTerms.platform, "100%")]
        ).terms
        let limited = Agreement(
            name: terms.name, effectiveFrom: terms.effectiveFrom, currency: terms.currency,
            products: terms.products, lenders: terms.lenders, platform: terms.platform,
            serviceFees: terms.serviceFees, onRefusal: terms.onRefusal,
            backdateDays: terms.backdateDays, coolingOffDays: terms.coolingOffDays,
            settlement: terms.settlement,
            limits: [
                Limit(
                    LimitKey(
                        agreement: "duo", party: TestTerms.platform, span: .day,
                        currency: SampleLoan.dollars), amount: 5)
            ])
        #expect(limited.canonicalTerms == terms.canonicalTerms)
    }
}

/// `verify` and the use of limits.
struct LimitVerifyTests {
    private static func slot(_ span: LimitSpan, _ date: String) -> LimitSlot {
        LimitSlot(
            LimitKey(
                agreement: "duo", party: TestTerms.harbor, span: span,
                currency: SampleLoan.dollars), on: SampleLoan.date(date))
    }

    private static func claim(_ date: String, _ amount: Int64) -> LimitClaim {
        LimitClaim(
            agreement: "duo", party: TestTerms.harbor, currency: SampleLoan.dollars,
            bookedOn: SampleLoan.date(date), request: .accepted, loan: .funding, amount: amount)
    }

    @Test(
        arguments: [
            (["2026-01-02": 70, "2026-01-03": 30], nil),
            (["2026-01-02": 70, "2026-01-03": 31], "2026-01-03 30 31"),
            (["2026-01-02": 71, "2026-01-03": 31], "2026-01-02 70 71"),
            (["2026-01-02": 70], "2026-01-03 30 0"), (["2026-01-03": 30], nil), ([:], nil),
            (["2026-01-02": 70, "2026-01-03": 30, "2026-01-04": 0], nil),
            (["2026-01-02": 70, "2026-01-03": 30, "2026-01-04": 1], "2026-01-04 0 1"),
        ] as [([String: Int64], String?)])
    func `the first amount that shares do not give is named`(
        kept: [String: Int64], expected: String?
    ) async throws {
        let house = try TestHouse()
        house.store.write { world in
            world.keptLimits = KeptLimits(
                used: Dictionary(
                    uniqueKeysWithValues: kept.map { (Self.slot(.day, $0.key), $0.value) }),
                claims: [Self.claim("2026-01-02", 70), Self.claim("2026-01-03", 30)])
        }
        let words = expected?.split(separator: " ").map(String.init)
        #expect(
            try await house.verify.run()?.sentence
                == words.map {
                    "limits of \($0[0]), harbor day USD duo: the shares and the books give \($0[1])"
                        + " as used, the store has \($0[2])"
                })
    }
}
