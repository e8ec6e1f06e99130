import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// What a partner sends more than once, in part, too much of, or by hand.
struct SupersedingTests {
    private let house: TestHouse
    private let first = World.firstDate
    private let second = SampleLoan.date("2026-01-02")
    private let late = SampleLoan.date("2026-01-05")

    /// The first date closed, with L1 disbursed.
    init() async throws {
        house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        _ = try await house.closeDay().run(World.firstDate)
        await house.answer(from: TestTerms.meridian, on: first)
    }

    private var harbor: Partner { house.catalogue.partners[0] }

    private func reconciled(_ open: BusinessDate, again: Bool = true) async throws
        -> ReconciliationOutcome
    {
        let outcomes = try await house.reconcile.run(openDate: open, again: again)
        return try #require(outcomes.first { $0.party == TestTerms.harbor })
    }

    private func versions() async throws -> [String] {
        try await house.store.versions(from: TestTerms.harbor, on: first)
            .filter { $0.name == "balances.csv" }
            .map { "\($0.version) \($0.isInForce ? "in force" : "superseded")" }
    }

    @Test func `new content supersedes and says so, the old stays readable`() async throws {
        await house.answer(from: TestTerms.harbor, on: first) { $0[2].records = [] }
        #expect(try await reconciled(second).breaks.map(\.kind) == [.oursOnly])
        let spoilt = try await house.store.content(
            of: "balances.csv", version: 1, from: TestTerms.harbor, on: first)
        await house.answer(from: TestTerms.harbor, on: first)
        let outcome = try await reconciled(late)
        #expect(outcome.state == .reconciled)
        #expect(outcome.superseded == [SupersededFile(name: "balances.csv", version: 1)])
        #expect(house.store.world.breaks.values.allSatisfy { $0.state == .superseded })
        #expect(try await versions() == ["1 superseded", "2 in force"])
        #expect(
            try await house.store.content(
                of: "balances.csv", version: 1, from: TestTerms.harbor, on: first) == spoilt)
    }

    @Test func `the same content again does nothing`() async throws {
        await house.answer(from: TestTerms.harbor, on: first) { $0[2].records = [] }
        _ = try await reconciled(second)
        let before = house.store.world
        let outcome = try await reconciled(late)
        #expect(outcome.isUnchanged)
        #expect(outcome.state == .withBreaks)
        #expect(house.store.world.difference(from: before) == nil)
        #expect(try await versions() == ["1 in force"])
    }

    @Test func `lines in another order are another version and the same result`() async throws {
        try await house.book(LoanFile.row("L2"))
        _ = try await house.fund().run()
        _ = try await house.closeDay().run(second)
        await house.answer(from: TestTerms.harbor, on: first)
        await house.answer(from: TestTerms.harbor, on: second) { $0[2].records.removeLast() }
        _ = try await reconciled(late)
        let breaks = house.store.world.breaks
        await house.answer(from: TestTerms.harbor, on: second) { files in
            files[2].records.removeLast()
            for index in files.indices { files[index].records.reverse() }
        }
        let outcomes = try await house.reconcile.run(openDate: late, again: true)
        let shuffled = outcomes.first { $0.party == TestTerms.harbor && $0.date == second }
        #expect(shuffled?.isUnchanged == false)
        #expect(
            house.store.world.breaks.mapValues(\.sentence) == breaks.mapValues(\.sentence))
        #expect(house.store.world.breaks.mapValues(\.state) == breaks.mapValues(\.state))
    }

    @Test func `after the deadline what is there is matched and the rest is missing`()
        async throws
    {
        await house.answer(from: TestTerms.harbor, on: first)
        house.exchange.withdraw("accruals.csv", of: TestTerms.harbor, on: first)
        let waiting = try await reconciled(second, again: false)
        #expect(waiting.absent == ["accruals.csv"])
        #expect(waiting.state == .awaiting)
        let outcome = try await reconciled(late, again: false)
        #expect(outcome.state == .missing)
        #expect(outcome.breaks.map(\.file) == ["accruals"])
        #expect(outcome.breaks.map(\.kind) == [.missingFile])
        let again = try await reconciled(late, again: false)
        #expect(again.isUnchanged)
        await house.answer(from: TestTerms.harbor, on: first)
        #expect(try await reconciled(late, again: false).state == .reconciled)
        #expect(house.store.world.breaks.values.allSatisfy { $0.state == .superseded })
    }

    @Test func `a later manifest without all its files leaves the earlier ones in force`()
        async throws
    {
        await house.answer(from: TestTerms.harbor, on: first)
        _ = try await reconciled(second)
        let kept = house.store.world.reconciled
        await house.answer(from: TestTerms.harbor, on: first) {
            $0[2].records[0] = $0[2].records[0].with(1, in: 0)
        }
        house.exchange.withdraw("balances.csv", of: TestTerms.harbor, on: first)
        let outcome = try await reconciled(late)
        #expect(outcome.absent == ["balances.csv"])
        #expect(outcome.state == .reconciled)
        #expect(house.store.world.reconciled == kept)
    }

    @Test func `files that no rule reads are left where they are`() async throws {
        var files = house.store.world.testFiles(of: TestTerms.harbor, on: first)
        files.append(
            TestFile(
                FileLayout(
                    name: "poems", role: .plan, keyColumns: ["verse"], amountColumns: [],
                    dateColumn: nil, fieldColumns: [], ignoredColumns: [], loanColumn: .absent),
                []))
        for file in TestFile.manifest(of: files, party: TestTerms.harbor, on: first) {
            house.exchange.offer(file.name, file.bytes, from: TestTerms.harbor, on: first)
        }
        let outcome = try await reconciled(second)
        #expect(outcome.unread == ["poems.csv"])
        #expect(outcome.state == .reconciled)
    }

    @Test(arguments: [("FILE-030", 3, 1 << 20), ("FILE-031", 64, 100)])
    func `a manifest cannot make us fetch without end`(code: String, files: Int, bytes: Int)
        async throws
    {
        await house.answer(from: TestTerms.harbor, on: first)
        var limits = FileLimits()
        limits.files = files
        limits.bytes = bytes
        let outcome = try await house.reconcile(limits).run(
            harbor, on: first, openDate: second, from: house.exchange)
        #expect(outcome.fault?.code == code)
        #expect(outcome.state == .awaiting)
        #expect(house.store.world.reconciled.isEmpty)
    }

    @Test func `a rehearsal says what would come of it and keeps nothing`() async throws {
        await house.answer(from: TestTerms.harbor, on: first) { $0[2].records = [] }
        let outcome = try await house.reconcile.run(
            harbor, on: first, openDate: second, from: house.exchange, isRehearsal: true)
        #expect(outcome.state == .withBreaks)
        #expect(house.store.world.reconciled.isEmpty)
        #expect(house.store.world.breaks.isEmpty)
    }

    @Test func `files of a date that is open are refused`() async throws {
        let fault = await #expect(throws: DateStillOpen.self) {
            try await house.reconcile.run(
                harbor, on: second, openDate: second, from: house.exchange)
        }
        #expect(fault?.code == "FILE-032")
        #expect(fault?.exit == .failed)
    }

    @Test func `what a partner claims is held against what we owe it, not what it owes us`()
        async throws
    {
        let claim = Record(
            key: ["F1"], amounts: [100, 0, 100], currency: SampleLoan.dollars,
            fields: ["service-fee"], line: 0)
        await house.answer(from: TestTerms.harbor, on: first) { files in
            let index = files.firstIndex { $0.layout == .fees }
            if let index { files[index].records = [claim] }
        }
        let outcome = try await reconciled(second)
        #expect(outcome.breaks.map(\.file) == ["fees"])
        #expect(outcome.breaks.map(\.cause) == [.strayLine])
    }
}
