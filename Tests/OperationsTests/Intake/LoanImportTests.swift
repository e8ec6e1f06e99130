import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

struct LoanImportTests {
    @Test func `a loan is booked with its shares, requests and commitments`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1", product: "equal-principal-loan"))
        let world = house.store.world
        let loan = try #require(world.loans[LoanID("L1")])
        #expect(loan.record.principal == 1_000_00)
        #expect(loan.record.agreement == "trio")
        #expect(loan.record.bookedOn == World.firstDate)
        #expect(loan.plan.shares.map(\.amount) == [200_00, 500_00, 300_00])
        #expect(world.requests.keys.sorted() == ["L1.harbor.1", "L1.meridian.1"])
        #expect(world.requests["L1.harbor.1"]?.state == .planned)
        #expect(world.requests["L1.harbor.1"]?.request.amount == 500_00)
        #expect(world.requests["L1.harbor.1"]?.request.loanAmount == 1_000_00)
        #expect(
            world.ledgerRows.map {
                "\($0.posting.book) \($0.kind) \($0.posting.account) \($0.posting.amount)"
            } == [
                "harbor commitment 9010 50000", "harbor commitment 9011 -50000",
                "meridian commitment 9010 30000", "meridian commitment 9011 -30000",
            ])
        #expect(Set(world.snapshots.map(\.version)).count == 2)
    }

    @Test func `a named agreement takes a loan that several would`() async throws {
        let house = try TestLending.house()
        var row = LoanFile.row("L1", product: "contested")
        row[8] = "two"
        try await house.book(row)
        #expect(house.store.world.loans[LoanID("L1")]?.record.agreement == "two")
    }

    @Test func `of several versions of an agreement the latest in force counts`() async throws {
        let house = try TestLending.house()
        var row = LoanFile.row("L1", product: "contested")
        row[8] = "one"
        try await house.book(row)
        let parties = house.store.world.loans[LoanID("L1")]?.plan.shares.map(\.party)
        #expect(parties == [TestTerms.platform, TestTerms.harbor])
    }

    @Test func `one bad row keeps the whole file out`() async throws {
        let house = try TestHouse()
        let rows = (0..<20).map { LoanFile.row("L\($0)", instalments: $0 == 13 ? "0" : "3") }
        await #expect(throws: ImportRefused.self) {
            try await house.loanImport.run(LoanFile.table(rows))
        }
        #expect(house.store.journal.isEmpty)
    }

    @Test func `a dry run checks and writes nothing`() async throws {
        let house = try TestHouse()
        let table = LoanFile.table([LoanFile.row("L1"), LoanFile.row("L2")])
        let summary = try await house.loanImport.run(table, dryRun: true)
        #expect(summary == ImportSummary(file: "loans.csv", imported: 2, alreadyThere: 0))
        #expect(house.store.journal.isEmpty)
    }

    @Test func `the same file again books nothing`() async throws {
        let house = try TestHouse()
        let table = LoanFile.table([LoanFile.row("L1"), LoanFile.row("L2")])
        _ = try await house.loanImport.run(table)
        let calls = house.store.journal
        let summary = try await house.loanImport.run(table)
        #expect(summary == ImportSummary(file: "loans.csv", imported: 0, alreadyThere: 2))
        #expect(house.store.journal == calls)
    }

    @Test func `a longer file books what it adds`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L2"))
        let table = LoanFile.table(["L1", "L2", "L3"].map { LoanFile.row($0) })
        let summary = try await house.loanImport.run(table)
        #expect(summary == ImportSummary(file: "loans.csv", imported: 2, alreadyThere: 1))
        #expect(house.store.journal.last == "book 2 from L1 to L3")
    }

    @Test func `a booked row is not judged by the terms of a later date`() async throws {
        let store = MemoryStore()
        let rows = [LoanFile.row("L1", firstDueOn: "2026-01-03")]
        try await TestHouse(store: store).book(rows[0])
        store.write { $0.open = SampleLoan.date("2026-02-10") }
        let narrow = Catalogue(
            platform: TestTerms.platform, agreements: [], products: [], calendars: [],
            partners: [])
        let house = try TestHouse(store: store, catalogue: narrow)
        let summary = try await house.loanImport.run(LoanFile.table(rows))
        #expect(summary.alreadyThere == 1)
    }

    @Test func `the content of a row has no order of columns and no optional ones`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        let turned = LoanFile.table(
            [Array(LoanFile.row("L1").reversed())], columns: LoanFile.columns.reversed())
        #expect(try await house.loanImport.run(turned).alreadyThere == 1)

        var bare = LoanFile.row("L2")
        for index in 8..<14 { bare[index] = "" }
        try await house.book(bare)
        let short = LoanFile.table(
            [Array(bare.prefix(8))], columns: Array(LoanFile.columns.prefix(8)))
        #expect(try await house.loanImport.run(short).alreadyThere == 1)
    }

    @Test func `bookings go in batches of at most 5,000, in loan order`() async throws {
        let house = try TestHouse()
        let ids = (10_000..<15_001).map { "L\($0)" }
        let rows = ids.reversed().map { LoanFile.row($0) }
        let summary = try await house.loanImport.run(LoanFile.table(rows))
        #expect(summary.imported == 5_001)
        #expect(
            house.store.journal == [
                "book 5000 from L10000 to L14999", "book 1 from L15000 to L15000",
            ])
    }

    @Test func `a loan of the platform alone needs no request`() async throws {
        let own = try TestTerms.agreement("own", ["orphan"], [(TestTerms.platform, "100%")])
        let house = try TestHouse(catalogue: try TestTerms.catalogue(agreements: [own]))
        try await house.book(LoanFile.row("L1", product: "orphan"))
        #expect(house.store.world.requests.isEmpty)
        #expect(house.store.world.ledgerRows.isEmpty)
    }
}
