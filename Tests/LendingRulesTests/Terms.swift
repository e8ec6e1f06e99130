import BusinessCalendar
import LendingRules
import Monetary
import Testing

/// Terms of 10000.00 USD at 12 % over 12 months from 2026-01-31, to be changed by a test; where
/// statements bill, they ask for 10 % and close on the 20th.
func sampleTerms(_ change: (inout ScheduleTerms) throws -> Void = { _ in }) throws -> ScheduleTerms
{
    var terms = ScheduleTerms(
        principal: 10_000_00, currency: try #require(Currency(code: "USD")),
        rate: try AnnualRate(percent: "12"), method: .equalInstalment, instalments: 12,
        disbursedOn: try date("2026-01-31"),
        statement: StatementCycle(day: 20, minimumPayment: try Share("10%")))
    try change(&terms)
    return terms
}

func date(_ text: some StringProtocol) throws -> BusinessDate { try #require(BusinessDate(text)) }
