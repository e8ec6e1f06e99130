import Bookkeeping
import LendingRules
import TestSupport
import Testing

/// The life of one settlement, event by event.
struct SettlementMachineTests {
    private static let names: [String: SettlementEvent] = [
        "drafted": .drafted(by: "bob"), "carried-over": .carriedOver, "cleared": .cleared,
        "approved": .approved(by: "ann"), "approved-by-bob": .approved(by: "bob"),
        "approved-by-rule": .approved(by: nil), "instructed": .instructed,
    ]

    /// `+60` is received, `-60` returned, `~40` netted.
    private static func event(_ word: String) throws -> SettlementEvent {
        if let event = names[word] { return event }
        let amount = try #require(Int64(word.drop { $0 == "~" || $0 == "+" }))
        return word.hasPrefix("~")
            ? .netted(amount, into: "next") : .received(amount, bankRef: word)
    }

    private static func events(_ words: String) throws -> [SettlementEvent] {
        try words.split(separator: " ").map { try event(String($0)) }
    }

    @Test(
        arguments: [
            ("drafted", SettlementState.draft, 0), ("drafted approved", .approved, 0),
            ("drafted approved-by-rule", .approved, 0),
            ("drafted approved instructed", .instructed, 0),
            ("drafted approved instructed +100", .confirmed, 0),
            ("drafted approved instructed +60", .partial, 40),
            ("drafted approved instructed +60 +40", .confirmed, 0),
            ("drafted approved instructed +60 ~40", .partial, 0),
            ("drafted approved instructed +60 -60", .returned, 100),
            ("drafted approved instructed +100 -100", .returned, 100),
            ("drafted approved instructed +100 -30", .partial, 30),
            ("drafted approved instructed +100 -100 ~100", .returned, 0),
            ("drafted approved instructed +60 ~40 -60", .returned, 60),
            ("drafted approved instructed +60 ~40 -60 ~60", .returned, 0),
            ("drafted approved instructed +60 ~40 -60 +60", .partial, 0),
            ("carried-over", .carriedOver, 100), ("carried-over ~100", .carriedOver, 0),
        ])
    func `legal events lead here`(words: String, state: SettlementState, open: Int64) throws {
        for sign: Int64 in [1, -1] {
            let events = try Self.events(words).map { $0.times(sign) }
            let machine = try SettlementMachine.replay(events, amount: 100 * sign)
            #expect(machine.state == state)
            #expect(machine.open == open * sign)
        }
    }

    @Test(arguments: [
        "", "approved", "instructed", "+100", "cleared", "drafted drafted", "drafted instructed",
        "drafted +100", "drafted ~100", "drafted approved approved", "drafted approved +100",
        "drafted approved-by-bob", "drafted approved instructed instructed",
        "drafted approved instructed +101", "drafted approved instructed -1",
        "drafted approved instructed +0", "drafted approved instructed ~100",
        "drafted approved instructed +100 +1", "drafted approved instructed +60 -61",
        "drafted approved instructed +60 ~39", "drafted approved instructed +60 ~40 +1",
        "drafted approved instructed +60 ~40 ~40", "carried-over approved", "carried-over +100",
        "carried-over ~99", "carried-over ~0",
    ])
    func `illegal events are refused`(words: String) throws {
        for sign: Int64 in [1, -1] {
            let events = try Self.events(words).map { $0.times(sign) }
            #expect(throws: SettlementRefusal.self) {
                try SettlementMachine.replay(events, amount: 100 * sign)
            }
        }
    }

    @Test func `a net of nothing is cleared and takes no further event`() throws {
        var machine = try SettlementMachine(amount: 0, .cleared)
        #expect(machine.state == .cleared)
        for word in ["approved", "instructed", "+1", "~0", "cleared"] {
            #expect(throws: SettlementRefusal.self) {
                _ = try machine.apply(try Self.event(word))
            }
        }
        #expect(throws: SettlementRefusal.illegal(nil, .drafted(by: nil))) {
            try SettlementMachine(amount: 0, .drafted(by: nil))
        }
    }

    @Test func `a refused event changes nothing`() throws {
        var machine = try SettlementMachine.replay(
            try Self.events("drafted approved instructed +60"), amount: 100)
        let before = machine
        #expect(throws: SettlementRefusal.exceeds(received: 41, expected: 40)) {
            _ = try machine.apply(.received(41, bankRef: "B"))
        }
        #expect(machine == before)
    }

    @Test func `extreme amounts do not overflow`() throws {
        for amount in [Int64.max, .min] {
            let events: [SettlementEvent] = [
                .drafted(by: nil), .approved(by: nil), .instructed,
                .received(amount, bankRef: "B"),
            ]
            #expect(try SettlementMachine.replay(events, amount: amount).state == .confirmed)
        }
    }

    @Test(
        arguments: [
            (
                "drafted approved instructed",
                "platform 1310 100, platform 1020 -100, "
                    + "harbor 1310 -100, harbor 1020 100"
            ),
            (
                "drafted approved instructed +100",
                "platform 1020 100, platform 1010 -100, "
                    + "harbor 1020 -100, harbor 1010 100"
            ),
            (
                "drafted approved instructed +60",
                "platform 1020 60, platform 1010 -60, harbor 1020 -60, harbor 1010 60, "
                    + "platform 1020 40, platform 1310 -40, harbor 1020 -40, harbor 1310 40"
            ),
            (
                "drafted approved instructed +100 -100",
                "platform 1020 -100, platform 1010 100, harbor 1020 100, harbor 1010 -100, "
                    + "platform 1020 100, platform 1310 -100, harbor 1020 -100, harbor 1310 100"
            ),
        ])
    func `the last event books in both books`(words: String, lines: String) throws {
        let events = try Self.events(words)
        var machine = try SettlementMachine.replay(events.dropLast(), amount: 100)
        let postings = try machine.apply(try #require(events.last)).flatMap {
            $0.postings(
                between: SampleLoan.platform, and: PartyID("harbor"), in: SampleLoan.dollars)
        }
        let text = postings.map { "\($0.book) \($0.account) \($0.amount)" }
        #expect(text.joined(separator: ", ") == lines)
        _ = try PostingGroup(postings)
    }
}

extension SettlementEvent {
    /// The same event where the partner pays.
    fileprivate func times(_ sign: Int64) -> SettlementEvent {
        switch self {
        case .received(let amount, let bankRef): .received(amount * sign, bankRef: bankRef)
        case .netted(let amount, let into): .netted(amount * sign, into: into)
        default: self
        }
    }
}
