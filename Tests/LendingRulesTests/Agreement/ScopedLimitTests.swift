import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Limits by what loans say, and limits that are a part of something.
struct ScopedLimitTests {
    private static let usd = SampleLoan.dollars
    private static let harbor = PartyID("harbor")
    private static let day = SampleLoan.date("2026-02-28")

    private static func key(
        _ scope: LimitScope, _ span: LimitSpan = .day, agreement: String = "duo"
    ) -> LimitKey {
        LimitKey(agreement: agreement, party: harbor, span: span, currency: usd, scope: scope)
    }

    private static func take(
        _ use: inout LimitUse, _ amount: Int64, borrower: String = "B", region: String = "GD",
        others: Int64 = 0
    ) -> [LimitShortage] {
        use.take(
            [
                PlannedShare(party: harbor, amount: amount),
                PlannedShare(party: PartyID("platform"), amount: others),
            ], agreement: "duo", currency: usd, on: day,
            traits: LoanTraits(
                borrower: borrower, region: region, grade: "", product: "instalment-loan"))
    }

    @Test func `a limit for each value holds for every value by itself`() {
        var use = LimitUse(limits: [Limit(Self.key(.each(.region)), amount: 100)], used: [:])
        #expect(Self.take(&use, 100).isEmpty)
        #expect(Self.take(&use, 1).map(\.slot.key.scope) == [.one(.region, "GD")])
        #expect(Self.take(&use, 100, region: "JS").isEmpty)
        #expect(Self.take(&use, 100, region: "").isEmpty)
        #expect(Self.take(&use, 1, region: "").map(\.left) == [0])
        // All of them together tell that values are counted, and have no limit.
        #expect(use.taken[LimitSlot(Self.key(.each(.region)), on: Self.day)] == 300)
    }

    @Test func `a limit of one value leaves the others alone, and both limits of it hold`() {
        let limits = [
            Limit(Self.key(.one(.region, "GD")), amount: 50),
            Limit(Self.key(.each(.region)), amount: 80),
            Limit(Self.key(.one(.borrower, "B")), amount: 60),
        ]
        var use = LimitUse(limits: limits, used: [:])
        #expect(Self.take(&use, 51).map(\.limit) == [50])
        #expect(Self.take(&use, 61).map(\.limit).sorted() == [50, 60])
        #expect(Self.take(&use, 80, borrower: "C", region: "JS").isEmpty)
        #expect(Self.take(&use, 81, borrower: "C", region: "HN").map(\.limit) == [80])
    }

    @Test func `only what is asked for is counted`() {
        var plain = LimitUse(limits: [Limit(Self.key(.all), amount: 100)], used: [:])
        #expect(Self.take(&plain, 10).isEmpty)
        #expect(plain.taken.keys.map(\.key.scope) == [.all])
        var scoped = LimitUse(limits: [Limit(Self.key(.each(.grade)), amount: 100)], used: [:])
        #expect(Self.take(&scoped, 10).isEmpty)
        #expect(Set(scoped.taken.keys.map(\.key.scope)) == [.each(.grade), .one(.grade, "")])
    }

    private static func part(
        _ share: Share, _ base: LimitBase, least: Int64, _ scope: LimitScope = .all
    ) -> Limit {
        Limit(key(scope, .outstanding), part: LimitPart(share, of: base, least: least))
    }

    @Test func `a part of the total rises with it, and never falls below that of the least base`()
        throws
    {
        let limit = Self.part(try Share("25%"), .total, least: 1_000)
        var use = LimitUse(limits: [limit], used: [:])
        #expect(Self.take(&use, 251).map(\.left) == [250])
        #expect(Self.take(&use, 250).isEmpty)
        #expect(Self.take(&use, 1).map(\.limit) == [250])
        // 250 of 1,004 with this loan: the total counts with all shares of it.
        #expect(Self.take(&use, 0, others: 750).isEmpty)
        let short = Self.take(&use, 2, others: 4)
        #expect(short.map(\.limit) == [251])
        #expect(short.map(\.part?.least) == [1_006])
        #expect(Self.take(&use, 1, others: 3).isEmpty)
        #expect(use.ceiling(of: limit, LimitSlot(limit.key, start: nil)) == 251)
    }

    @Test func `a value is a part of the lender's own, which rises with the share`() throws {
        let limit = Self.part(try Share("40%"), .own, least: 100, .each(.region))
        var use = LimitUse(limits: [limit], used: [:])
        #expect(Self.take(&use, 40, others: 900).isEmpty)
        #expect(Self.take(&use, 1).map(\.limit) == [40])
        #expect(Self.take(&use, 40, region: "JS").isEmpty)
        #expect(Self.take(&use, 40, region: "HN").isEmpty)
        // 53 of 133, but not 54 of 134.
        let room = use.room(of: Self.shares("GD"), principal: 500)
        #expect(room == 13)
        #expect(Self.take(&use, 14).map(\.limit) == [53])
        #expect(Self.take(&use, 13).isEmpty)
    }

    private static func shares(_ region: String) -> LimitedShares {
        LimitedShares(
            agreement: "duo", party: harbor, currency: usd, bookedOn: day,
            traits: LoanTraits(borrower: "B", region: region, grade: "", product: ""))
    }

    @Test func `the room of a share is what it may be, to the last cent`() throws {
        try Property.check(20_000) { draw in
            let share = try Share(draw.pick(1...99 as ClosedRange<Int64>), of: 100)
            let base: LimitBase = draw.pick(0...1 as ClosedRange<Int>) == 0 ? .own : .total
            let limit = Self.part(
                share, base, least: draw.pick(1...500 as ClosedRange<Int64>), .each(.region))
            var use = LimitUse(limits: [limit], used: [:])
            for _ in 0..<10 {
                let principal = draw.pick(1...900 as ClosedRange<Int64>)
                let region = ["GD", "JS", ""][draw.pick(0...2 as ClosedRange<Int>)]
                let room = use.room(of: Self.shares(region), principal: principal) ?? 0
                let asked = draw.pick(0...principal)
                let isShort = !use.shortages(asked, of: Self.shares(region), principal: principal)
                    .isEmpty
                try hold(isShort == (asked > room), "\(asked) of \(room), \(limit)")
                let short = Self.take(
                    &use, asked, region: region, others: principal - asked)
                try hold(short.isEmpty == (asked <= room), "\(asked) of \(room): \(short)")
            }
        }
    }

    @Test func `of figures the latest by the date holds, before the first the first`() throws {
        let limits = [("2026-01-01", 100), ("2026-03-01", 300)].map { date, least in
            Limit(
                Self.key(.all, .outstanding),
                part: LimitPart(Self.half, of: .figure(.loanBook), least: Int64(least)),
                from: SampleLoan.date(date))
        }
        let plain = Limit(Self.key(.all), amount: 7)
        for (date, amount) in [("2025-12-01", 50), ("2026-02-28", 50), ("2026-03-01", 150)] {
            let found = ([plain] + limits).inForce(on: SampleLoan.date(date))
            #expect(found.map(\.amount) == [7, Int64(amount)])
        }
    }

    private static let half: Share = {
        guard let half = try? Share(1, of: 2) else { preconditionFailure("a half is a share") }
        return half
    }()

    @Test func `a count adds shares by value, and principal by loan where values are told`() {
        let traits = LoanTraits(borrower: "", region: "GD", grade: "", product: "")
            .only([.region])
        let claim = LimitClaim(
            agreement: "duo", party: Self.harbor, currency: Self.usd, bookedOn: Self.day,
            request: .accepted, loan: .funding, traits: traits, amount: 700)
        let byBook = LentPrincipal(
            agreement: "duo", party: Self.harbor, currency: Self.usd, amount: 50)
        let byLoan = LentPrincipal(
            agreement: "duo", party: Self.harbor, currency: Self.usd, traits: traits, amount: 50)
        let count = LimitCount(claims: [claim], principal: [byBook, byLoan], posted: nil)
        for scope in [.all, .each(.region), .one(.region, "GD")] as [LimitScope] {
            let slot = LimitSlot(Self.key(scope, .outstanding), start: nil)
            #expect(count.used[slot] == 750, "\(scope)")
            #expect(count.used[LimitSlot(Self.key(scope), on: Self.day)] == 700, "\(scope)")
        }
        let total = LimitSlot(Self.key(.all, .outstanding).total, start: nil)
        #expect(count.used[total] == 750)
        #expect(count.used.keys.filter { $0.key.scope.dimension == .grade }.isEmpty)
    }
}
