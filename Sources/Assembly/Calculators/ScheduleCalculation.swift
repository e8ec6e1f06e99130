import BusinessCalendar
import LendingRules
import Monetary
import PartnerGateway

/// A schedule with everything its input asks for.
struct ScheduleCalculation {
    let life: ScheduleLife
    /// Nil unless a date was given.
    let standing: Standing?
    /// Nil unless asked for.
    let cost: AllInCost??

    /// What holds on one date when every instalment before it was paid.
    struct Standing {
        let accrued: Int64
        let payoff: Payoff
    }

    var schedule: Schedule { life.schedule }

    /// - Throws: ``CalculatorFault``.
    init(_ input: CalculatorInput, _ calendars: CalendarShelf) throws(CalculatorFault) {
        let input = try ScheduleInput(input, calendars)
        let terms = try input.terms()
        let (events, asOf) = (try input.events(), try input.asOf())
        let wantsCost = try input.wantsCost(terms)
        var life = ScheduleLife(try input.schedule(terms))
        let passed = events.prefix { event in asOf.map { event.on <= $0 } ?? true }
        for event in passed { try input.apply(event, to: &life) }
        standing = try asOf.map { date throws(CalculatorFault) in
            try input.standing(of: life, on: date)
        }
        for event in events.dropFirst(passed.count) { try input.apply(event, to: &life) }
        self.life = life
        cost = wantsCost ? .some(AllInCost(of: life)) : nil
    }
}

extension ScheduleInput {
    fileprivate func schedule(_ terms: ScheduleTerms) throws(CalculatorFault) -> Schedule {
        do throws(ScheduleError) {
            return try Schedule.build(terms)
        } catch {
            throw input.fault(
                "CALC-007", "these terms give no schedule: \(error.sentence(in: currency))",
                at: error.term.flatMap { input.value[$0] })
        }
    }

    fileprivate func apply(_ event: DatedEvent, to life: inout ScheduleLife)
        throws(CalculatorFault)
    {
        do throws(ScheduleError) {
            try life.apply(event.event, on: event.on)
        } catch {
            throw input.fault(
                "CALC-013", "this cannot happen to the loan: \(error.sentence(in: currency))",
                at: event.source)
        }
    }

    fileprivate func standing(of life: ScheduleLife, on date: BusinessDate)
        throws(CalculatorFault) -> ScheduleCalculation.Standing
    {
        do throws(ScheduleError) {
            return ScheduleCalculation.Standing(
                accrued: try life.schedule.unbilledInterest(endOf: date),
                payoff: try life.schedule.payoff(on: date))
        } catch {
            throw input.fault(
                "CALC-013", "nothing is owed yet: \(error.sentence(in: currency))",
                at: input.value["asOf"])
        }
    }
}
