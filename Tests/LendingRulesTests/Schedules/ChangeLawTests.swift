import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// What holds for every schedule, whatever happens to it.
struct ChangeLawTests {
    private static func drawTerms(_ random: inout SeededGenerator) throws -> ScheduleTerms {
        try sampleTerms {
            $0.principal = random.pick(1_00...5_000_000_00)
            $0.rate = AnnualRate(units: random.isOne(in: 9) ? 0 : random.pick(1...60_000_000))
            $0.method = random.pick(ScheduleMethod.allCases)
            $0.instalments = random.pick(1...30)
            $0.dayCount = random.pick(DayCount.allCases)
            $0.rounding = random.pick(Rounding.allCases)
            $0.instalmentRounding = random.pick(Rounding.allCases)
            if random.isOne(in: 3) {
                $0.firstDueOn = $0.disbursedOn.adding(days: random.pick(1...80))
            }
            if $0.method == .statementCycle { return }
            if random.isOne(in: 3) { $0.interestGrace = random.pick(1...3) }
            if !$0.method.repaysAtEnd, random.isOne(in: 3) {
                $0.principalGrace = random.pick(1...3)
            }
            if $0.method == .principalGrace { $0.principalGrace = random.pick(1...3) }
        }
    }

    private static func drawChange(
        _ schedule: Schedule, on date: BusinessDate, _ random: inout SeededGenerator
    ) throws -> ScheduleChange {
        let open = schedule.instalments[
            min(schedule.dueCount(on: date), schedule.instalments.count - 1)]
        switch random.pick(0...6) {
        case 0: return .rate(AnnualRate(units: random.pick(0...40_000_000)), on: date)
        case 1: return .tranche(random.pick(1...100_000_00), on: date)
        case 2: return .dueDates(next: date.adding(days: random.pick(1...50)), on: date)
        case 3: return .extended(by: random.pick(1...5), on: date)
        case 4:
            return .restructured(
                Restructuring(
                    principal: random.pick(1...1_000_000_00), rate: AnnualRate(units: 5_000_000),
                    method: random.pick([.equalInstalment, .equalPrincipal, .flat]),
                    instalments: random.pick(1...12)), on: date)
        default:
            let owed = try schedule.openInterest(before: date)
            let principal = max(0, open.openingBalance + open.movement)
            return .repayment(
                interest: random.isOne(in: 3) ? owed : random.pick(0...max(0, owed)),
                principal: random.isOne(in: 8) ? principal : random.pick(0...principal), on: date,
                random.pick([.lowerInstalment, .shortenTerm]))
        }
    }

    @Test func `however a schedule changes it repays, and what accrues lands on what is billed`()
        throws
    {
        try Property.check(20_000) { random in
            let terms = try Self.drawTerms(&random)
            guard var schedule = try? Schedule.build(terms) else { return }
            try Self.checkLaws(schedule)
            var day = terms.disbursedOn
            for _ in 0..<random.pick(1...5) {
                day = day.adding(days: random.pick(0...60))
                let change = try Self.drawChange(schedule, on: day, &random)
                guard let changed = try? schedule.changed(change) else { continue }
                let due = schedule.dueCount(on: day)
                try hold(
                    changed.instalments.prefix(due) == schedule.instalments.prefix(due),
                    "\(change) touched what was due")
                schedule = changed
                try Self.checkLaws(schedule)
            }
        }
    }

    private static func checkLaws(_ schedule: Schedule) throws {
        for (index, instalment) in schedule.instalments.enumerated() {
            let next =
                index + 1 < schedule.instalments.count ? schedule.instalments[index + 1] : nil
            try hold(
                instalment.principal >= 0 && instalment.payableInterest >= 0
                    && instalment.balance >= 0, "\(instalment) is below zero")
            try hold(
                next.map {
                    $0.openingBalance == instalment.balance && $0.startsOn == instalment.dueOn
                }
                    ?? (instalment.balance == 0), "\(instalment) then \(next as Any)")
            let billed = instalment.interest + (next?.carried ?? 0)
            let accrued = try schedule.accruedInterest(of: index, days: instalment.days)
            try hold(accrued == billed, "\(index): accrued \(accrued), billed \(billed)")
            var last = instalment.carried
            let days = instalment.days
            for day in [0, min(1, days), days / 2, days - 1, days].sorted() {
                let accrued = try schedule.accruedInterest(of: index, days: day)
                try hold(accrued >= last, "\(index): accrual falls on day \(day)")
                last = max(last, accrued)
            }
        }
    }

    @Test func `a repayment is a fresh loan with an irregular first period`() throws {
        try Property.check(5_000) { random in
            let terms = try sampleTerms {
                $0.principal = random.pick(1_000_00...1_000_000_00)
                $0.rate = AnnualRate(units: random.pick(1...40_000_000))
                $0.dayCount = random.pick([.actual365Fixed, .actual360, .actualActualISDA])
                $0.disbursedOn = try date("2026-01-15")
            }
            let schedule = try Schedule.build(terms)
            let day = terms.disbursedOn.adding(days: random.pick(0...300))
            let due = schedule.dueCount(on: day)
            let owed = try schedule.openInterest(before: day)
            let open = schedule.instalments[due]
            let principal = random.pick(1...open.openingBalance - 1)
            let changed = try schedule.changed(
                .repayment(interest: owed, principal: principal, on: day, .lowerInstalment))
            var fresh = terms
            fresh.principal = open.openingBalance - principal
            (fresh.disbursedOn, fresh.firstDueOn) = (day, open.dueOn)
            fresh.instalments = 12 - due
            guard let loan = try? Schedule.build(fresh) else { return }
            // What is paid early is rounded: the level instalment may differ by a cent.
            let difference = abs(loan.instalments[0].total - changed.instalments[due].total)
            try hold(difference <= (due == 11 ? 2 : 1), "\(terms) on \(day): \(difference)")
        }
    }
}
