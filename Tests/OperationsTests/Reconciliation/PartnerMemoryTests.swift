import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// What a partner said on earlier dates: its own loan numbers and its balances.
struct PartnerMemoryTests {
    private let house: TestHouse
    /// L1 is paid out.
    private let paidOut = World.firstDate
    /// Its first instalment falls due.
    private let due = SampleLoan.date("2026-02-01")
    /// Balances carry every loan.
    private let monthEnd = SampleLoan.date("2026-01-31")

    init() async throws {
        house = try TestHouse(
            catalogue: try TestTerms.catalogue(partners: [TestTerms.partner(TestTerms.harbor)]))
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
    }

    /// Closes and reconciles every date through one; harbor's files are as changed.
    private func live(
        through last: BusinessDate, _ change: @Sendable (BusinessDate, inout [TestFile]) -> Void
    ) async throws {
        while house.store.world.open <= last {
            let date = house.store.world.open
            _ = try await house.closeDay().run(date)
            await house.answer(from: TestTerms.harbor, on: date) { change(date, &$0) }
            _ = try await house.reconcile.run(openDate: house.store.world.open)
        }
    }

    private var breaks: [KeptBreak] {
        house.store.world.breaks.values.sorted {
            ($0.firstDate, $0.file, $0.kind.rawValue) < ($1.firstDate, $1.file, $1.kind.rawValue)
        }
    }

    private func chainBreak(_ date: BusinessDate) -> KeptBreak? {
        breaks.first { $0.kind == .balanceChain && $0.firstDate == date }
    }

    @Test func `a loan number told with the payout is a key from then on`() async throws {
        try await live(through: due) { date, files in
            files.edit(.disbursements) { $0.with(loanNumber: "H-9") }
            for layout in [FileLayout.balances, .accruals] where date == due {
                files.edit(layout) { $0.with(key: ["H-9"]) }
            }
        }
        #expect(breaks.isEmpty)
        #expect(
            house.store.world.reconciled.values.flatMap(\.sayings.numbers)
                .contains(LoanNumber(number: "H-9", loan: "L1")))
        let pair = World.Pair(party: TestTerms.harbor, date: due)
        let claims = try #require(house.store.world.reconciled[pair]).claims
        let read = claims.filter { $0.readBy == "H-9" }
        #expect(Set(read.map(\.file)) == ["balances", "accruals"])
        #expect(read.allSatisfy { $0.key == ["L1"] && $0.side == .theirs && $0.breakID.isEmpty })
        #expect(try await house.verify.run() == nil)
    }

    @Test func `a number nobody told stays a line of nobody`() async throws {
        try await live(through: due) { date, files in
            if date == due { files.edit(.balances) { $0.with(key: ["H-9"]) } }
        }
        #expect(
            breaks.filter { $0.file == "balances" }.map(\.kind.rawValue) == [
                "ours-only", "theirs-only",
            ])
    }

    @Test func `a wrong balance breaks the chain once, by the break it follows from`() async throws
    {
        try await live(through: due) { date, files in
            if date == paidOut { files.edit(.balances) { $0.with(more: 5_00) } }
        }
        let chain = try #require(chainBreak(paidOut))
        let amount = try #require(breaks.first { $0.kind == .amount })
        #expect(chain.state == .resolved && chain.cause == .followsFrom)
        #expect(chain.sentence.contains("likely cause: follows from \(amount.id)"))
        #expect(amount.lifecycle.healedBy == monthEnd)
        #expect(breaks.count == 2, "the next balance is right, and nothing more is said of it")
        #expect(try await house.verify.run() == nil)
    }

    /// Between two dates harbor states a balance for which there is no reason at all.
    @Test func `a partner whose own files contradict each other is told, until they do not`()
        async throws
    {
        let odd = SampleLoan.date("2026-01-10")
        let row = Record(
            key: ["L1"], amounts: [123, 0, 0, 0, 0, 0, 0], currency: SampleLoan.dollars,
            fields: ["0", "M0", "accrual"], line: 1)
        try await live(through: odd) { date, files in
            if date == odd { files.add(.balances, row) }
        }
        let told = try #require(chainBreak(odd))
        #expect(told.state == .open && told.cause == .brokenChain)
        #expect(told.key == ["L1", "principal"] && told.loan == "L1")
        #expect(told.sentence.contains("principal since 2026-01-01"))
        #expect(told.sentence.contains("closing balance 1.23"))
        #expect(told.posted == KeptBreak.PostedAmounts())
        try await live(through: due) { _, _ in }
        #expect(chainBreak(odd)?.lifecycle.healedBy == monthEnd)
        #expect(try await house.verify.run() == nil)
    }

    @Test func `nothing is said of a balance after a date whose files are not all there`()
        async throws
    {
        try await live(through: SampleLoan.date("2026-01-30")) { date, files in
            if date == paidOut { files.edit(.balances) { $0.with(more: 5_00) } }
        }
        // The files of the 31st are missing, whatever they may have had.
        _ = try await house.closeDay().run(house.store.world.open)
        _ = try await house.closeDay().run(due)
        await house.answer(from: TestTerms.harbor, on: due) {
            $0.edit(.balances) { $0.with(more: 9_00) }
        }
        _ = try await house.reconcile.run(openDate: house.store.world.open)
        #expect(chainBreak(due) == nil)
        let pair = World.Pair(party: TestTerms.harbor, date: due)
        #expect(house.store.world.reconciled[pair]?.sayings.balances.count == 1)
    }

    @Test func `the same files again say the same`() async throws {
        try await live(through: due) { date, files in
            files.edit(.disbursements) { $0.with(loanNumber: "H-9") }
            if date == paidOut { files.edit(.balances) { $0.with(more: 5_00) } }
        }
        let before = house.store.world
        _ = try await house.reconcile.run(openDate: before.open, again: true)
        #expect(house.store.world.difference(from: before) == nil)
    }
}

extension [TestFile] {
    /// Other records of one layout.
    fileprivate mutating func edit(_ layout: FileLayout, _ change: (Record) -> Record) {
        for index in indices where self[index].layout == layout {
            self[index].records = self[index].records.map(change)
        }
    }

    fileprivate mutating func add(_ layout: FileLayout, _ record: Record) {
        for index in indices where self[index].layout == layout {
            self[index].records.append(record)
        }
    }
}

extension Record {
    fileprivate func with(
        key: [String]? = nil, loanNumber: String? = nil, more: Int64 = 0
    ) -> Record {
        var amounts = amounts
        if more != 0 { amounts[0] += more }
        return Record(
            key: key ?? self.key, amounts: amounts, currency: currency, valueDate: valueDate,
            fields: fields, line: line, loanNumber: loanNumber ?? self.loanNumber)
    }
}
