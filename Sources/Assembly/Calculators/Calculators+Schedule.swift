import BusinessCalendar
import LendingRules
import Monetary
import PartnerGateway
import Settings

/// The calculators of the command line: pure, no store.
package enum Calculators {
    /// `schedule FILE`: one object, or an array of them.
    ///
    /// Holiday calendars are those of the configuration directory, weekends alone without one.
    /// - Throws: ``CalculatorFault``, ``UnreadableInput``, or `ConfigurationFaults` of calendars.
    package static func schedule(_ path: String, _ launch: Launch) throws -> Answer {
        let input = try CalculatorInput.read(path)
        let calendars = try calendars(for: input, launch)
        guard let elements = input.value.elements else {
            let calculation = try ScheduleCalculation(input, calendars)
            return Answer(
                calculation.node, grids: [calculation.grid], records: calculation.records())
        }
        let calculations = try elements.map { try ScheduleCalculation(input.at($0), calendars) }
        let records = calculations.enumerated().flatMap { $1.records(position: $0 + 1) }
        return Answer(
            .array(calculations.map(\.node)), grids: calculations.map(\.grid), records: records)
    }

    /// Calendars are read only for who names one.
    private static func calendars(for input: CalculatorInput, _ launch: Launch) throws
        -> CalendarShelf
    {
        let loans = input.value.elements ?? [input.value]
        guard loans.contains(where: { $0["holidays"] != nil }) else {
            return CalendarShelf(known: nil)
        }
        return CalendarShelf(
            known: try Settings.calendars(
                directory: launch.configDirectory, environment: launch.variables))
    }
}
