import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// What answers make of a loan: paid out, taken over by the platform, or declined and reversed.
struct FundTests {
    @Test func `when every lender accepts, the borrower is paid`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1", product: "equal-principal-loan"))
        let report = try await house.fund().run()
        #expect(report.sent == 2)
        #expect(report.accepted == 2)
        #expect(report.disbursed == 1)
        #expect(report.open.isEmpty)
        let world = house.store.world
        #expect(world.loans[LoanID("L1")]?.state == .disbursed)
        #expect(world.loans[LoanID("L1")]?.disbursedOn == World.firstDate)
        #expect(world.requests.values.allSatisfy { $0.state == .confirmed })
        #expect(world.answers["L1.harbor.1"] == "ref-L1.harbor.1")
        #expect(world.facts[LoanID("L1")]?.map(\.kind) == [.disbursed])
        #expect(world.ledgerRows.isEmpty, "the commitments are released")
    }

    @Test func `a refused share goes to the platform where the agreement says so`() async throws {
        let house = try TestHouse()
        house.banks.change { $0.fates["L1.harbor.1"] = .refused }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect(report.refused == 1)
        #expect(report.takenByPlatform == 1)
        let loan = try #require(house.store.world.loans[LoanID("L1")])
        #expect(loan.state == .disbursed)
        #expect(loan.plan.shares.map(\.party) == [TestTerms.platform])
        #expect(loan.plan.total == loan.record.principal)
        #expect(house.store.world.requests["L1.harbor.1"]?.state == .refused)
        #expect(house.store.world.answers["L1.harbor.1"] == "limitno room")
        #expect(house.store.world.ledgerRows.isEmpty)
    }

    @Test func `a refusal declines where the agreement says so, and the others reverse`()
        async throws
    {
        let house = try TestHouse()
        house.banks.change { $0.fates["L1.meridian.1"] = .refused }
        try await house.book(LoanFile.row("L1", product: "equal-principal-loan"))
        let report = try await house.fund().run()
        #expect(report.declined == 1)
        #expect(report.disbursed == 0)
        #expect(report.reversed == 1)
        let world = house.store.world
        #expect(world.loans[LoanID("L1")]?.state == .declined)
        #expect(world.requests["L1.harbor.1"]?.state == .reversed)
        #expect(world.facts.isEmpty)
        #expect(world.ledgerRows.isEmpty)
        #expect(house.banks.count("reverse L1.harbor.1") == 1)
    }

    @Test func `a reversal without an answer is demanded again, then reported`() async throws {
        let house = try TestHouse()
        house.banks.change {
            $0.fates["L1.meridian.1"] = .refused
            $0.silence["L1.harbor.1"] = 4
        }
        try await house.book(LoanFile.row("L1", product: "equal-principal-loan"))
        let report = try await house.fund().run()
        #expect(report.open.map(\.state) == [.reversalInDoubt])
        #expect(house.banks.count("reverse L1.harbor.1") == 3)
        let later = try await house.fund().run()
        #expect(later.reversed == 1)
        #expect(later.doubtsResolved == 1)
        #expect(house.banks.count("reverse L1.harbor.1") == 5)
        #expect(house.banks.count("ask L1.harbor.1") == 0)
    }

    @Test func `a refused reversal stays as it is, and every run reports it`() async throws {
        let house = try TestHouse()
        house.banks.change {
            $0.fates["L1.meridian.1"] = .refused
            $0.reversalsRefused = ["L1.harbor.1"]
        }
        try await house.book(LoanFile.row("L1", product: "equal-principal-loan"))
        for _ in 0..<2 {
            let report = try await house.fund().run()
            #expect(report.open.map(\.key) == ["L1.harbor.1"])
            #expect(report.open.map(\.state) == [.reversalRefused])
        }
        #expect(house.store.world.requests["L1.harbor.1"]?.state == .reversalRefused)
        #expect(house.banks.count("reverse L1.harbor.1") == 1)
    }

    @Test func `a pending answer is asked about until it is one`() async throws {
        let house = try TestHouse()
        house.banks.change { $0.fates["L1.harbor.1"] = .pending }
        try await house.book(LoanFile.row("L1"))
        let first = try await house.fund().run()
        #expect(first.open.map(\.state) == [.pending])
        #expect(first.disbursed == 0)
        house.banks.change { $0.day = 1 }
        let second = try await house.fund().run()
        #expect(second.disbursed == 1)
        #expect(second.doubtsResolved == 1)
        #expect(house.banks.count("send L1.harbor.1") == 1)
    }

    @Test func `everything decided is concluded in one call`() async throws {
        let house = try TestHouse()
        house.banks.change { $0.fates["L2.harbor.1"] = .refused }
        try await house.book(LoanFile.row("L1"), LoanFile.row("L2"), LoanFile.row("L3"))
        _ = try await house.fund { $0.batch = 1 }.run()
        #expect(house.store.journal.filter { $0.hasPrefix("conclude") } == ["conclude L1 L2 L3"])
    }

    @Test func `a second run finds nothing to do`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"), LoanFile.row("L2"))
        _ = try await house.fund().run()
        let (world, calls) = (house.store.world, house.banks.now.calls)
        let report = try await house.fund().run()
        #expect(report == FundingReport())
        #expect(house.store.world.difference(from: world) == nil)
        #expect(house.banks.now.calls == calls)
    }

    @Test func `a loan of the platform alone is paid out at once`() async throws {
        let own = try TestTerms.agreement("own", ["orphan"], [(TestTerms.platform, "100%")])
        let house = try TestHouse(catalogue: try TestTerms.catalogue(agreements: [own]))
        try await house.book(LoanFile.row("L1", product: "orphan"))
        #expect(try await house.fund().run().disbursed == 1)
        #expect(house.banks.now.calls.isEmpty)
    }

    @Test func `a loan is disbursed on the date that is open when its lenders have answered`()
        async throws
    {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        try await house.close(through: "2026-01-03")
        _ = try await house.fund().run()
        let fact = try #require(house.store.world.facts[LoanID("L1")]?.first)
        #expect(fact.valueDate == SampleLoan.date("2026-01-04"))
        #expect(fact.bookingDate == fact.valueDate)
        #expect(
            house.store.world.ledgerRows.filter { $0.date == fact.valueDate }
                .map { "\($0.posting.account) \($0.posting.amount)" } == [
                    "9010 -70000", "9011 70000",
                ])
    }
}
