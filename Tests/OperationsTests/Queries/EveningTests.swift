import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import TestSupport
import Testing

/// What an evening knows of breaks and settlements, whatever came after it.
struct EveningTests {
    private static let evening = Evening(SampleLoan.date("2026-01-10"))

    private static let hash = "0011223344556677"

    private static func kept() -> KeptBreak {
        KeptBreak(
            id: hash, party: TestTerms.harbor, file: "repayments", kind: .amount, key: ["P1"],
            loan: "L1", firstDate: SampleLoan.date("2026-01-10"), severity: .medium,
            cause: .strayLine, sentence: "", rule: "", currency: "USD", differences: [],
            ours: "", theirs: "", ourLine: 1, theirLine: 1)
    }

    /// `found 11` is booked on 2026-01-11.
    private static func life(_ text: String) throws -> [BookedBreakEvent] {
        try text.split(separator: ",").map { entry in
            let words = entry.split(separator: " ").map(String.init)
            let names = ["assigned": "ann", "proposed": "ours", "healed": "2026-01-12"]
            let event = BreakEvent(
                name: words[0], person: words[0] == "approved" ? "bob" : "ann",
                object: names[words[0]] ?? "")
            return BookedBreakEvent(
                try #require(event), on: SampleLoan.date("2026-01-\(words[1])"))
        }
    }

    @Test(
        arguments: [
            ("", nil),
            // The runs of the 10th book on the 11th, which is open by then.
            ("found 11", .open), ("found 10", .open), ("found 12", nil),
            ("found 11,resolved-by-rule 11", .resolved),
            ("found 10,vanished 11", .superseded), ("found 10,vanished 12", .open),
            ("found 10,healed 13", .open),
            // A person's decision belongs to the date it was booked on, and whatever follows it.
            ("found 10,assigned 10", .investigating), ("found 11,assigned 11", .open),
            ("found 10,assigned 10,proposed 10,approved 11", .proposed),
            ("found 10,assigned 10,proposed 10,approved 10", .resolved),
            ("found 10,assigned 11,vanished 11", .open),
        ] as [(String, BreakState?)])
    func `a break stands where the events of the evening left it`(
        events: String, state: BreakState?
    ) throws {
        let known = Self.evening.known(try Self.life(events))
        #expect(try Self.kept().after(known)?.state == state)
    }

    @Test func `events that contradict each other are told`() throws {
        let broken = try Self.life("found 10,rejected 10")
        #expect(
            throws: BreakFault.refused(Self.hash, .illegal(.open, event: "rejected"))
        ) { try Self.kept().after(broken) }
    }

    @Test(
        arguments: [
            .found, .foundChanged, .vanished, .resolvedByRule, .unhealed,
            .healed(by: World.firstDate), .assigned(to: "bob", by: "ann"), .commented(by: "ann"),
            .proposed(.writeOff, by: "ann"), .approved(by: "bob"), .rejected(by: "bob"),
        ] as [BreakEvent])
    func `a kept event reads back as it was`(event: BreakEvent) {
        #expect(
            BreakEvent(name: event.name, person: event.person ?? "", object: event.object)
                == event)
    }

    @Test(arguments: [("burnt", ""), ("healed", "soon"), ("proposed", "half")])
    func `what no history keeps is no event`(name: String, object: String) {
        #expect(BreakEvent(name: name, person: "ann", object: object) == nil)
    }

    @Test(
        arguments: [
            ("drafted 11", "draft"), ("drafted 10,approved 10,instructed 10", "instructed"),
            ("drafted 11,approved 11,instructed 11", "instructed"),
            ("drafted 10,approved-by-ann 11,instructed 11", "draft"),
            ("drafted 10,approved 10,instructed 10,received 12", "instructed"),
            ("drafted 12", nil),
        ] as [(String, String?)])
    func `a settlement stands where the events of the evening left it`(
        events: String, state: String?
    ) throws {
        let life = events.split(separator: ",").map { entry in
            let words = entry.split(separator: " ")
            let event: SettlementEvent =
                switch words[0] {
                case "drafted": .drafted(by: nil)
                case "approved": .approved(by: nil)
                case "approved-by-ann": .approved(by: "ann")
                case "instructed": .instructed
                default: .received(100, bankRef: "B1")
                }
            return BookedSettlementEvent(event, on: SampleLoan.date("2026-01-\(words[1])"))
        }
        let settlement = Settlement(
            id: SettlementID(
                party: TestTerms.harbor, currency: SampleLoan.dollars,
                settlesOn: SampleLoan.date("2026-01-11"), netting: .all),
            amount: 100, lines: [], events: life)
        let then = settlement.after(Self.evening.known(life))
        #expect(try then?.machine().state.rawValue == state)
    }

    @Test func `a break that stands where its events do not lead is told`() async throws {
        let story = try BreakStory()
        try await story.day("2026-01-05", ours: ["P1": 70_00], theirs: [:])
        let found = try story.only()
        #expect(try await story.house.verify.checkBreaks() == nil)
        story.house.store.write {
            $0.breaks[found.id]?.lifecycle = BreakLifecycle(
                state: .investigating, owner: "eve", events: found.lifecycle.events)
        }
        let moved = try await story.house.verify.checkBreaks()
        #expect(moved?.law == .breaks && moved?.subject == found.id)
        #expect(moved?.detail == "its events leave it open, it is kept investigating")
        story.house.store.write {
            $0.breaks[found.id] = found
            $0.histories[found.id] = []
        }
        let forgotten = try await story.house.verify.checkBreaks()
        #expect(forgotten?.detail == "nothing has ever happened to it")
    }
}
