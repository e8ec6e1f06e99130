import Bookkeeping
import LendingRules
import TestSupport
import Testing

/// What the answers of all lenders mean together.
struct FundingDecisionTests {
    @Test(
        arguments: [
            ("", RefusalRule.platform, "payOut"), ("accepted", .platform, "payOut"),
            ("accepted confirmed", .platform, "payOut"), ("accepted planned", .platform, "wait"),
            ("accepted sent", .platform, "wait"), ("accepted pending", .platform, "wait"),
            ("accepted in-doubt", .platform, "wait"), ("refused in-doubt", .platform, "wait"),
            ("accepted refused", .platform, "b>p 100"),
            ("refused refused", .platform, "a>p 100 b>p 100"),
            ("accepted reversed", .platform, "b>p 100"),
            ("accepted reversing", .platform, "b>p 100"),
            ("accepted reversal-refused", .platform, "b>p 100"),
            ("accepted reversal-in-doubt", .platform, "b>p 100"),
            ("reversing in-doubt", .platform, "wait"),
            ("", .decline, "payOut"), ("accepted accepted", .decline, "payOut"),
            ("refused pending", .decline, "wait"), ("refused in-doubt", .decline, "wait"),
            ("accepted refused", .decline, "decline a"),
            ("refused accepted accepted", .decline, "decline b c"),
            ("accepted reversing", .decline, "decline a"),
            ("refused refused", .decline, "decline"), ("reversed refused", .decline, "decline"),
        ])
    func `money moves only when every share is accepted, and a refusal waits for the others`(
        states: String, rule: RefusalRule, expected: String
    ) throws {
        let standing = try Self.standing(states, onRefusal: rule)
        #expect(Self.text(standing.decision) == expected)
    }

    @Test(
        arguments: [
            ("accepted refused", "x", RefusalRule.decline, "", "b>x 100"),
            ("accepted reversing", "x y", .platform, "", "b>x 100"),
            ("refused refused", "x y", .decline, "", "a>x 100 b>y 100"),
            ("refused refused", "x", .platform, "", "a>x 100 b>p 100"),
            ("accepted refused refused", "x", .decline, "", "decline a"),
            ("accepted refused", "x y", .decline, "x", "b>y 100"),
            ("accepted refused", "x y", .platform, "x y", "b>p 100"),
            ("accepted refused", "x", .platform, "x p", "decline a"),
            ("accepted refused", "a b x", .decline, "", "b>x 100"),
            ("accepted refused", "a b", .decline, "", "decline a"),
            ("in-doubt refused", "x", .decline, "", "wait"),
        ])
    func `banks are asked in order, past whoever was asked before or has no room`(
        states: String, fallback: String, rule: RefusalRule, full: String, expected: String
    ) throws {
        let standing = try Self.standing(
            states, onRefusal: rule, fallback: fallback, full: full)
        #expect(Self.text(standing.decision) == expected)
    }

    @Test(
        arguments: [
            ("accepted:60", "a>x 40"), ("accepted:60 refused", "a>x 40 b>p 100"),
            ("accepted:100", "payOut"), ("accepted:1 accepted:99", "a>x 99 b>p 1"),
            ("accepted:60 in-doubt", "wait"), ("in-doubt:60", "wait"),
        ])
    func `who accepted a part keeps it, and the rest goes the way of a refusal`(
        states: String, expected: String
    ) throws {
        let standing = try Self.standing(states, onRefusal: .platform, fallback: "x")
        #expect(Self.text(standing.decision) == expected)
    }

    @Test func `who was given up with keeps nobody waiting once its share has moved`() throws {
        let plan = SharePlan(shares: [PlannedShare(party: PartyID("x"), amount: 100)])
        for (state, expected) in [(RequestState.accepted, "payOut"), (.planned, "wait")] {
            let standing = FundingStanding(
                plan: plan,
                asked: [
                    AskedLender(party: PartyID("a"), state: .reversing, amount: 100),
                    AskedLender(party: PartyID("x"), state: state, amount: 100),
                ], platform: PartyID("p"), fallback: [PartyID("x")], onRefusal: .decline)
            #expect(Self.text(standing.decision) == expected)
        }
    }

    @Test(arguments: RefusalRule.allCases)
    func `the order of the answers changes no decision`(rule: RefusalRule) throws {
        for first in RequestState.allCases {
            for second in RequestState.allCases {
                let one = try Self.standing(
                    "\(first.rawValue) \(second.rawValue)", onRefusal: rule, fallback: "x y")
                let other = FundingStanding(
                    plan: one.plan, asked: one.asked.reversed(), platform: one.platform,
                    fallback: one.fallback, onRefusal: rule)
                #expect(one.decision == other.decision, "\(first) and \(second)")
            }
        }
    }

    /// Lenders `a`, `b`, `c` of 100 each in the states given, `state:held` for what one holds.
    private static func standing(
        _ states: String, onRefusal: RefusalRule, fallback: String = "", full: String = ""
    ) throws -> FundingStanding {
        func parties(_ text: String) -> [PartyID] {
            text.split(separator: " ").map { PartyID(String($0)) }
        }
        let lenders = parties("a b c")
        let asked = try states.split(separator: " ").enumerated().map { number, text in
            let words = text.split(separator: ":").map(String.init)
            return AskedLender(
                party: lenders[number], state: try #require(RequestState(rawValue: words[0])),
                amount: words.count > 1 ? try #require(Int64(words[1])) : 100)
        }
        return FundingStanding(
            plan: SharePlan(shares: asked.map { PlannedShare(party: $0.party, amount: 100) }),
            asked: asked, platform: PartyID("p"), fallback: parties(fallback),
            onRefusal: onRefusal, full: Set(parties(full)))
    }

    @Test
    func `a commitment is a memorandum of one book and vanishes when it is released`() throws {
        let asked = Commitment.postings(
            party: PartyID("harbor"), currency: SampleLoan.dollars, amount: 700)
        let released = Commitment.postings(
            party: PartyID("harbor"), currency: SampleLoan.dollars, amount: -700)
        #expect(asked.map(\.account) == [.commitments, .commitmentsContra])
        #expect(asked.map(\.amount) == [700, -700])
        #expect(zip(asked, released).allSatisfy { $0.amount + $1.amount == 0 })
        #expect(try PostingGroup(asked).postings == asked)
        let nothing = Commitment.postings(
            party: PartyID("harbor"), currency: SampleLoan.dollars, amount: 0)
        #expect(nothing.isEmpty)
    }

    private static func text(_ decision: FundingDecision) -> String {
        switch decision {
        case .wait: "wait"
        case .payOut: "payOut"
        case .move(let moves):
            moves.map { "\($0.from)>\($0.to) \($0.amount)" }.joined(separator: " ")
        case .decline(let parties): (["decline"] + parties.map(\.name)).joined(separator: " ")
        }
    }
}
