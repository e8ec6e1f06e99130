import BusinessCalendar
import LendingRules
import TestSupport
import Testing

/// Deadlines of requests and windows of keys, counted in business dates.
struct RequestDeadlineTests {
    private static let planned = SampleLoan.date("2026-02-27")

    @Test(
        arguments: [
            (nil, 0, false), (nil, 999, false), (1, 0, false), (1, 1, true), (1, 2, true),
            (3, 2, false), (3, 3, true),
        ] as [(Int?, Int, Bool)])
    func `a request is given up so many dates after the one it was planned on`(
        days: Int?, later: Int, isOver: Bool
    ) {
        let deadlines = RequestDeadlines(inDoubtDays: days)
        let open = Self.planned.adding(days: later)
        #expect(deadlines.areOver(plannedOn: Self.planned, on: open) == isOver)
    }

    @Test(
        arguments: [
            (nil, 999, true), (1, 0, true), (1, 1, true), (1, 2, false), (30, 30, true),
            (30, 31, false),
        ] as [(Int?, Int, Bool)])
    func `a key holds through the last date of its window`(days: Int?, later: Int, holds: Bool) {
        let deadlines = RequestDeadlines(keyWindowDays: days)
        let open = Self.planned.adding(days: later)
        #expect(deadlines.keyHolds(plannedOn: Self.planned, on: open) == holds)
    }

    @Test func `only what nobody works on and nobody has answered can be given up`() {
        for state in RequestState.allCases {
            let canBe = [.planned, .pending, .inDoubt].contains(state)
            #expect(state.canBeGivenUp == canBe)
            if canBe { #expect((try? state.after(.reversalDemanded)) == .reversing) }
        }
    }
}
