import Bookkeeping
import LendingRules
import Monetary
import Testing

/// What a dispute holds, and what it books (RULES § 7).
struct DisputeTests {
    @Test(
        arguments: [
            (100, 90, .lower, 10), (90, 100, .lower, 0), (100, 100, .lower, 0),
            (-100, -90, .lower, -10), (-90, -100, .lower, 0), (100, -90, .lower, 100),
            (-100, 90, .lower, -100), (100, 0, .lower, 100), (0, 100, .lower, 0),
            (100, nil, .lower, 100), (-100, nil, .lower, -100), (nil, 100, .lower, 0),
            (nil, nil, .lower, 0),
            (100, 90, .ours, 0), (90, 100, .ours, 0), (100, nil, .ours, 100),
            (nil, 100, .ours, 0),
            (100, 90, .theirs, 10), (90, 100, .theirs, -10), (100, nil, .theirs, 100),
            (nil, 100, .theirs, 0),
        ] as [(Int64?, Int64?, SettleOn, Int64)])
    func `what is held is what ours has beyond the figure that settles`(
        ours: Int64?, theirs: Int64?, rule: SettleOn, held: Int64
    ) throws {
        #expect(try DisputedDue(ours: ours, theirs: theirs).held(rule) == held)
    }

    @Test(
        arguments: [(100, 90, -10), (90, 100, 10), (nil, 100, 100), (100, nil, -100)]
            as [(Int64?, Int64?, Int64)])
    func `the correction brings ours to theirs`(ours: Int64?, theirs: Int64?, amount: Int64) throws
    {
        #expect(try DisputedDue(ours: ours, theirs: theirs).correction() == amount)
    }

    @Test func `amounts too far apart are an error`() {
        #expect(throws: AmountError.overflow) {
            try DisputedDue(ours: .min, theirs: 1).correction()
        }
    }

    @Test(
        arguments: [
            (
                .held,
                [
                    "platform 1310 harbor 500", "platform 1320 harbor -500",
                    "harbor 1310 platform -500", "harbor 1320 platform 500",
                ]
            ),
            (
                .released,
                [
                    "platform 1310 harbor -500", "platform 1320 harbor 500",
                    "harbor 1310 platform 500", "harbor 1320 platform -500",
                ]
            ),
            (
                .rounding,
                [
                    "platform 1310 harbor -500", "platform 5070  500",
                    "harbor 1310 platform 500", "harbor 5070  -500",
                ]
            ),
            (
                .correction,
                [
                    "platform 1310 harbor -500", "platform 1190  500",
                    "harbor 1310 platform 500", "harbor 1190  -500",
                ]
            ),
            (
                .writeOff,
                [
                    "platform 1310 harbor -500", "platform 5070  500",
                    "harbor 1310 platform 500", "harbor 5070  -500",
                ]
            ),
        ] as [(DisputeMovementKind, [String])])
    func `a movement books these lines, balanced and mirrored`(
        kind: DisputeMovementKind, lines: [String]
    ) throws {
        let dollars = try #require(Currency(code: "USD"))
        let postings = DisputeMovement(kind, currency: dollars, amount: 500)
            .postings(with: PartyID("harbor"), platform: PartyID("platform"))
        #expect(
            postings.map {
                "\($0.book) \($0.account) \($0.counterparty?.name ?? "") \($0.amount)"
            } == lines)
        _ = try PostingGroup(postings)
        #expect(kind.entryKind.isOfDispute)
    }

    @Test func `what is held is no obligation, everything else of a dispute is one`() {
        for kind in DisputeMovementKind.allCases {
            #expect((ObligationType(kind.entryKind) == nil) == [.held, .claimed].contains(kind))
        }
    }
}
