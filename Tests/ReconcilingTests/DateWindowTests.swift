import BusinessCalendar
import Reconciling
import Testing

/// Dates that may be apart: timing within the agreed days, a mismatch beyond.
struct DateWindowTests {
    /// A payment that the partner dates later, or earlier, by days.
    private func summary(_ later: Int, window: Int) throws -> [String] {
        var day = Day()
        day.windowDays = window
        day.ourPayments = [Samples.payment("P")]
        day.theirPayments = [Samples.payment("P", dayLater: later)]
        return try day.reconciled().summary
    }

    @Test(arguments: [
        (0, 0, []), (1, 0, ["repayments date after-cut-off"]),
        (1, 1, ["repayments timing after-cut-off"]), (2, 1, ["repayments date unknown"]),
        (2, 2, ["repayments timing within-window"]), (-2, 2, ["repayments timing within-window"]),
        (-3, 2, ["repayments date unknown"]), (30, 30, ["repayments timing within-window"]),
    ])
    func `a date within the window is timing`(later: Int, window: Int, breaks: [String]) throws {
        #expect(try summary(later, window: window) == breaks)
    }

    @Test func `an amount that differs is told before a date within the window`() throws {
        var day = Day()
        day.windowDays = 3
        day.ourPayments = [Samples.payment("P")]
        day.theirPayments = [Samples.payment("P", interest: 10_500, dayLater: 1)]
        #expect(try day.reconciled().map(\.found.kind) == [.amount])
    }

    @Test(arguments: [(0, "not-booked-by-partner"), (1, "expected-later")])
    func `a line that may still be booked is no mismatch yet`(window: Int, cause: String) throws {
        var day = Day()
        day.windowDays = window
        day.ourPayments = [Samples.payment("P")]
        day.ourBalances = [Samples.balance()]
        let breaks = try day.reconciled()
        #expect(breaks.summary.first == "repayments ours-only \(cause)")
        #expect(breaks.first?.explanation.cause.isTiming == (window > 0))
    }

    @Test func `a plan that follows a payout dated later follows from it in the window too`()
        throws
    {
        let plan = { (later: Int) in
            Record(
                key: ["L-1", "1"], amounts: [100, 1, 0], currency: Samples.dollar,
                valueDate: Samples.date.adding(days: 30 + later), line: 1)
        }
        for window in [0, 1] {
            let day = PartnerDay(
                partner: "harbor", businessDate: Samples.date,
                files: [
                    FilePair(
                        layout: .disbursements,
                        ours: [Samples.disbursement("R", principal: 100)],
                        theirs: [Samples.disbursement("R", principal: 100, dayLater: 1)],
                        manifest: Samples.manifest(
                            .disbursements, [Samples.disbursement("R", principal: 100)]),
                        windowDays: window),
                    FilePair(
                        layout: .instalmentPlan, ours: [plan(0)], theirs: [plan(1)],
                        manifest: Samples.manifest(.instalmentPlan, [plan(1)])),
                ], computation: .scale, hash: Samples.hash)
            #expect(
                try day.reconciled().explained.summary.last
                    == "instalment-plan date follows-from", "window \(window)")
        }
    }
}
