import BusinessCalendar
import LendingRules
import Operations
import Portfolio
import SQLStore
import Testing

/// What `verify` reads shows a row that was changed with another program.
@Suite(.everyEngine) struct AuditContractTests {
    private let books: Books
    private let day = Books.firstDate
    private let harbor = PartyID("harbor")

    init() async throws {
        books = try await Books()
    }

    @Test func `a date that is closing is told until it is closed`() async throws {
        #expect(try await books.audit.closingDate() == nil)
        try await books.days.freeze(day)
        #expect(try await books.audit.closingDate() == day)
        try await books.days.finish(day, head: [1])
        #expect(try await books.audit.closingDate() == nil)
    }

    @Test(arguments: [
        "UPDATE loan SET state = 8 WHERE loan = 'L1'",
        "UPDATE loan SET disbursed_on = disbursed_on + 1 WHERE loan = 'L1'",
        "DELETE FROM fact WHERE loan = 'L1'",
    ])
    func `a loan that contradicts its facts is told`(change: String) async throws {
        try await books.disburse(["L1", "L2"])
        try await books.book(["L3"])
        #expect(try await books.audit.contradictoryLoans().isEmpty)
        try await execute(change)
        #expect(try await books.audit.contradictoryLoans() == [LoanID("L1")])
    }

    @Test func `disbursed loans are counted as they are read`() async throws {
        #expect(try await books.audit.dossierCount() == 0)
        try await books.disburse(["L1", "L2"])
        try await books.book(["L3"])
        #expect(try await books.audit.dossierCount() == 2)
        #expect(try await books.audit.dossiers(after: nil, limit: 9).count == 2)
    }

    @Test func `a loan that is disbursed without a fact is told`() async throws {
        try await books.book(["L1"])
        try await execute("UPDATE loan SET state = 6")
        #expect(try await books.audit.contradictoryLoans() == [LoanID("L1")])
    }

    @Test func `an anchor is told until it is gone`() async throws {
        try await books.disburse(["L1"])
        #expect(try await books.audit.anchors(of: [LoanID("L1")]).isEmpty)
        try await execute(
            """
            INSERT INTO loan_anchor SELECT shard, loan, agreement, currency, ?1, 0, 1, 2, 3, 1, 12,
            0, 0, 1, 0, ?1 FROM loan
            """, [.blob([])])
        let anchors = try await books.audit.anchors(of: [LoanID("L1"), LoanID("L2")])
        #expect(anchors.mapValues(\.isLive) == [LoanID("L1"): false])
    }

    @Test func `a kept file is told with the hash it was kept with`() async throws {
        let file = FileContent(name: "balances.csv", bytes: [1, 2])
        try await books.files.keep([file], for: harbor, on: day)
        let kept = try await books.audit.files(on: day)
        #expect(kept.map(\.content) == [[1, 2]])
        try await execute("UPDATE kept_file SET content = ?1", [.blob([3])])
        let changed = try await books.audit.files(on: day)
        #expect(changed.map(\.content) == [[3]])
        #expect(changed.map(\.hash) == kept.map(\.hash))
        #expect(try await books.audit.files(on: day.adding(days: 1)).isEmpty)
    }

    @Test func `settlements are told as they stand, and dates without one`() async throws {
        let next = day.adding(days: 1)
        let lines = [day, next].map {
            SettlementLine(
                .obligation, type: .repayments, date: $0, currency: Books.usd, amount: 5)
        }
        let drafts = try SettlementDraft.drafts(
            for: harbor, on: day, lines: lines, rests: [], under: SettlementRules(), by: nil)
        try await books.settlements.draft(drafts, [], on: day)
        let told = try await books.audit.keptSettlements()
        #expect(told.settlements.map(\.amount) == [10])
        #expect(told.settlements.map(\.dates) == [[day, next]])
        #expect(told.settlements.map { $0.events.map(\.event) } == [[.drafted(by: nil)]])
        #expect(told.covered.map(\.date).sorted() == [day, next])
        try await execute("DELETE FROM settlement_line WHERE date = \(day.dayNumber)")
        #expect(try await books.audit.keptSettlements().settlements.map(\.dates) == [[next]])
        try await execute("DELETE FROM settlement")
        let left = try await books.audit.keptSettlements()
        #expect(left.settlements.isEmpty)
        #expect(left.covered.count == 2)
    }

    @Test func `obligations are told as they stand`() async throws {
        let owed = Obligation(
            date: day, party: harbor, currency: Books.usd, type: .repayments, amount: 5)
        try await books.totals.freeze([owed], on: day)
        #expect(try await books.audit.obligations(on: day) == [owed])
        try await execute("UPDATE obligation SET amount = 2 * amount")
        #expect(try await books.audit.obligations(on: day).map(\.amount) == [10])
    }

    private func execute(_ statement: String, _ values: [SQLValue] = []) async throws {
        try await books.engine.write { connection in try connection.execute(statement, values) }
    }
}
