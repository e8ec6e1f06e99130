import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

struct LimitTests {
    private static let usd = SampleLoan.dollars
    private static let harbor = PartyID("harbor")
    private static let platform = PartyID("platform")
    private static let day = SampleLoan.date("2026-02-28")

    private static func limit(
        _ span: LimitSpan, _ amount: Int64, of party: PartyID = harbor, agreement: String = "duo"
    ) -> Limit {
        Limit(
            LimitKey(agreement: agreement, party: party, span: span, currency: usd),
            amount: amount)
    }

    private static func take(
        _ use: inout LimitUse, _ amount: Int64, of party: PartyID = harbor,
        agreement: String = "duo", on date: BusinessDate = day
    ) -> [LimitShortage] {
        use.take(
            [PlannedShare(party: party, amount: amount)], agreement: agreement, currency: usd,
            on: date)
    }

    @Test(
        arguments: [
            (LimitSpan.day, "2026-02-28", "2026-02-28"), (.day, "2026-03-01", "2026-03-01"),
            (.month, "2026-02-28", "2026-02-01"), (.month, "2026-03-01", "2026-03-01"),
            (.month, "2024-02-29", "2024-02-01"), (.outstanding, "2026-02-28", nil),
        ] as [(LimitSpan, String, String?)])
    func `a period begins where the calendar says`(span: LimitSpan, date: String, start: String?) {
        #expect(span.start(on: SampleLoan.date(date))?.description == start)
    }

    @Test func `a share is taken up to the last cent, and not a cent more`() {
        var use = LimitUse(limits: [Self.limit(.day, 1_000)], used: [:])
        #expect(Self.take(&use, 999).isEmpty)
        #expect(Self.take(&use, 2).map(\.left) == [1])
        #expect(Self.take(&use, 1).isEmpty)
        #expect(Self.take(&use, 1).map(\.left) == [0])
        #expect(use.taken.values.sorted() == [1_000])
    }

    @Test func `a loan takes all its shares or none`() {
        let limits = [Self.limit(.day, 500), Self.limit(.day, 100, of: Self.platform)]
        var use = LimitUse(limits: limits, used: [:])
        let shares = [
            PlannedShare(party: Self.platform, amount: 101),
            PlannedShare(party: Self.harbor, amount: 500),
        ]
        let short = use.take(shares, agreement: "duo", currency: Self.usd, on: Self.day)
        #expect(short.map(\.slot.key.party) == [Self.platform])
        #expect(use.taken.isEmpty)
        #expect(Self.take(&use, 500).isEmpty)
    }

    @Test func `a limit over all agreements counts them together, one of an agreement its own`() {
        let limits = [Self.limit(.month, 300), Self.limit(.month, 500, agreement: "")]
        var use = LimitUse(limits: limits, used: [:])
        #expect(Self.take(&use, 250).isEmpty)
        #expect(Self.take(&use, 250, agreement: "trio").isEmpty)
        let short = Self.take(&use, 51)
        #expect(short.map(\.slot.key.agreement) == ["duo", ""])
        #expect(short.map(\.left) == [50, 0])
    }

    @Test func `each day and month begins anew, what is outstanding does not`() {
        let limits = LimitSpan.allCases.map { Self.limit($0, $0 == .outstanding ? 250 : 100) }
        var use = LimitUse(limits: limits, used: [:])
        #expect(Self.take(&use, 100).isEmpty)
        #expect(Self.take(&use, 100, on: Self.day.adding(days: 1)).isEmpty)
        let short = Self.take(&use, 100, on: Self.day.adding(days: 2))
        #expect(short.map(\.slot.key.span) == [.month, .outstanding])
    }

    @Test func `facts may have taken more than there is: then nothing is left`() {
        let limit = Self.limit(.outstanding, 100)
        var use = LimitUse(limits: [limit], used: [LimitSlot(limit.key, start: nil): 150])
        #expect(Self.take(&use, 1).map(\.left) == [0])
    }

    @Test func `what is used without a limit is counted all the same`() {
        let slot = LimitSlot(Self.limit(.day, 1).key, on: Self.day)
        var use = LimitUse(limits: [], used: [slot: 7])
        #expect(Self.take(&use, .max / 2).isEmpty)
        #expect(use.taken == [slot: .max / 2])
    }

    @Test func `amounts at the edge of 64 bits neither trap nor wrap`() {
        var use = LimitUse(
            limits: [Self.limit(.outstanding, .max)],
            used: [LimitSlot(Self.limit(.outstanding, 1).key, start: nil): -.max])
        #expect(Self.take(&use, .max).isEmpty)
    }

    @Test func `random loans never take more than a limit, and only what does not fit is refused`()
        throws
    {
        try Property.check(20_000) { draw in
            let limits = [
                Self.limit(.day, draw.pick(1...5_000 as ClosedRange<Int64>)),
                Self.limit(.month, draw.pick(1...9_000 as ClosedRange<Int64>), agreement: ""),
                Self.limit(.outstanding, draw.pick(1...9_000 as ClosedRange<Int64>)),
            ]
            var use = LimitUse(limits: limits, used: [:])
            for _ in 0..<50 {
                let amount = draw.pick(1...900 as ClosedRange<Int64>)
                let date = Self.day.adding(days: draw.pick(0...3 as ClosedRange<Int>))
                let before = use.taken
                let short = Self.take(&use, amount, on: date)
                let hasRoom = limits.allSatisfy {
                    (before[LimitSlot($0.key, on: date)] ?? 0) + amount <= $0.amount
                }
                try hold(short.isEmpty == hasRoom, "\(amount) on \(date): \(short)")
            }
            for (slot, taken) in use.taken {
                let limit = limits.first { $0.key == slot.key }?.amount ?? 0
                try hold(taken <= limit, "\(slot) took \(taken) of \(limit)")
            }
        }
    }
}

/// What limits count of a share, by where it and its loan stand.
struct LimitClaimTests {
    private static let day = SampleLoan.date("2026-01-05")

    private static func claim(
        _ request: RequestState?, _ loan: LoanState = .funding, payout: PayoutState? = nil,
        disbursed: Int? = nil, undone: Int? = nil
    ) -> LimitClaim {
        LimitClaim(
            agreement: "duo", party: PartyID("harbor"), currency: SampleLoan.dollars,
            bookedOn: day, request: request, loan: loan, payout: payout,
            disbursedOn: disbursed.map { day.adding(days: $0) },
            undoneOn: undone.map { day.adding(days: $0) }, amount: 700)
    }

    @Test(arguments: RequestState.allCases)
    func `what the banks of a disbursed loan have yet to give back stays reserved`(
        state: RequestState
    ) {
        let isOfLoan = [.accepted, .confirmed, .returned].contains(state)
        let isBack = [.refused, .reversed].contains(state)
        let claim = Self.claim(state, .disbursed, disbursed: 2)
        #expect(claim.reserved(beyond: Self.day.adding(days: 1)) == (isBack ? 0 : 700))
        #expect(
            claim.reserved(beyond: Self.day.adding(days: 2)) == (isOfLoan || isBack ? 0 : 700))
    }

    @Test(arguments: RequestState.allCases)
    func `only what was refused, reversed or returned is given back`(state: RequestState) {
        let isBack = [.refused, .reversed, .returned].contains(state)
        #expect(Self.claim(state).isHeld != isBack)
        #expect(Self.claim(state).reserved(beyond: nil) == (isBack ? 0 : 700))
    }

    @Test(
        arguments: [
            (LoanState.funding, nil, nil, true), (.disbursed, .disbursed, nil, true),
            (.declined, nil, nil, false), (.cancelled, nil, 0, false),
            (.payoutFailed, .failed, nil, true), (.payoutFailed, .abandoned, nil, false),
            (.payoutFailed, nil, 0, false), (.payoutFailed, .disbursed, 0, false),
            (.payoutInDoubt, .inDoubt, nil, true),
        ] as [(LoanState, PayoutState?, Int?, Bool)])
    func `the platform's own share goes with its loan`(
        loan: LoanState, payout: PayoutState?, undone: Int?, isHeld: Bool
    ) {
        let disbursed = undone.map { _ in 0 }
        let claim = Self.claim(nil, loan, payout: payout, disbursed: disbursed, undone: undone)
        #expect(claim.isHeld == isHeld)
    }

    @Test(
        arguments: [
            (0, nil, -1, 700), (0, nil, 0, 0), (2, nil, 1, 700), (2, nil, 2, 0),
            (0, 0, -1, 0), (0, 1, -1, 700), (0, 1, 0, 0),
        ] as [(Int, Int?, Int, Int64)])
    func `a reservation ends where the books take over`(
        disbursed: Int, undone: Int?, posted: Int, reserved: Int64
    ) {
        let state: RequestState = undone == nil ? .confirmed : .returned
        let claim = Self.claim(state, .disbursed, disbursed: disbursed, undone: undone)
        #expect(claim.reserved(beyond: Self.day.adding(days: posted)) == reserved)
    }

    @Test(arguments: [RequestState.refused, .reversed])
    func `what another lender has taken over is not outstanding`(state: RequestState) {
        #expect(Self.claim(state, .disbursed, disbursed: 0).reserved(beyond: nil) == 0)
    }

    @Test func `a count adds shares and principal under every key`() {
        let lent = LentPrincipal(
            agreement: "trio", party: PartyID("harbor"), currency: SampleLoan.dollars, amount: 50)
        let count = LimitCount(
            claims: [Self.claim(.accepted), Self.claim(.refused), Self.claim(.confirmed)],
            principal: [lent], posted: nil)
        func used(_ span: LimitSpan, _ agreement: String) -> Int64? {
            let key = LimitKey(
                agreement: agreement, party: PartyID("harbor"), span: span,
                currency: SampleLoan.dollars)
            return count.used[LimitSlot(key, on: Self.day)]
        }
        #expect(used(.day, "duo") == 1_400)
        #expect(used(.month, "") == 1_400)
        #expect(used(.outstanding, "duo") == 1_400)
        #expect(used(.outstanding, "trio") == 50)
        #expect(used(.outstanding, "") == 1_450)
        #expect(used(.day, "trio") == nil)
    }
}
