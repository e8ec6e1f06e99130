import BusinessCalendar
import LendingRules
import Monetary
import Testing

@Test func `a level loan is laid out to the cent`() throws {
    let terms = ScheduleTerms(
        principal: 10_000_00, currency: try #require(Currency(code: "USD")),
        rate: try AnnualRate(percent: "12"), method: .equalInstalment, instalments: 12,
        disbursedOn: try #require(BusinessDate("2026-01-31")),
        firstDueOn: BusinessDate("2026-02-28"))
    let schedule = try Schedule.build(terms)
    #expect(schedule.instalments.map(\.total) == [Int64](repeating: 888_49, count: 11) + [888_47])
    #expect(schedule.cumulativeInterest.last == 661_86)
    #expect(schedule.instalments[0].balance == 9_211_51)
    #expect(schedule.instalments[2].dueOn == BusinessDate("2026-04-30"))
    #expect(schedule.instalments[1].dueOn == BusinessDate("2026-03-31"))
}
