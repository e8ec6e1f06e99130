import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// The three runs together, under the lock.
struct EndOfDayTests {
    /// A lock that another close holds, or nobody.
    struct Lock: CloseLock {
        let isHeld: Bool

        func withLock<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws
            -> Result?
        {
            isHeld ? nil : try await body()
        }
    }

    @Test func `while another close runs nothing is touched`() async throws {
        let house = try TestHouse()
        let error = await #expect(throws: CloseRefused.self) {
            try await Self.endOfDay(house, isHeld: true).run(World.firstDate)
        }
        #expect(error == .anotherIsRunning(World.firstDate))
        #expect(error?.code == "CLOSE-002")
        #expect(error?.exit == .temporary)
        #expect(house.store.journal.isEmpty)
    }

    @Test func `a day is closed, handed over, reconciled and settled`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        let first = try await Self.endOfDay(house).run(World.firstDate)
        #expect(first.undelivered.isEmpty)
        #expect(first.reconciliations.map(\.state) == [.awaiting, .awaiting])
        #expect(first.settlement.instructed.isEmpty)
        #expect(!first.hasFindings)
        for party in [TestTerms.harbor, TestTerms.meridian] {
            await house.answer(from: party, on: World.firstDate)
        }
        let second = try await Self.endOfDay(house).run(SampleLoan.date("2026-01-02"))
        #expect(
            second.reconciliations.map(\.state) == [.reconciled, .reconciled, .awaiting, .awaiting])
        #expect(second.settlement.instructed.map(\.amount) == [-700_00])
        #expect(!second.hasFindings)
    }

    /// Friday 01-02 is a settlement day and the day after is none: it goes out on the day on which
    /// it was approved.
    @Test func `what was approved in time is instructed before its date closes`() async throws {
        let story = try SettlementStory(
            SettlementRules(approval: .twoPerson), calendar: "US")
        let house = story.house
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        _ = try await Self.endOfDay(house).run(World.firstDate)
        for party in [TestTerms.harbor, TestTerms.meridian] {
            await house.answer(from: party, on: World.firstDate)
        }
        _ = try await house.reconcile.run(openDate: SampleLoan.date("2026-01-02"))
        let drafted = try await house.settle.run().drafted
        #expect(drafted.map(\.amount) == [-700_00])
        try await story.live("approve 01-02 ann")
        let report = try await Self.endOfDay(house).run(SampleLoan.date("2026-01-02"))
        #expect(report.settlement.instructed.map(\.amount) == [-700_00])
        #expect(
            house.store.world.settlements.map(\.instructedOn)
                == [SampleLoan.date("2026-01-02")])
    }

    @Test func `a date closed before still gets its files, matches and settlement`() async throws {
        let house = try TestHouse()
        house.exchange.shut([TestTerms.harbor])
        let first = try await Self.endOfDay(house).run(World.firstDate)
        #expect(first.undelivered.map(\.party) == [TestTerms.harbor])
        #expect(first.hasFindings)
        house.exchange.shut([])
        let again = try await Self.endOfDay(house).run(World.firstDate)
        #expect(again.close.wasClosed)
        #expect(again.undelivered.isEmpty)
    }

    @Test func `a doubt that a close leaves is a finding, not a failure`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        house.banks.change { $0.fates["L1.harbor.1"] = .pending }
        _ = try await house.fund().run()
        let report = try await Self.endOfDay(house).run(World.firstDate)
        #expect(report.close.funding.open.map(\.key) == ["L1.harbor.1"])
        #expect(report.hasFindings)
        #expect(house.store.world.closed.map(\.date) == [World.firstDate])
    }

    @Test func `files that never come are a finding`() async throws {
        let house = try TestHouse()
        for day in ["2026-01-01", "2026-01-02"] {
            _ = try await Self.endOfDay(house).run(SampleLoan.date(day))
        }
        let report = try await Self.endOfDay(house).run(SampleLoan.date("2026-01-03"))
        #expect(report.reconciliations.contains { $0.state == .missing })
        #expect(report.hasFindings)
    }

    @Test(arguments: [
        ([ExitKind.failed, .findings], ExitKind.failed),
        ([.findings, .unavailable, .failed], .unavailable),
        ([.unavailable, .inputOutput], .inputOutput),
        ([.inputOutput, .badInput, .findings], .badInput),
        ([.badInput, .configuration], .configuration), ([.temporary], .temporary),
        ([.usage], .usage),
    ])
    func `of several exits the gravest counts`(kinds: [ExitKind], worst: ExitKind) {
        #expect(ExitKind.worst(kinds) == worst)
        #expect(ExitKind.worst(kinds.reversed()) == worst)
    }

    static func endOfDay(_ house: TestHouse, isHeld: Bool = false) -> EndOfDay {
        EndOfDay(
            lock: Lock(isHeld: isHeld), close: house.closeDay(), deliver: house.deliver,
            reconcile: house.reconcile, settle: house.settle, surroundings: house.surroundings)
    }
}

extension TestHouse {
    /// The partner offers files that say what ours say, with some records changed.
    func answer(
        from party: PartyID, on date: BusinessDate,
        changing change: (inout [TestFile]) -> Void = { _ in }
    ) async {
        var files = store.world.testFiles(of: party, on: date)
        change(&files)
        for file in TestFile.manifest(of: files, party: party, on: date) {
            exchange.offer(file.name, file.bytes, from: party, on: date)
        }
    }
}
