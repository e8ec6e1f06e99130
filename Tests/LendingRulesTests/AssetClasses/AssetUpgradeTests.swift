import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// How a claim comes into a better class again.
struct AssetUpgradeTests {
    private static func life(_ upgrade: AssetUpgrade) throws -> ClaimLife {
        ClaimLife(
            AssetRules(ladder: try #require(AssetLadder.china), upgrade: upgrade),
            from: SampleLoan.date("2026-01-01"))
    }

    @Test func `some of the arrears paid changes nothing, all of them everything`() throws {
        var life = try Self.life(.standard)
        #expect(life.live(95, from: 1) == AssetStanding(.substandard))
        #expect(life.live(20, from: 40) == AssetStanding(.substandard), "40 days are left")
        #expect(life.live(1, from: 0) == .normal)
    }

    @Test func `where days alone count, fewer are enough`() throws {
        var life = try Self.life(AssetUpgrade(condition: .fewerDays))
        life.live(95, from: 1)
        #expect(life.live(1, from: 40) == AssetStanding(.specialMention))
        #expect(life.live(1, from: 0) == .normal)
    }

    /// Bad on 1 April, all arrears paid on 5 April: six months without arrears end on 5 October.
    @Test func `a claim that was bad is observed for months from the day it is free of arrears`()
        throws
    {
        var life = try Self.life(AssetUpgrade(observationMonths: 6))
        life.live(94, from: 1)
        #expect(life.date == SampleLoan.date("2026-04-05"))
        let until = SampleLoan.date("2026-10-05")
        let observed = AssetStanding(.substandard, observedUntil: until)
        #expect(life.live(1, from: 0) == observed)
        #expect(life.live(until.days(since: life.date), from: 0) == observed)
        #expect(life.date == until && life.live(1, from: 0) == .normal)
    }

    @Test func `arrears under observation begin it anew`() throws {
        var life = try Self.life(AssetUpgrade(observationMonths: 1))
        life.live(94, from: 1)
        life.live(20, from: 0)
        #expect(life.live(3, from: 1) == AssetStanding(.substandard))
        // Free of arrears again on 28 April.
        #expect(
            life.live(1, from: 0)
                == AssetStanding(.substandard, observedUntil: SampleLoan.date("2026-05-28")))
        #expect(
            life.live(29, from: 0)
                == AssetStanding(.substandard, observedUntil: SampleLoan.date("2026-05-28")))
        #expect(life.live(1, from: 0) == .normal)
    }

    @Test func `a month that lacks the day ends the observation on its last one`() throws {
        let rules = AssetRules(
            ladder: try #require(AssetLadder.china), upgrade: AssetUpgrade(observationMonths: 1))
        let standing = rules.standing(
            after: AssetStanding(.substandard), ClaimStatus(daysPastDue: 0),
            on: SampleLoan.date("2026-01-31"))
        #expect(standing.observedUntil == SampleLoan.date("2026-02-28"))
    }

    @Test func `claims of special mention are observed where that is said`() throws {
        var plain = try Self.life(AssetUpgrade(observationMonths: 1))
        plain.live(10, from: 1)
        #expect(plain.live(1, from: 0) == .normal)
        var strict = try Self.life(
            AssetUpgrade(observationMonths: 1, observedFrom: .specialMention))
        strict.live(10, from: 1)
        #expect(strict.live(1, from: 0).assetClass == .specialMention)
    }

    @Test func `out of the books it stays bad until income is booked again`() throws {
        let ladder = try #require(
            AssetLadder([.init(.substandard, from: 91)], nonAccrualFloor: .substandard))
        var life = ClaimLife(AssetRules(ladder: ladder), from: SampleLoan.date("2026-01-01"))
        life.live(100, from: 1, isNonAccrual: true)
        #expect(life.live(5, from: 0, isNonAccrual: true) == AssetStanding(.substandard))
        #expect(life.live(1, from: 0) == .normal)
    }

    @Test func `what is settled is normal, what is written off never gets better`() throws {
        let rules = AssetRules(
            ladder: try #require(AssetLadder.china), upgrade: AssetUpgrade(observationMonths: 6))
        let bad = AssetStanding(.doubtful)
        func next(_ isOpen: Bool, _ isChargedOff: Bool) -> AssetStanding {
            rules.standing(
                after: bad,
                ClaimStatus(daysPastDue: 0, isChargedOff: isChargedOff, isOpen: isOpen),
                on: SampleLoan.date("2026-06-01"))
        }
        #expect(next(false, false) == .normal)
        #expect(next(false, true) == bad && next(true, true) == bad)
    }

    @Test func `a class is never better than the days alone say`() throws {
        try Property.check(2_000) { random in
            let upgrade = AssetUpgrade(
                condition: random.pick(AssetUpgrade.Condition.allCases),
                observationMonths: random.pick(0...3),
                observedFrom: random.pick(AssetClass.allCases))
            guard let ladder = random.pick([AssetLadder.china, .short]) else { return }
            var life = ClaimLife(
                AssetRules(ladder: ladder, upgrade: upgrade), from: SampleLoan.date("2026-01-01"))
            for _ in 0..<12 {
                let start = random.isOne(in: 3) ? 0 : random.pick(1...400)
                let days = random.pick(1...40)
                let standing = life.live(days, from: start)
                let byDays = ladder.assetClass(
                    of: ClaimStatus(daysPastDue: start == 0 ? 0 : start + days - 1))
                try hold(standing.assetClass >= byDays, "\(standing) is better than \(byDays)")
                let isObserved = standing.observedUntil != nil
                try hold(!isObserved || start == 0, "observed with arrears")
                try hold(!isObserved || standing.assetClass > .normal, "observed and normal")
            }
            let standing = life.live(100, from: 0)
            try hold(standing == .normal, "after 100 days without arrears: \(standing)")
        }
    }
}
