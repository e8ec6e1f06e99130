import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import SQLStore
import Testing

/// Breaks as people change them, in the store.
@Suite(.everyEngine) struct BreakContractTests {
    private let books: Books
    private let store: SQLReconciliations
    private let signOffs: SQLSignOffs
    private let desk: BreakDesk
    private let day = Books.firstDate
    private let harbor = PartyID("harbor")

    init() async throws {
        books = try await Books()
        store = SQLReconciliations(
            engine: books.engine, firstDate: Books.firstDate, platform: PartyID("platform"))
        signOffs = SQLSignOffs(engine: books.engine, firstDate: Books.firstDate)
        desk = BreakDesk(
            store: store,
            surroundings: Surroundings(hash: { $0 }, shard: { _ in 0 }, now: { 1_000_000 }))
        try await store.record(result())
    }

    @Test func `a life is kept event by event, wall time apart`() async throws {
        try await desk.apply(
            try desk.assign(try await kept(), to: Person("ann"), by: Person("bob")))
        try await desk.apply(try desk.comment(try await kept(), "=1+1", by: Person("ann")))
        let history = try await store.history(of: "b1")
        #expect(history.map(\.event) == ["found", "assigned", "commented"])
        #expect(history.map(\.person) == ["", "bob", "ann"])
        #expect(history.map(\.object) == ["", "ann", ""])
        #expect(history.map(\.note) == ["", "", "=1+1"])
        #expect(history.map(\.bookedOn) == [day, day, day])
        #expect(history[2].instant == 1_000_000)
        let digest = try await books.audit.digest()
        try await books.engine.write { _ = try $0.execute("UPDATE break_event_time SET at = 7") }
        #expect(try await books.audit.digest() == digest)
        #expect(try await kept().lifecycle.owner == "ann")
    }

    @Test func `the lives of all breaks read back event by event`() async throws {
        let (ann, bob) = (try Person("ann"), try Person("bob"))
        try await desk.apply(try desk.assign(try await kept(), to: ann, by: bob))
        try await close(day)
        try await desk.apply(try desk.propose(try await kept(), .writeOff, note: "", by: ann))
        let open = day.adding(days: 1)
        let life = [
            BookedBreakEvent(.found, on: day),
            BookedBreakEvent(.assigned(to: "ann", by: "bob"), on: day),
            BookedBreakEvent(.proposed(.writeOff, by: "ann"), on: open),
        ]
        #expect(try await store.lives() == ["b1": life])
        let found = try await kept()
        #expect(try found.after(life) == found)
        #expect(try found.after(Evening(day).known(life))?.state == .investigating)
    }

    @Test func `an event that is none is told`() async throws {
        try await books.engine.write {
            _ = try $0.execute("UPDATE break_event SET event = 'burnt'")
        }
        let error = await storeError { _ = try await store.lives() }
        #expect(error?.code == "STORE-012", "\(String(describing: error))")
    }

    @Test func `an approval books its entries on the open date`() async throws {
        try await close(day)
        let ann = try Person("ann")
        try await desk.apply(try desk.propose(try await kept(), .theirs, note: "", by: ann))
        try await desk.apply(try desk.approve(try await kept(), note: "", by: Person("bob")))
        let approved = try await kept()
        #expect(approved.lifecycle.resolution == .approval)
        #expect(approved.posted == KeptBreak.PostedAmounts(corrected: -10))
        let open = day.adding(days: 1)
        let entries = try await books.ledger.entries(from: open, through: open, book: nil)
        #expect(
            entries.map {
                "\($0.kind.rawValue) \($0.posting.book) \($0.posting.account) \($0.posting.amount)"
            }
                == [
                    "break-correction harbor 1190 10", "break-correction harbor 1310 -10",
                    "released harbor 1310 10", "released harbor 1320 -10",
                    "break-correction platform 1190 -10", "break-correction platform 1310 10",
                    "released platform 1310 -10", "released platform 1320 10",
                ])
        #expect(
            try await store.movements(of: "b1").map {
                "\($0.bookedOn) \($0.movement.kind.rawValue) \($0.movement.amount)"
            } == ["2026-01-01 held 10", "2026-01-02 correction -10", "2026-01-02 released 10"])
        #expect(try await books.audit.breakMovements().count == 3)
        #expect(try await books.audit.keptBreaks() == [approved])
    }

    @Test func `the store itself lets no person sign a proposal twice`() async throws {
        let ann = try Person("ann")
        try await desk.apply(try desk.propose(try await kept(), nil, note: "", by: ann))
        let proposed = try await kept()
        // Past the machine: the proposal is made out to be another's.
        let life = proposed.lifecycle
        var forged = proposed
        forged.lifecycle = BreakLifecycle(
            state: .proposed, owner: life.owner, acceptance: life.acceptance, proposer: "eve",
            round: life.round, events: life.events)
        let change = try desk.approve(forged, note: "", by: ann)
        let error = await storeError { try await desk.apply(change) }
        #expect(error?.code == "STORE-011")
        #expect(try await kept() == proposed, "nothing is half-written")
        try await desk.apply(try desk.approve(proposed, note: "", by: Person("bob")))
        #expect(try await number(books.engine, "SELECT count(*) FROM break_signature") == 2)
    }

    @Test func `a rejected proposal is signed anew`() async throws {
        let (ann, bob) = (try Person("ann"), try Person("bob"))
        try await desk.apply(try desk.propose(try await kept(), nil, note: "", by: ann))
        try await desk.apply(try desk.reject(try await kept(), note: "no", by: bob))
        try await desk.apply(try desk.propose(try await kept(), .ours, note: "", by: bob))
        try await desk.apply(try desk.approve(try await kept(), note: "", by: ann))
        #expect(try await kept().state == .resolved)
    }

    @Test func `of two decisions on one version the second is refused`() async throws {
        let seen = try await kept()
        try await desk.apply(try desk.assign(seen, to: Person("ann"), by: Person("ann")))
        let late = try desk.comment(seen, "late", by: Person("bob"))
        let error = await storeError { try await desk.apply(late) }
        #expect(error?.code == "STORE-016")
        #expect(try await store.history(of: "b1").count == 2)
    }

    @Test func `a date's settlement is drafted less what its breaks hold`() async throws {
        let owed = Obligation(
            date: day, party: harbor, currency: Books.usd, type: .repayments, amount: 100)
        try await books.totals.freeze([owed], on: day)
        try await close(day)
        let waiting = try await books.settlements.unsettled()
        #expect(
            waiting.map(\.held) == [
                [HeldAmount(source: "b1", type: .repayments, currency: Books.usd, amount: 10)]
            ])
        #expect(try await store.settled(harbor, day).isEmpty)
    }

    /// The kind of the corrected fact as its line is kept, nil when there is no line.
    @Test(
        arguments: [(.waiver, .subsidy), (.recovery, .recoveries), (nil, .breakCorrections)]
            as [(FactLine.Kind?, ObligationType)])
    func `a corrected price is held under the type it is owed as`(
        kind: FactLine.Kind?, type: ObligationType
    ) async throws {
        if let kind {
            let values: [SQLValue] = [
                .int64(FactLineCodes.kinds.code(kind)), .int64(Int64(day.dayNumber)),
            ]
            try await books.engine.write {
                _ = try $0.execute(
                    """
                    INSERT INTO fact_line VALUES
                        (0, 'L1', 'P1', 'harbor', ?1, ?2, ?2, 'W1', 'platform', 0, 0, 0, 0, 0, 0, 0,
                        10)
                    """, values)
            }
        }
        try await store.record(result("b2", file: "corrections"))
        try await close(day)
        let held = try await books.settlements.unsettled().flatMap(\.held)
        #expect(held.map(\.source) == ["b1", "b2"])
        #expect(held.map(\.type) == [.repayments, type])
    }

    @Test func `a date on which only held amounts are left still waits for settlement`()
        async throws
    {
        try await close(day)
        let waiting = try await books.settlements.unsettled()
        #expect(waiting.map(\.obligations) == [[]])
        #expect(waiting.first?.held.map(\.amount) == [10])
    }

    @Test func `a draft is overtaken when a break came to hold more while it was made`()
        async throws
    {
        try await books.totals.freeze([owed], on: day)
        try await close(day)
        let open = day.adding(days: 1)
        // Two processes: one has read what waits, the other matches, the first drafts.
        let read = try await books.settlements.unsettled()
        try await store.record(try result("b2", holding: 5))
        let late = try drafts(of: read, on: open)
        let before = try await books.audit.digest()
        let error = await storeError { try await books.settlements.draft(late, [], on: open) }
        #expect(error?.code == "STORE-016")
        #expect(try await books.audit.digest() == before)
        let again = try drafts(of: try await books.settlements.unsettled(), on: open)
        #expect(again.map(\.amount) == [85])
        try await books.settlements.draft(again, [], on: open)
        #expect(try await store.settled(harbor, day) == [Books.usd])
    }

    @Test func `a match is overtaken when its date was settled while it was made`() async throws {
        try await books.totals.freeze([owed], on: day)
        try await close(day)
        let open = day.adding(days: 1)
        let settled = try await store.settled(harbor, day)
        let drafts = try drafts(of: try await books.settlements.unsettled(), on: open)
        try await books.settlements.draft(drafts, [], on: open)
        let before = try await books.audit.digest()
        let late = try result("b2", holding: 5, settled: settled)
        let error = await storeError { try await store.record(late) }
        #expect(error?.code == "STORE-016")
        #expect(try await books.audit.digest() == before)
        let again = try result("b2", holding: 0, settled: try await store.settled(harbor, day))
        try await store.record(again)
        #expect(try await store.break("b2")?.posted.held == 0)
    }

    @Test func `a side signs a date off once, the other side by another person`() async throws {
        let ours = SignOff(party: harbor, date: day, side: .ours, person: "ann")
        #expect(try await signOffs.sign(ours) == ours)
        let other = SignOff(party: harbor, date: day, side: .ours, person: "bob")
        #expect(try await signOffs.sign(other) == ours)
        let same = SignOff(party: harbor, date: day, side: .theirs, person: "ann")
        #expect(try await signOffs.sign(same) == ours, "ann does not sign twice")
        let theirs = SignOff(party: harbor, date: day, side: .theirs, person: "bob")
        #expect(try await signOffs.sign(theirs) == theirs)
        #expect(try await signOffs.signOffs(of: harbor) == [ours, theirs])
        #expect(try await signOffs.signOffs(of: PartyID("summit")).isEmpty)
    }

    @Test func `a sign-off counts no more once other breaks are found`() async throws {
        let ann = SignOff(party: harbor, date: day, side: .ours, person: "ann")
        #expect(try await signOffs.sign(ann) == ann)
        let quiet = BreakChange(try await kept(), at: 6)
        try await store.record(try result("b1", changes: [quiet]))
        #expect(try await signOffs.signOffs(of: harbor) == [ann], "the same breaks again")
        try await store.record(try result("b2", holding: 5))
        let overtaken = SignOff(
            party: harbor, date: day, side: .ours, person: "ann", overtakenOn: day)
        #expect(try await signOffs.signOffs(of: harbor) == [overtaken])
        let bob = SignOff(party: harbor, date: day, side: .ours, person: "bob")
        #expect(try await signOffs.sign(bob) == bob)
        #expect(try await signOffs.signOffs(of: harbor) == [overtaken, bob])
    }

    private var owed: Obligation {
        Obligation(
            date: day, party: harbor, currency: Books.usd, type: .repayments, amount: 100)
    }

    private func drafts(of days: [UnsettledDay], on open: BusinessDate) throws
        -> [SettlementDraft]
    {
        let lines = days.flatMap { day in
            day.obligations.map { SettlementLine($0) }
                + day.held.map {
                    SettlementLine(
                        .held, type: $0.type, date: day.date, source: $0.source,
                        currency: $0.currency, amount: -$0.amount)
                }
        }
        return try SettlementDraft.drafts(
            for: harbor, on: open, lines: lines, rests: [], under: SettlementRules(), by: nil)
    }

    private func kept() async throws -> KeptBreak { try #require(try await store.break("b1")) }

    private func close(_ date: BusinessDate) async throws {
        try await books.days.freeze(date)
        try await books.days.finish(date, head: [1])
    }

    /// Ours has 10 that they lack: found, and so much of it held.
    private func result(
        _ id: String = "b1", file: String = "repayments", holding held: Int64 = 10,
        settled: Set<Currency> = [], changes: [BreakChange]? = nil
    ) throws -> ReconciledDate {
        let found = KeptBreak(
            id: id, party: harbor, file: file, kind: .oursOnly, key: ["P1"],
            loan: "L1", firstDate: day, severity: .medium, cause: .leftOutOfFile,
            sentence: "One line.", rule: "RULES 7", currency: "USD",
            differences: [KeptBreak.ColumnDifference(column: "interest", minorUnits: 10)],
            ours: "interest=0.10", theirs: "", ourLine: 2, theirLine: 0,
            due: DisputedDue(ours: 10, theirs: nil), lifecycle: .new)
        var change = BreakChange(found, at: 5)
        try change.add(.found)
        try change.book(KeptBreak.PostedAmounts(held: held))
        let made = changes ?? [change]
        return ReconciledDate(
            party: harbor, date: day, state: .withBreaks, received: [], claims: [],
            breaks: made.map(\.kept), changes: made, settled: settled)
    }
}
