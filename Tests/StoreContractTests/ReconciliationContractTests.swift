import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import SQLStore
import Testing

@Suite(.everyEngine) struct ReconciliationContractTests {
    private let books: Books
    private let store: SQLReconciliations
    private let day = Books.firstDate
    private let harbor = PartyID("harbor")
    private let summit = PartyID("summit")

    init() async throws {
        books = try await Books()
        store = SQLReconciliations(
            engine: books.engine, firstDate: Books.firstDate, platform: PartyID("platform"))
    }

    @Test func `closed dates are due until they are reconciled`() async throws {
        #expect(try await store.due(for: [harbor]).isEmpty)
        try await close(through: day.adding(days: 1))
        let parties = [summit, harbor]
        #expect(
            try await store.due(for: parties).map { "\($0.date) \($0.party) \($0.state.rawValue)" }
                == [
                    "2026-01-01 harbor awaiting", "2026-01-01 summit awaiting",
                    "2026-01-02 harbor awaiting", "2026-01-02 summit awaiting",
                ])
        try await store.record(result(.reconciled))
        try await store.record(result(.missing, party: summit))
        #expect(
            try await store.due(for: parties).map { "\($0.date) \($0.party) \($0.state.rawValue)" }
                == [
                    "2026-01-01 summit missing", "2026-01-02 harbor awaiting",
                    "2026-01-02 summit awaiting",
                ])
        #expect(try await store.states(of: [harbor]).map(\.state) == [.reconciled, .awaiting])
    }

    @Test(arguments: ReconciliationState.allCases)
    func `settlement is told where reconciliation stands`(state: ReconciliationState) async throws {
        let owed = Obligation(
            date: day, party: harbor, currency: Books.usd, type: .repayments, amount: 1)
        try await books.totals.freeze([owed], on: day)
        try await close(through: day)
        try await store.record(result(state))
        #expect(try await books.settlements.unsettled().map(\.reconciliation) == [state])
    }

    @Test func `a break reads back as it was kept`() async throws {
        let kept = found("b1")
        try await store.record(result(.withBreaks, breaks: [kept]))
        #expect(try await store.break("b1") == kept)
        #expect(try await store.break("b2") == nil)
        #expect(try await store.breaks(party: harbor, state: .open) == [kept])
        #expect(try await store.breaks(party: nil, state: .resolved).isEmpty)
        #expect(try await store.breaks(party: summit, state: nil).isEmpty)
        #expect(try await store.openBreaks(of: harbor, before: day.adding(days: 1)) == [kept])
        #expect(try await store.openBreaks(of: harbor, before: day).isEmpty)
    }

    @Test func `the same run twice is the same run`() async throws {
        let claims = [claim(1), claim(2)]
        let result = result(.withBreaks, claims: claims, breaks: [found("b1")])
        try await store.record(result)
        let before = try await books.audit.digest()
        try await store.record(result)
        #expect(try await books.audit.digest() == before)
        #expect(try await number(books.engine, "SELECT count(*) FROM received_file") == 1)
    }

    @Test func `a line is claimed once`() async throws {
        let error = await storeError {
            try await store.record(result(.reconciled, claims: [claim(1), claim(1)]))
        }
        #expect(error?.code == "STORE-011")
        #expect(try await number(books.engine, "SELECT count(*) FROM reconciliation") == 0)
    }

    @Test func `a later line heals an open break of an earlier date`() async throws {
        let next = day.adding(days: 1)
        try await store.record(result(.withBreaks, breaks: [found("b1")]))
        var change = BreakChange(found("b1"), at: 1)
        try change.add(.healed(by: next))
        try await store.record(result(.reconciled, on: next, changes: [change]))
        #expect(try await store.break("b1")?.state == .resolved)
        // For the date that healed it, and for those before, it was open.
        #expect(try await store.openBreaks(of: harbor, before: next).map(\.id) == ["b1"])
        #expect(try await store.openBreaks(of: harbor, before: next.adding(days: 1)).isEmpty)
    }

    @Test func `a break that has changed since is not overwritten`() async throws {
        try await store.record(result(.withBreaks, breaks: [found("b1")]))
        var change = BreakChange(found("b1"), at: 1)
        try change.add(.vanished)
        try await store.record(result(.reconciled, changes: [change]))
        let error = await storeError {
            try await store.record(result(.reconciled, changes: [change]))
        }
        #expect(error?.code == "STORE-016")
        #expect(try await store.breaks(party: nil, state: .superseded).map(\.id) == ["b1"])
    }

    @Test func `what rules rounded is summed over dates without its signs`() async throws {
        for (number, amount) in [3, -2].enumerated() {
            var kept = found("b\(number)")
            kept.posted.rounded = Int64(amount)
            try await store.record(result(.withBreaks, breaks: [kept]))
        }
        #expect(
            try await store.rounded(harbor, day..<day.adding(days: 1)) == [Books.usd: 5])
        #expect(try await store.rounded(harbor, day.adding(days: -9)..<day) == [:])
        #expect(try await store.rounded(summit, day..<day.adding(days: 1)) == [:])
    }

    @Test func `where lines stood leaves no trace in the digest`() async throws {
        try await store.record(result(.withBreaks, breaks: [found("b1", line: 3)]))
        let before = try await books.audit.digest()
        try await store.record(result(.withBreaks, breaks: [found("b1", line: 8)], content: [2]))
        #expect(try await books.audit.digest() == before)
        #expect(try await store.break("b1")?.ourLine == 8)
        #expect(try await number(books.engine, "SELECT max(version) FROM received_file") == 2)
    }

    private func close(through last: BusinessDate) async throws {
        var date = day
        while date <= last {
            try await books.days.freeze(date)
            try await books.days.finish(date, head: [1])
            date = date.adding(days: 1)
        }
    }

    private func result(
        _ state: ReconciliationState, party: PartyID = PartyID("harbor"),
        on date: BusinessDate = Books.firstDate, claims: [LineClaim] = [],
        breaks: [KeptBreak] = [], changes: [BreakChange]? = nil, content: [UInt8] = [1]
    ) -> ReconciledDate {
        ReconciledDate(
            party: party, date: date, state: state,
            received: [FileContent(name: "manifest.json", bytes: content)], claims: claims,
            breaks: breaks,
            changes: changes ?? breaks.map { BreakChange($0, at: 1) })
    }

    private func claim(_ occurrence: Int) -> LineClaim {
        LineClaim(
            file: "repayments", side: .theirs, key: ["P1", "L1"], occurrence: occurrence,
            breakID: "")
    }

    private func found(_ id: String, line: Int = 2) -> KeptBreak {
        KeptBreak(
            id: id, party: harbor, file: "repayments", kind: .amount, key: ["P1", "", "L=1"],
            loan: "L1", firstDate: day, severity: .medium, cause: .leftOutOfFile,
            sentence: "One cent off.", rule: "RULES 7", currency: "USD",
            differences: [
                KeptBreak.ColumnDifference(column: "interest", minorUnits: -1),
                KeptBreak.ColumnDifference(column: "a=b", minorUnits: .max),
            ],
            ours: "interest=1.00", theirs: "", ourLine: line, theirLine: 0)
    }
}
