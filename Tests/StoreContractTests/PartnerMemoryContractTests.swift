import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import SQLStore
import Testing

/// What partners said, in the store.
@Suite(.everyEngine) struct PartnerMemoryContractTests {
    private let books: Books
    private let store: SQLReconciliations
    private let day = Books.firstDate
    private let harbor = PartyID("harbor")

    init() async throws {
        books = try await Books()
        store = SQLReconciliations(
            engine: books.engine, firstDate: Books.firstDate, platform: PartyID("platform"))
    }

    @Test func `a number is known after the date whose files told it, to its own partner`()
        async throws
    {
        try await record(day, numbers: [("H-1", "L1"), ("H-2", "L2")])
        try await record(day.adding(days: 2), numbers: [("H-1", "L9")])
        let asked: Set = ["H-1", "H-3"]
        let next = day.adding(days: 1)
        #expect(try await store.loans(numbered: asked, by: harbor, before: day).isEmpty)
        #expect(
            try await store.loans(numbered: asked, by: harbor, before: next) == [
                LoanNumber(number: "H-1", loan: "L1")
            ])
        #expect(
            try await store.loans(numbered: asked, by: harbor, before: day.adding(days: 3))
                .map(\.loan) == ["L1", "L9"])
        #expect(
            try await store.loans(numbered: asked, by: PartyID("summit"), before: next).isEmpty)
        #expect(
            try await books.audit.partnerLoanNumbers().map { "\($0.date) \($0.number.number)" } == [
                "2026-01-01 H-1", "2026-01-01 H-2", "2026-01-03 H-1",
            ])
    }

    @Test func `the last balance before a date is told`() async throws {
        for age in [0, 1] {
            try await close(day.adding(days: age))
            try await record(day.adding(days: age), balances: [("L1", 100 - Int64(age))])
        }
        #expect(try await stated(before: 0).isEmpty)
        #expect(try await stated(before: 1) == ["2026-01-01 L1 100"])
        #expect(try await stated(before: 5) == ["2026-01-02 L1 99"])
        let kept = try await store.stated(by: harbor, of: ["L1"], before: day.adding(days: 1))
        #expect(kept == [balance(day, "L1", 100)], "as it was kept, with what was expected")
        #expect(try await books.audit.statedBalances(on: day).map(\.balance) == kept)
    }

    @Test(arguments: [ReconciliationState.awaiting, .missing])
    func `a date since then whose files are not all there hides it`(state: ReconciliationState)
        async throws
    {
        for age in 0...2 { try await close(day.adding(days: age)) }
        try await record(day, balances: [("L1", 100)])
        if state == .missing { try await record(day.adding(days: 1), state: state) }
        try await record(day.adding(days: 2))
        #expect(try await stated(before: 1) == ["2026-01-01 L1 100"])
        #expect(try await stated(before: 3).isEmpty)
        try await record(day.adding(days: 1))
        #expect(try await stated(before: 3) == ["2026-01-01 L1 100"])
    }

    @Test func `a date that is reconciled again says what its files say now`() async throws {
        try await record(day, numbers: [("H-1", "L1")], balances: [("L1", 100), ("L2", 5)])
        let before = try await books.audit.digest()
        try await record(day, balances: [("L2", 6)])
        #expect(try await stated(before: 1) == ["2026-01-01 L2 6"])
        #expect(try await books.audit.partnerLoanNumbers().isEmpty)
        #expect(try await books.audit.digest() != before, "it is business data")
    }

    @Test func `an accepted line waits for the other side's, however long`() async throws {
        try await store.record(
            ReconciledDate(
                party: harbor, date: day, state: .withBreaks, received: [], claims: [],
                breaks: [], changes: [try accepted(.theirsOnly), try accepted(.amount)]))
        let later = day.adding(days: 300)
        let waiting = try await store.openBreaks(of: harbor, before: later)
        #expect(waiting.map(\.id) == ["theirs-only"])
        var change = BreakChange(try #require(waiting.first), at: 1)
        try change.add(.healed(by: later))
        try await store.record(
            ReconciledDate(
                party: harbor, date: later, state: .reconciled, received: [], claims: [],
                breaks: [], changes: [change]))
        #expect(try await store.break("theirs-only")?.lifecycle.resolution == .booked)
        #expect(try await store.openBreaks(of: harbor, before: later).map(\.id) == ["theirs-only"])
        #expect(try await store.openBreaks(of: harbor, before: later.adding(days: 1)).isEmpty)
    }

    private func accepted(_ kind: BreakKind) throws -> BreakChange {
        var kept = KeptBreak(
            id: kind.rawValue, party: harbor, file: "repayments", kind: kind, key: ["P1"],
            loan: "L1", firstDate: day, severity: .medium, cause: .notBookedByUs, sentence: "",
            rule: "", currency: "USD", differences: [], ours: "", theirs: "", ourLine: 0,
            theirLine: 1, due: DisputedDue(ours: nil, theirs: 70), lifecycle: .new)
        kept.posted.corrected = 70
        var change = BreakChange(kept, at: 1)
        try change.add(.found)
        try change.add(.assigned(to: "ann", by: "ann"))
        try change.add(.proposed(.theirs, by: "ann"))
        try change.add(.approved(by: "bob"))
        return change
    }

    private func stated(before days: Int) async throws -> [String] {
        try await store.stated(by: harbor, of: ["L1", "L2", "L3"], before: day.adding(days: days))
            .map { "\($0.date) \($0.loan) \($0.stated)" }
    }

    private func balance(_ date: BusinessDate, _ loan: String, _ stated: Int64) -> StatedBalance {
        StatedBalance(
            loan: loan, date: date, currency: Books.usd, stated: stated, expected: stated + 3)
    }

    private func close(_ date: BusinessDate) async throws {
        try await books.days.freeze(date)
        try await books.days.finish(date, head: [1])
    }

    private func record(
        _ date: BusinessDate, state: ReconciliationState = .reconciled,
        numbers: [(String, String)] = [], balances: [(String, Int64)] = []
    ) async throws {
        try await store.record(
            ReconciledDate(
                party: harbor, date: date, state: state, received: [], claims: [], breaks: [],
                sayings: PartnerSayings(
                    numbers: numbers.map { LoanNumber(number: $0.0, loan: $0.1) },
                    balances: balances.map { balance(date, $0.0, $0.1) })))
    }
}
