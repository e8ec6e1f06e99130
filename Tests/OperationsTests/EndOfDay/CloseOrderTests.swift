import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// The steps of a close, in their order, and what keeps a date from being closed.
struct CloseOrderTests {
    @Test func `a close freezes, asks, posts, totals, writes files and finishes`() async throws {
        let (house, points) = try await Self.closedInSteps()
        #expect(
            house.store.journal.suffix(9) == [
                "freeze 2026-01-01", "post 0..<1024 of 2026-01-01",
                "post 1024..<2048 of 2026-01-01", "post 2048..<3072 of 2026-01-01",
                "post 3072..<4096 of 2026-01-01", "obligations 2026-01-01",
                "keep harbor 2026-01-01", "keep meridian 2026-01-01", "finish 2026-01-01",
            ])
        let asking: [CrashPoint] = [.fundingAfterAsking, .fundingAfterStoring]
        let slice: [CrashPoint] = [.closeBeforeSlice, .closeAfterSlice]
        let steps: [[CrashPoint]] = [
            [.closeAfterFreeze], asking, asking, [.closeAfterAsking],
            [.closeBeforeLosses, .closeAfterLosses], slice, slice, slice, slice,
            [.closeAfterObligations, .closeAfterFiles, .closeAfterFinish],
        ]
        #expect(points.map(\.point) == Array(steps.joined()))
    }

    @Test func `after the freeze everything counts for the next date`() async throws {
        let (_, points) = try await Self.closedInSteps()
        let frozen = try #require(points.first)
        #expect(frozen.world.open == SampleLoan.date("2026-01-02"))
        #expect(frozen.world.closing == World.firstDate)
        #expect(frozen.banks.calls.allSatisfy { $0.hasPrefix("send") })
        #expect(points.last?.world.closing == nil)
        #expect(points.last?.world.closed.map(\.date) == [World.firstDate])
    }

    @Test func `a closed date posts nothing and says so`() async throws {
        let house = try TestHouse()
        try await house.close(through: "2026-01-03")
        let (world, calls) = (house.store.world, house.store.journal)
        for date in ["2026-01-01", "2026-01-03"] {
            let report = try await house.closeDay().run(SampleLoan.date(date))
            #expect(report.wasClosed)
            #expect(report.head == world.closed.last?.head)
        }
        #expect(house.store.journal == calls)
    }

    @Test func `a date is not closed before the one that is open`() async throws {
        let house = try TestHouse()
        let late = SampleLoan.date("2026-01-02")
        let error = await #expect(throws: CloseRefused.self) {
            try await house.closeDay().run(late)
        }
        #expect(error == .earlierDateOpen(World.firstDate, asked: late))
        #expect(error?.code == "CLOSE-001")
        #expect(error?.exit == .failed)
        #expect(house.store.journal.isEmpty)
    }

    @Test func `a date that is closing is finished before the next`() async throws {
        let store = MemoryStore()
        try await store.freeze(World.firstDate)
        let house = try TestHouse(store: store)
        let error = await #expect(throws: CloseRefused.self) {
            try await house.closeDay().run(SampleLoan.date("2026-01-02"))
        }
        #expect(error?.code == "CLOSE-001")
        #expect(try await house.closeDay().run(World.firstDate).wasClosed == false)
        #expect(try await house.closeDay().run(SampleLoan.date("2026-01-02")).wasClosed == false)
    }

    @Test func `a day that does not balance stays closing`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        let error = await #expect(throws: CloseRefused.self) {
            try await house.closeDay(totals: TamperedTotals(store: house.store))
                .run(World.firstDate)
        }
        #expect(error?.code == "CLOSE-003")
        #expect(error?.exit == .failed)
        #expect(house.store.world.closing == World.firstDate)
        #expect(house.store.world.obligations.isEmpty)
        #expect(try await house.closeDay().run(World.firstDate).wasClosed == false)
    }

    @Test func `a loan without its terms stops the close`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        house.store.write { $0.snapshots = [] }
        let error = await #expect(throws: ContractFault.self) {
            try await house.closeDay().run(World.firstDate)
        }
        #expect(error?.code == "CLOSE-004")
        #expect(error?.loan == LoanID("L1"))
        #expect(error?.exit == .failed)
    }

    @Test func `a loan whose facts cannot be stops the close`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        house.store.write { world in
            let stray = LoanFact(
                id: "R1", kind: .reversal(of: "P9"), valueDate: World.firstDate,
                bookingDate: World.firstDate, instant: 0)
            world.facts[LoanID("L1")]?.append(stray)
        }
        let error = await #expect(throws: ContractFault.self) {
            try await house.closeDay().run(World.firstDate)
        }
        #expect(error?.code == "CLOSE-004")
    }

    /// A close of the first date with L1 disbursed and L2 in doubt.
    static func closedInSteps() async throws -> (TestHouse, [Snapshots.Point]) {
        let clock = TestClock()
        let snapshots = Snapshots(
            store: MemoryStore(), banks: TestBanks(clock: clock), clock: clock)
        let house = try snapshots.house()
        snapshots.banks.change {
            $0.fates["L2.harbor.1"] = .answerLost(TestBanks.accepted("L2.harbor.1"))
            $0.silence["L2.harbor.1"] = 4
        }
        try await house.book(LoanFile.row("L1"), LoanFile.row("L2"))
        _ = try await house.fund().run()
        snapshots.banks.change { $0.calls(keepingOnly: "send") }
        snapshots.forget()
        _ = try await house.closeDay().run(World.firstDate)
        return (house, snapshots.points)
    }
}
