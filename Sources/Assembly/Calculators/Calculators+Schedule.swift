import BusinessCalendar
import LendingRules
import Monetary
import PartnerGateway

/// The calculators of the command line: pure, no store, no configuration.
package enum Calculators {
    /// `schedule FILE`: one object, or an array of them.
    ///
    /// - Throws: ``CalculatorFault``, or ``UnreadableInput``.
    package static func schedule(_ path: String) throws -> Answer {
        let input = try CalculatorInput.read(path)
        guard let elements = input.value.elements else {
            let schedule = try Calculators.schedule(input)
            return Answer(
                node(of: schedule), grids: [grid(of: schedule)], records: records(of: schedule))
        }
        let schedules = try elements.map { try Calculators.schedule(input.at($0)) }
        let records = schedules.enumerated().flatMap {
            Calculators.records(of: $1, position: $0 + 1)
        }
        return Answer(
            .array(schedules.map(node)), grids: schedules.map(grid), records: records)
    }

    private static func schedule(_ input: CalculatorInput) throws(CalculatorFault) -> Schedule {
        let terms = try ScheduleInput(input).terms()
        do throws(ScheduleError) {
            return try Schedule.build(terms)
        } catch {
            throw input.fault(
                "CALC-007", "these terms give no schedule: \(error.sentence(in: terms.currency))",
                at: error.term.flatMap { input.value[$0] })
        }
    }
}

extension Calculators {
    /// The JSON of INTERFACE.
    static func node(of schedule: Schedule) -> Node {
        let currency = schedule.terms.currency
        let interest = schedule.cumulativeInterest[schedule.instalments.count]
        return .object([
            "instalments": .array(
                schedule.instalments.map { .object(members(of: $0, currency)) }),
            "totals": .object([
                "principal": .amount(schedule.terms.principal, currency),
                "interest": .amount(interest, currency), "fee": .amount(0, currency),
                "total": .amount(schedule.terms.principal + interest, currency),
            ]),
        ])
    }

    private static func members(of instalment: Instalment, _ currency: Currency)
        -> [Node.Member]
    {
        [
            Node.Member(name: "number", value: .count(instalment.number)),
            Node.Member(name: "dueOn", value: .date(instalment.dueOn)),
            Node.Member(name: "principal", value: .amount(instalment.principal, currency)),
            Node.Member(name: "interest", value: .amount(instalment.interest, currency)),
            Node.Member(name: "fee", value: .amount(0, currency)),
            Node.Member(name: "penalty", value: .amount(0, currency)),
            Node.Member(name: "total", value: .amount(instalment.total, currency)),
            Node.Member(name: "balance", value: .amount(instalment.balance, currency)),
        ]
    }

    /// CSV lines: the instalments, of an array with the position of their loan, from 1.
    static func records(of schedule: Schedule, position: Int? = nil) -> [Node] {
        let loan = position.map { [Node.Member(name: "schedule", value: .count($0))] } ?? []
        return schedule.instalments.map {
            .object(loan + members(of: $0, schedule.terms.currency))
        }
    }

    /// The instalments for a person.
    static func grid(of schedule: Schedule) -> Grid {
        let currency = schedule.terms.currency
        var grid = Grid(
            title: "Schedule (\(currency))",
            columns: [
                .figures("no"), .words("due on"), .figures("principal"), .figures("interest"),
                .figures("total"), .figures("balance"),
            ])
        for instalment in schedule.instalments {
            grid.add([
                "\(instalment.number)", instalment.dueOn.description,
                instalment.principal.text(currency), instalment.interest.text(currency),
                instalment.total.text(currency), instalment.balance.text(currency),
            ])
        }
        let interest = schedule.cumulativeInterest[schedule.instalments.count]
        grid.total([
            "", "total", schedule.terms.principal.text(currency), interest.text(currency),
            (schedule.terms.principal + interest).text(currency), "",
        ])
        return grid
    }
}
