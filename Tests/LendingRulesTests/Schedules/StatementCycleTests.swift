import BusinessCalendar
import LendingRules
import Monetary
import Testing

/// On which statement a purchase is, and when it falls due.
struct StatementCycleTests {
    private func cycle(_ day: Int) throws -> StatementCycle {
        StatementCycle(day: day, minimumPayment: try Share("10%"))
    }

    @Test(
        arguments: [
            ("2026-01-24", "2026-01-25", "2026-02-10"), ("2026-01-25", "2026-01-25", "2026-02-10"),
            ("2026-01-26", "2026-02-25", "2026-03-10"), ("2026-12-26", "2027-01-25", "2027-02-10"),
        ])
    func `purchases of the statement's day are on it, later ones on the next`(
        purchase: String, closing: String, due: String
    ) throws {
        let cycle = try cycle(25)
        let terms = PayLaterTerms(dueDay: 10, interestFreeDays: 59, conversion: nil)
        #expect(cycle.closing(from: try date(purchase)) == (try date(closing)))
        #expect(terms.firstDue(of: try date(purchase), cycle) == (try date(due)))
        #expect(cycle.closing(before: try date(due)) == (try date(closing)))
    }

    @Test(arguments: [(25, 10, 46), (1, 28, 57), (10, 10, 61), (28, 1, 34)])
    func `the best day to buy is the day after a statement`(day: Int, dueDay: Int, longest: Int)
        throws
    {
        #expect(PayLaterTerms.longestFreeDays(try cycle(day), dueDay: dueDay) == longest)
    }

    @Test func `terms without a statement, or with what it cannot have, give no schedule`() throws {
        #expect(throws: ScheduleError.statementMissing) {
            try Schedule.build(sampleTerms { ($0.method, $0.statement) = (.statementCycle, nil) })
        }
        let cycle = try cycle(20)
        #expect(throws: ScheduleError.multipleWithoutUse(.statementCycle)) {
            try Schedule.build(
                sampleTerms {
                    ($0.method, $0.statement) = (.statementCycle, cycle)
                    $0.instalmentMultiple = 100
                })
        }
        #expect(throws: ScheduleError.graceWithoutUse(.interest, .statementCycle)) {
            try Schedule.build(
                sampleTerms {
                    ($0.method, $0.statement) = (.statementCycle, cycle)
                    $0.interestGrace = 1
                })
        }
    }
}
