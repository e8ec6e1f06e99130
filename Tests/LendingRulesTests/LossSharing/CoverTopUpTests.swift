import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// When reserves are filled up: dates on which a close adds something to one that lacks something.
struct CoverTopUpTests {
    private static let cover = CoverID(agreement: "covered", layer: "first-loss", key: "")

    /// Closes without any loan, of a reserve of 100 that has paid 60 in February; what each adds.
    private func added(
        _ topUp: CoverTopUp?, span: CoverTerms.Span = .pool, key: String = "",
        expiresOn: BusinessDate? = nil, days: Int = 400, drawing: Int64 = 60
    ) throws -> [String] {
        let terms = CoverTerms(
            kind: .reserve(amount: 100, replenishes: false, topUp: topUp), span: span,
            expiresOn: expiresOn)
        let id = CoverID(agreement: "covered", layer: "first-loss", key: key)
        var account = CoverAccount(terms.kind, figures: CoverFigures(invoked: drawing))
        var told: [String] = []
        for number in 0..<days {
            let date = SampleLoan.date("2026-02-14").adding(days: number)
            var close = LossClose(on: date, covers: [id: account], by: [id: terms])
            for cover in try close.decided().covers {
                let added = cover.account.figures.toppedUp - account.figures.toppedUp
                told.append("\(date) \(added)")
                account = cover.account
                // So that there is something to add again.
                if drawing > 0 { try account.take(.defaulted(drawing)) }
            }
        }
        return told
    }

    @Test func `a reserve is full again at the close of the first date of a period`() throws {
        #expect(
            try added(CoverTopUp(every: .day), days: 3)
                == ["2026-02-14 60", "2026-02-15 60", "2026-02-16 60"])
        #expect(
            try added(CoverTopUp(every: .month), days: 60) == ["2026-03-01 60", "2026-04-01 60"])
        #expect(
            try added(CoverTopUp(every: .quarter)) == [
                "2026-04-01 60", "2026-07-01 60", "2026-10-01 60", "2027-01-01 60",
            ])
        #expect(try added(CoverTopUp(every: .year)) == ["2027-01-01 60"])
    }

    @Test func `one that lacks nothing is not touched, nor one that nobody tops up`() throws {
        #expect(try added(CoverTopUp(every: .day), drawing: 0) == [])
        #expect(try added(nil) == [])
    }

    @Test func `no more is added in all than may be`() throws {
        #expect(
            try added(CoverTopUp(every: .month, atMost: 130))
                == ["2026-03-01 60", "2026-04-01 60", "2026-05-01 10"])
    }

    @Test func `one that expires is filled up for the last time on that date`() throws {
        let last = SampleLoan.date("2026-04-01")
        #expect(
            try added(CoverTopUp(every: .month), expiresOn: last)
                == ["2026-03-01 60", "2026-04-01 60"])
        #expect(
            try added(CoverTopUp(every: .month), expiresOn: last.adding(days: -1))
                == ["2026-03-01 60"])
    }

    @Test(arguments: [
        (CoverTerms.Span.year, "2026", ["2026-04-01 60", "2026-07-01 60", "2026-10-01 60"]),
        (.quarter, "2026-Q2", ["2026-04-01 60"]), (.year, "2025", []),
        (.vintageYear, "2025", ["2026-04-01 60", "2026-07-01 60", "2026-10-01 60"]),
    ])
    func `one of a calendar period is filled up in it alone, of a vintage for good`(
        span: CoverTerms.Span, key: String, dates: [String]
    ) throws {
        #expect(
            try added(CoverTopUp(every: .quarter), span: span, key: key, days: 300) == dates)
    }

    @Test func `what does not fit is refused, naming the cover`() throws {
        let terms = CoverTerms(
            kind: .reserve(amount: .max, replenishes: false, topUp: CoverTopUp(every: .day)))
        let account = CoverAccount(terms.kind, figures: CoverFigures(invoked: 1))
        var close = LossClose(
            on: SampleDates.june, covers: [Self.cover: account], by: [Self.cover: terms])
        #expect(throws: LossError.cover(Self.cover, .overflow)) { try close.decided() }
    }
}
