import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// What people do about a break, and what that books.
struct BreakDeskTests {
    private let story: BreakStory
    private let ann: Person
    private let bob: Person

    /// Ours has 1,000.00 on 5 January and they have nothing.
    init() async throws {
        story = try BreakStory()
        ann = try Person("ann")
        bob = try Person("bob")
        try await story.day("2026-01-05", ours: ["P1": 1000_00], theirs: [:])
    }

    @Test(
        arguments: [
            (.ours, ["released 100000"], 0, 0),
            (.theirs, ["released 100000", "correction -100000"], -100000, 0),
            (.writeOff, ["released 100000", "write-off -100000"], 0, -100000),
        ] as [(Acceptance, [String], Int64, Int64)])
    func `approving an acceptance books it, and what was held`(
        acceptance: Acceptance, moved: [String], corrected: Int64, writtenOff: Int64
    ) async throws {
        let found = try story.only()
        #expect(found.posted.held == 1000_00)
        try await story.desk.apply(
            story.desk.propose(found, acceptance, note: "why", by: ann))
        let proposed = try story.only()
        #expect(proposed.state == .proposed && proposed.lifecycle.owner == "ann")
        #expect(proposed.movements(accepting: acceptance).map(\.told) == moved)
        try await story.desk.apply(story.desk.approve(proposed, note: "", by: bob))
        let approved = try story.only()
        #expect(approved.state == .resolved)
        #expect(
            approved.posted
                == KeptBreak.PostedAmounts(corrected: corrected, writtenOff: writtenOff))
        #expect(try await story.house.verify.checkBreaks() == nil)
        let events = try await story.house.store.history(of: found.id)
        #expect(events.map(\.event) == ["found", "assigned", "proposed", "approved"])
        #expect(events.map(\.person) == ["", "ann", "ann", "bob"])
        #expect(events.map(\.object) == ["", "ann", acceptance.rawValue, ""])
        #expect(events[2].note == "why")
        #expect(events.map(\.number) == [1, 2, 3, 4])
    }

    @Test func `what a person said last may be said again, and changes nothing`() async throws {
        let (desk, store) = (story.desk, story.house.store)
        try await desk.apply(desk.propose(try story.only(), .theirs, note: "why", by: ann))
        let proposed = try story.only()
        let history = try await store.history(of: proposed.id)
        let again = try desk.propose(proposed, .theirs, note: "why", by: ann, history: history)
        #expect(again.isQuiet && again.kept == proposed)
        let before = store.world
        try await desk.apply(again)
        #expect(store.world.histories == before.histories)
        for (acceptance, note, person) in [
            (.ours, "why", ann), (.theirs, "because", ann), (.theirs, "why", bob),
        ] as [(Acceptance, String, Person)] {
            #expect(throws: BreakFault.self) {
                try desk.propose(proposed, acceptance, note: note, by: person, history: history)
            }
        }
        try await desk.apply(desk.comment(proposed, "looked at", by: bob))
        try await desk.apply(desk.approve(try story.only(), note: "", by: bob))
        let approved = try story.only()
        let all = try await store.history(of: approved.id)
        #expect(try desk.approve(approved, note: "", by: bob, history: all).isQuiet)
        #expect(throws: BreakFault.self) {
            try desk.approve(approved, note: "", by: ann, history: all)
        }
        #expect(throws: BreakFault.self) {
            try desk.propose(approved, .theirs, note: "why", by: ann, history: all)
        }
    }

    @Test func `an assignment and a rejection may be said again too`() async throws {
        let (desk, store) = (story.desk, story.house.store)
        try await desk.apply(desk.assign(try story.only(), to: bob, by: ann))
        let id = try story.only().id
        var history = try await store.history(of: id)
        #expect(
            try desk.assign(try story.only(), to: bob, by: ann, history: history).isQuiet)
        #expect(
            try !desk.assign(try story.only(), to: ann, by: ann, history: history).isQuiet)
        try await desk.apply(desk.propose(try story.only(), nil, note: "", by: ann))
        try await desk.apply(desk.reject(try story.only(), note: "no", by: bob))
        history = try await store.history(of: id)
        #expect(
            try desk.reject(try story.only(), note: "no", by: bob, history: history).isQuiet)
    }

    @Test func `one person cannot do both, by whatever spelling`() async throws {
        try await story.desk.apply(
            story.desk.propose(try story.only(), nil, note: "", by: ann))
        let proposed = try story.only()
        for name in ["ann", "Ann", "ANN"] {
            let fault = BreakFault.refused(proposed.id, .samePerson("ann"))
            let person = try Person(name)
            #expect(throws: fault) {
                try story.desk.approve(proposed, note: "", by: person)
            }
            #expect(fault.code == "BREAK-002")
        }
    }

    @Test func `a decision on what has changed since is refused`() async throws {
        let seen = try story.only()
        try await story.desk.apply(try story.desk.assign(seen, to: bob, by: ann))
        let late = try story.desk.comment(seen, "mine", by: ann)
        await #expect(throws: Refusal.overtaken(seen.id)) { try await story.desk.apply(late) }
    }

    @Test func `a decision out of turn is refused by name`() throws {
        let found = try story.only()
        let fault = #expect(throws: BreakFault.self) {
            try story.desk.approve(found, note: "", by: bob)
        }
        #expect(fault?.code == "BREAK-001")
        #expect(fault?.exit == .failed)
        #expect(throws: BreakFault.self) { try story.desk.reject(found, note: "", by: bob) }
    }

    @Test(arguments: ["", " \n\t"])
    func `an empty comment is none`(text: String) throws {
        let found = try story.only()
        let fault = #expect(throws: BreakFault.emptyComment) {
            try story.desk.comment(found, text, by: ann)
        }
        #expect(fault?.code == "BREAK-005")
    }

    @Test(
        arguments: [
            (nil, "BREAK-003"), ("", "BREAK-003"), ("a b", "BREAK-004"), ("=cmd", "BREAK-004"),
            ("ann\n", "BREAK-004"), ("änn", "BREAK-004"),
            (String(repeating: "x", count: 65), "BREAK-004"),
        ] as [(String?, String)])
    func `a person needs a plain name`(name: String?, code: String) {
        let fault = #expect(throws: PersonFault.self) { try Person(name) }
        #expect(fault?.code == code)
        #expect(fault?.exit == .usage)
    }

    @Test func `an amount in another currency is not accepted as a difference`() throws {
        let found = try story.only()
        let other = KeptBreak(
            id: "x", party: found.party, file: found.file, kind: .field, key: found.key,
            loan: "", firstDate: found.firstDate, severity: .high, cause: .otherCurrency,
            sentence: "", rule: "", currency: "USD", differences: [], ours: "", theirs: "",
            ourLine: 0, theirLine: 0, due: DisputedDue(ours: 5, theirs: nil))
        let fault = #expect(throws: BreakFault.anotherCurrency("x")) {
            try story.desk.propose(other, .theirs, note: "", by: ann)
        }
        #expect(fault?.code == "BREAK-006")
        #expect(try story.desk.propose(other, .ours, note: "", by: ann).acts.count == 2)
    }

    @Test func `a correction beyond 64 bits is refused`() throws {
        let found = try story.only()
        let huge = KeptBreak(
            id: "x", party: found.party, file: found.file, kind: .amount, key: found.key,
            loan: "", firstDate: found.firstDate, severity: .high, cause: .bookedDifferently,
            sentence: "", rule: "", currency: "USD", differences: [], ours: "", theirs: "",
            ourLine: 0, theirLine: 0, due: DisputedDue(ours: .min, theirs: 1),
            lifecycle: BreakLifecycle(
                state: .proposed, acceptance: .theirs, proposer: "ann", round: 1))
        let fault = #expect(throws: BreakFault.tooLarge("x")) {
            try story.desk.approve(huge, note: "", by: bob)
        }
        #expect(fault?.code == "BREAK-007")
    }

    @Test(
        arguments: [
            (.notBookedByUs, .theirsOnly, .theirs), (.leftOutOfFile, .oursOnly, .ours),
            (.writtenTwice, .duplicateOurs, .theirs), (.writtenTwice, .duplicateTheirs, .ours),
            (.partnerRounding, .rounding, .writeOff), (.misprinted, .amount, .ours),
        ] as [(Cause, BreakKind, Acceptance)])
    func `the explanation suggests whose figure stands`(
        cause: Cause, kind: BreakKind, acceptance: Acceptance
    ) throws {
        let found = try story.only()
        let other = KeptBreak(
            id: "x", party: found.party, file: found.file, kind: kind, key: [], loan: "",
            firstDate: found.firstDate, severity: .low, cause: cause, sentence: "", rule: "",
            currency: "USD", differences: [], ours: "", theirs: "", ourLine: 0, theirLine: 0)
        #expect(other.suggestedAcceptance == acceptance)
    }

    @Test func `an open break ages by business dates and is due by its severity`() throws {
        let found = try story.only()
        #expect(found.severity == .high)
        func age(_ date: String) -> BreakAge? {
            BreakAge(found, on: SampleLoan.date(date), rules: .standard)
        }
        #expect(age("2026-01-05")?.days == 0)
        #expect(age("2026-01-06")?.days == 1)
        #expect(age("2026-01-06")?.dueOn == SampleLoan.date("2026-01-06"))
        #expect(age("2026-01-06")?.isOverdue == false)
        #expect(age("2026-01-07")?.isOverdue == true)
        var closed = found
        closed.lifecycle = BreakLifecycle(state: .resolved)
        #expect(BreakAge(closed, on: SampleLoan.date("2026-02-01"), rules: .standard) == nil)
    }
}

extension DisputeMovement {
    /// Kind and minor units.
    var told: String { "\(kind.rawValue) \(amount)" }
}
