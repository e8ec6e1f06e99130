import BusinessCalendar
import LendingRules
import Monetary
import PartnerGateway

/// What happens to a loan on a date, and where its input says so.
struct DatedEvent {
    let on: BusinessDate
    let event: ScheduleLife.Event
    let source: JSONValue
}

extension ScheduleInput {
    /// Rate changes, tranches and repayments by date; on one date in this order.
    ///
    /// - Throws: ``CalculatorFault``.
    func events() throws(CalculatorFault) -> [DatedEvent] {
        var events: [DatedEvent] = []
        for element in try input.optionalElements("changes") {
            let inner = input.at(element)
            try inner.allow(["on", "annualRatePercent"])
            events.append(
                DatedEvent(
                    on: try inner.date("on"), event: .rate(try inner.rate("annualRatePercent")),
                    source: element))
        }
        for element in try input.optionalElements("tranches") {
            let inner = input.at(element)
            try inner.allow(["on", "amount"])
            events.append(
                DatedEvent(
                    on: try inner.date("on"),
                    event: .tranche(try inner.amount("amount", currency)), source: element))
        }
        for element in try input.optionalElements("repayments") {
            let inner = input.at(element)
            try inner.allow(["on", "amount", "effect"])
            let effect = try inner.word("effect", default: EarlyRepaymentEffect.lowerInstalment)
            events.append(
                DatedEvent(
                    on: try inner.date("on"),
                    event: .repayment(try inner.amount("amount", currency), effect),
                    source: element))
        }
        return events.enumerated()
            .sorted { ($0.element.on, $0.offset) < ($1.element.on, $1.offset) }
            .map(\.element)
    }
}
