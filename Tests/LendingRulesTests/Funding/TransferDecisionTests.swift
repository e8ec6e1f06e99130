import BusinessCalendar
import LendingRules
import TestSupport
import Testing

/// What becomes of shares that are asked for after the payout.
struct TransferDecisionTests {
    private static let platform = PartyID("platform")
    private static let harbor = PartyID("harbor")
    private static let summit = PartyID("summit")
    private static let plan = SharePlan(shares: [
        PlannedShare(party: platform, amount: 20), PlannedShare(party: harbor, amount: 50),
        PlannedShare(party: summit, amount: 30),
    ])

    /// States of harbor's and summit's requests, and what harbor has accepted.
    private static func decision(
        _ states: (RequestState, RequestState), held: Int64 = 50, late: Bool = false,
        last: Bool = false, whole: Bool = true
    ) -> TransferDecision {
        TransferStanding(
            plan: plan,
            asked: [
                AskedLender(party: summit, state: states.1, amount: 30),
                AskedLender(party: harbor, state: states.0, amount: held),
            ], platform: platform, isTooLate: late, isLastCall: last, isWhole: whole
        ).decision
    }

    private static let allOfBoth = [
        ShareMove(from: harbor, to: platform, amount: 50),
        ShareMove(from: summit, to: platform, amount: 30),
    ]

    @Test func `what every lender accepts changes hands`() {
        #expect(Self.decision((.accepted, .accepted)) == .transfer([]))
        #expect(Self.decision((.accepted, .accepted), last: true) == .transfer([]))
    }

    @Test(arguments: [RequestState.refused, .reversing, .reversed, .reversalRefused])
    func `what one does not accept stays with the originator`(state: RequestState) {
        #expect(
            Self.decision((.accepted, state))
                == .transfer([ShareMove(from: Self.summit, to: Self.platform, amount: 30)]))
        #expect(Self.decision((state, state)) == .keep(Self.allOfBoth))
    }

    @Test func `a part is taken over, the rest of it stays`() {
        #expect(
            Self.decision((.accepted, .accepted), held: 40)
                == .transfer([ShareMove(from: Self.harbor, to: Self.platform, amount: 10)]))
    }

    @Test(arguments: [RequestState.planned, .pending, .inDoubt])
    func `an open answer is waited for until the last date, then given up`(state: RequestState) {
        #expect(Self.decision((.accepted, state)) == .wait)
        #expect(
            Self.decision((.accepted, state), last: true)
                == .transfer([ShareMove(from: Self.summit, to: Self.platform, amount: 30)]))
        #expect(Self.decision((.accepted, state), late: true) == .keep(Self.allOfBoth))
        #expect(Self.decision((.accepted, state), whole: false) == .keep(Self.allOfBoth))
    }

    @Test func `nothing is decided over a request on the wire`() {
        for (late, last, whole) in [
            (true, false, true), (false, true, true), (false, false, false),
        ] {
            #expect(
                Self.decision((.accepted, .sent), late: late, last: last, whole: whole) == .wait)
        }
    }

    @Test func `nothing changes hands too late, or of claims that are no longer whole`() {
        #expect(Self.decision((.accepted, .accepted), late: true) == .keep(Self.allOfBoth))
        #expect(Self.decision((.accepted, .accepted), whole: false) == .keep(Self.allOfBoth))
    }

    @Test func `the last date of a transfer counts from the disbursement`() throws {
        let mode = try #require(FundingMode(.afterPayout, transferDays: 15))
        let day = SampleLoan.date("2026-03-01")
        #expect(mode.lastTransfer(disbursedOn: day) == day.adding(days: 15))
        #expect(FundingMode.beforePayout.lastTransfer(disbursedOn: day) == nil)
        for (name, days) in [
            (.afterPayout, nil), (.afterPayout, 0), (.afterPayout, -1), (.beforePayout, 3),
        ] as [(FundingMode.Name, Int?)] {
            #expect(FundingMode(name, transferDays: days) == nil)
        }
    }
}
