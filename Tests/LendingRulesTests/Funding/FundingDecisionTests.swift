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
            ("accepted refused", .platform, "takeOver 1"),
            ("refused refused", .platform, "takeOver 0 1"),
            ("accepted reversed", .platform, "takeOver 1"),
            ("accepted reversing", .platform, "wait"),
            ("accepted reversal-refused", .platform, "wait"),
            ("accepted reversal-in-doubt", .platform, "wait"),
            ("", .decline, "payOut"), ("accepted accepted", .decline, "payOut"),
            ("refused pending", .decline, "wait"), ("refused in-doubt", .decline, "wait"),
            ("accepted refused", .decline, "decline 0"),
            ("refused accepted accepted", .decline, "decline 1 2"),
            ("refused refused", .decline, "decline"), ("reversed refused", .decline, "decline"),
        ])
    func `money moves only when every share is accepted, and a refusal waits for the others`(
        states: String, rule: RefusalRule, expected: String
    ) throws {
        let requests = try states.split(separator: " ").enumerated().map { number, state in
            (
                party: PartyID("\(number)"),
                state: try #require(RequestState(rawValue: String(state)))
            )
        }
        let decision = FundingDecision.decide(requests: requests, onRefusal: rule)
        #expect(Self.text(decision) == expected)
    }

    @Test(arguments: RefusalRule.allCases)
    func `the order of the answers changes no decision`(rule: RefusalRule) {
        for first in RequestState.allCases {
            for second in RequestState.allCases {
                let requests = [
                    (party: PartyID("a"), state: first), (party: PartyID("b"), state: second),
                ]
                let decisions = [requests, requests.reversed()].map {
                    Self.text(FundingDecision.decide(requests: $0, onRefusal: rule))
                        .split(separator: " ").sorted()
                }
                #expect(decisions[0] == decisions[1], "\(first) and \(second)")
            }
        }
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
        case .takeOver(let parties): (["takeOver"] + parties.map(\.name)).joined(separator: " ")
        case .decline(let parties): (["decline"] + parties.map(\.name)).joined(separator: " ")
        }
    }
}
