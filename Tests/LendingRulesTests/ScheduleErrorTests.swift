import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

private func expectRefusal(
    _ expected: ScheduleError, _ change: (inout ScheduleTerms) throws -> Void
) throws {
    let terms = try sampleTerms(change)
    #expect(throws: expected) { try Schedule.build(terms) }
}

@Test func `terms outside the limits are refused`() throws {
    for principal in [0, -1, .min] as [Int64] {
        try expectRefusal(.principalNotPositive(principal)) { $0.principal = principal }
    }
    for count in [0, -1, .min, 10_001, .max] {
        try expectRefusal(.instalmentsOutOfRange(count, allowed: 1...10_000)) {
            $0.instalments = count
        }
    }
    for units in [-1, .min, 10_000_000_001, .max] as [Int64] {
        let rate = AnnualRate(units: units)
        try expectRefusal(.rateOutOfRange(rate, allowed: 0...10_000_000_000)) { $0.rate = rate }
    }
    for count in [0, -1, .min, .max] {
        let period = Period(count: count, unit: .weeks)
        try expectRefusal(.periodOutOfRange(period)) { $0.every = period }
    }
    for multiple in [0, -1, .min, .max] as [Int64] {
        try expectRefusal(.multipleOutOfRange(multiple, allowed: 1...1_000_000_000_000)) {
            $0.instalmentMultiple = multiple
        }
    }
}

@Test(arguments: ["2026-01-31", "2026-01-30", "0001-01-01"])
func `a first due date on or before the disbursement is refused`(text: String) throws {
    let first = try date(text)
    try expectRefusal(
        .firstDueNotAfterDisbursement(disbursedOn: date("2026-01-31"), firstDueOn: first)
    ) { $0.firstDueOn = first }
}

@Test(
    arguments: [
        ("9999-10-31", nil, Period.month, 3), ("9999-12-31", nil, .month, 1),
        ("9999-12-31", nil, Period(count: 1, unit: .days), 1),
        ("9998-12-31", nil, Period(count: 1, unit: .years), 2),
        ("2026-01-31", nil, Period(count: 3_652_059, unit: .years), 1),
        ("2026-01-31", nil, Period(count: 3_652_059, unit: .weeks), 1),
        ("2026-01-31", "9999-11-30", .month, 3),
    ] as [(String, String?, Period, Int)])
func `an instalment beyond the calendar is named`(
    disbursed: String, first: String?, every: Period, number: Int
) throws {
    try expectRefusal(.dueBeyondCalendar(number: number)) {
        $0.disbursedOn = try date(disbursed)
        $0.firstDueOn = try first.map { try date($0) }
        $0.every = every
    }
}

@Test func `an instalment below its own interest is refused`() throws {
    try expectRefusal(.instalmentBelowInterest(number: 1, instalment: 0, interest: 100_00)) {
        $0.instalmentMultiple = 1_000_00
        $0.instalmentRounding = .down
    }
    // A first period of three years bears more interest than one level instalment.
    try expectRefusal(
        .instalmentBelowInterest(number: 1, instalment: 1_196_38, interest: 3_600_00)
    ) { $0.firstDueOn = try date("2029-01-31") }
}

@Test func `amounts beyond 64 bits are refused`() throws {
    try expectRefusal(.amountOutOfRange) { $0.principal = .max }
    try expectRefusal(.amountOutOfRange) {
        $0.principal = .max
        $0.method = .equalPrincipal
    }
    try expectRefusal(.amountOutOfRange) {
        $0.principal = .max
        $0.rate = AnnualRate(units: 0)
        $0.instalments = 1
        $0.instalmentMultiple = 1_000
        $0.instalmentRounding = .up
    }
    let terms = try sampleTerms {
        $0.principal = .max
        $0.rate = AnnualRate(units: 0)
    }
    #expect(try Schedule.build(terms).cumulativePrincipal.last == .max)
}

@Test func `any terms give a schedule that repays, or a typed refusal`() throws {
    try Property.check(100_000) { random in
        let terms = try sampleTerms {
            $0.principal = random.bits() - random.pick(0...1 as ClosedRange<Int64>)
            $0.rate = AnnualRate(units: random.bits() >> random.pick(20...40))
            $0.method = random.pick(ScheduleMethod.allCases)
            $0.dayCount = random.pick(DayCount.allCases)
            $0.instalments = Int(random.bits() >> random.pick(50...58))
            $0.principalGrace = random.isOne(in: 3) ? random.pick(1...9) : 0
            $0.interestGrace = random.isOne(in: 4) ? random.pick(1...9) : 0
            $0.every = Period(
                count: Int(random.bits() >> random.pick(40...61)) + 1,
                unit: random.pick(Period.Unit.allCases))
            if random.isOne(in: 2) {
                $0.firstDueOn = $0.disbursedOn.adding(days: random.pick(-2...4_000))
            }
            $0.rounding = random.pick(Rounding.allCases)
            $0.instalmentRounding = random.pick(Rounding.allCases)
            $0.instalmentMultiple = random.isOne(in: 4) ? random.bits() >> 20 : 1
        }
        guard let schedule = try? Schedule.build(terms) else { return }
        let count = terms.method == .bullet ? 1 : terms.instalments
        // Statements stop when nothing is left to ask for.
        let fewest = terms.method == .statementCycle ? 1 : count
        try hold(
            (fewest...count).contains(schedule.instalments.count), "\(terms): wrong count")
        for (before, after) in zip(schedule.instalments, schedule.instalments.dropFirst()) {
            try hold(
                before.balance == after.openingBalance && before.dueOn == after.startsOn
                    && before.dueOn < after.dueOn, "\(terms): \(before) then \(after)")
        }
        let isSound = schedule.instalments.allSatisfy { $0.principal >= 0 && $0.interest >= 0 }
        try hold(isSound && schedule.instalments.last?.balance == 0, "\(terms): not repaid")
    }
}
