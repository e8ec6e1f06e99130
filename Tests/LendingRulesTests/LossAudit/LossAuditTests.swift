import Foundation
import TestSupport
import Testing

/// An auditor who shares no code with the rules finds every cover, claim and decision of two years
/// right, to the cent, every day.
///
/// `COLEND_AUDIT_LOANS` asks for another number of loans than the 2,000 of a usual run, and
/// `COLEND_AUDIT_EVERY_DAY=1` holds every loan's claims against the auditor's every day, also
/// where nothing has happened to it since the last of the month before.
struct LossAuditTests {
    private static let environment = ProcessInfo.processInfo.environment

    private static let loans: Int = {
        #if DEBUG
            let usual = 100
        #else
            let usual = 2_000
        #endif
        return environment["COLEND_AUDIT_LOANS"].flatMap { Int($0) } ?? usual
    }()

    @Test
    func `an audit of loans over two years finds covers, claims and decisions right`() throws {
        try Property.check(1) { random in
            var audit = try LossAudit(
                loans: Self.loans, everyDay: Self.environment["COLEND_AUDIT_EVERY_DAY"] != nil,
                using: &random)
            try audit.run()
            if Self.loans >= 2_000 { try audit.tally.holdEnoughHappened() }
        }
    }

    @Test func `the auditor's wall calendar has short months and leap years`() {
        #expect(PlainDay.written(59) == PlainDay.Written(year: 2026, month: 3, day: 1))
        #expect(PlainDay.later(30, months: 1) == 58)
        #expect(PlainDay.later(30, months: 2) == 89)
        #expect(PlainDay.written(PlainDay.later(30, months: 25)).day == 29)
        #expect(PlainDay.quarter(89) == "2026-Q1" && PlainDay.quarter(90) == "2026-Q2")
        #expect(PlainDay.isMonthEnd(58) && !PlainDay.isMonthEnd(57))
    }

    @Test func `cents are dealt to the largest first`() {
        var parts = [0, 0, 0]
        CentDeal([30, 60, 10]).deal(5, 1, to: &parts)
        #expect(parts == [2, 3, 0])
        var heap = CentHeap(CentDeal([30, 60, 10]), 0, 100)
        #expect(heap.take(5).parts(3) == [2, 3, 0])
        #expect(heap.take(1_000).parts(3) == [28, 57, 10])
    }
}
