import BusinessCalendar
import LendingRules
import Monetary
import PartnerGateway

/// The holiday calendars a schedule may name.
struct CalendarShelf {
    /// Nil without a configuration: weekends alone are free then, under any name.
    let known: [HolidayCalendar]?

    func calendar(named name: String) -> HolidayCalendar? {
        guard let known else {
            return HolidayCalendar(name: name, weekend: [6, 7], holidays: [])
        }
        return known.first { $0.name == name }
    }
}

extension ScheduleInput {
    /// What moves due dates; the same-day rule moves nothing and needs no calendar.
    func holidays() throws(CalculatorFault) -> HolidayShift? {
        guard let value = input.optional("holidays") else { return nil }
        let inner = input.at(value)
        try inner.allow(["calendar", "rule"])
        let rule = try inner.word("rule", default: HolidayRule.sameDay)
        let name = try inner.optionalText("calendar")
        if rule == .sameDay { return nil }
        guard let name else { throw inner.fault("CALC-004", "field 'calendar' is missing") }
        guard let calendar = calendars.calendar(named: name) else {
            let known = (calendars.known ?? []).map(\.name).joined(separator: ", ")
            throw inner.fault(
                "CALC-011", "calendar '\(name.prefix(70))' is not configured; known: \(known)",
                at: value["calendar"])
        }
        return HolidayShift(calendar: calendar, rule: rule)
    }

    /// How the method `statement-cycle` bills; no other method has a use for it.
    func statement() throws(CalculatorFault) -> StatementCycle? {
        guard let value = input.optional("statement") else { return nil }
        let inner = input.at(value)
        try inner.allow(["day", "minimumPayment"])
        if try input.text("method") != ScheduleMethod.statementCycle.rawValue {
            throw input.fault(
                "CALC-012", "only the method statement-cycle bills by a statement", at: value)
        }
        let day = try inner.count("day")
        guard StatementCycle.days.contains(day) else {
            throw inner.fault(
                "CALC-005", "day \(day) is outside 1 to \(StatementCycle.days.upperBound)",
                at: value["day"])
        }
        let text = try inner.text("minimumPayment")
        do throws(AmountError) {
            let minimum = try Share(text)
            if (1...minimum.denominator).contains(minimum.numerator) {
                return StatementCycle(day: day, minimumPayment: minimum)
            }
        } catch {}
        throw inner.fault(
            "CALC-005", "minimumPayment '\(text.prefix(70))' is no share such as 10%",
            at: value["minimumPayment"])
    }

    func fees() throws(CalculatorFault) -> [LoanFee] {
        var fees: [LoanFee] = []
        for element in try input.optionalElements("fees") {
            fees.append(try fee(input.at(element)))
        }
        return fees
    }

    private func fee(_ fee: CalculatorInput) throws(CalculatorFault) -> LoanFee {
        try fee.allow(["name", "value", "of", "when"])
        let name = try fee.text("name")
        let value = try fee.text("value")
        _ = try fee.text("when")
        let moment = try fee.word("when", default: LoanFee.Moment.upfront)
        guard value.hasSuffix("%") || value.contains("/") else {
            if let base = fee.optional("of") {
                throw fee.fault(
                    "CALC-012", "fee '\(name.prefix(70))' is an amount, which is of nothing",
                    at: base)
            }
            return LoanFee(
                name: name, value: .amount(try fee.amount("value", currency)), moment: moment)
        }
        let base = try fee.word("of", default: LoanFee.Base.principal)
        do throws(AmountError) {
            return LoanFee(name: name, value: .share(try Share(value), of: base), moment: moment)
        } catch {
            throw fee.fault(
                "CALC-005", "value '\(value.prefix(70))' is no share such as 1% and no amount",
                at: fee.value["value"])
        }
    }
}
