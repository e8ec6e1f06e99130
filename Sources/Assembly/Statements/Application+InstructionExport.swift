import BusinessCalendar
import LendingRules
import Monetary
import Operations
import PartnerGateway
import Settings

/// How instructions leave for the bank.
package enum InstructionFormat: String, Sendable, CaseIterable {
    case csv
    case pain001 = "pain.001"
}

extension Application {
    /// `settlement export --format csv|pain.001 [--date D] [--to DIR]`: the instructions of a
    /// settlement day, or all that no statement has confirmed yet.
    ///
    /// - Throws: ``UsageFault`` SETTLE-007 for a format that needs what is not configured.
    package func exportInstructions(
        format: InstructionFormat, date: String?, to directory: String?
    ) async throws -> Answer {
        guard format == .csv else {
            throw UsageFault(
                code: "SETTLE-007",
                "pain.001 needs account numbers of both sides, which parties/*.yaml do not hold; "
                    + "use --format csv")
        }
        let day = try Words.date(date, "--date")
        let settlements = try await settlements(of: nil, on: date).filter { settlement in
            day == nil
                ? try settlement.machine().state == .instructed
                : settlement.events.contains { $0.event == .instructed }
        }
        let bytes = instructions(settlements)
        guard let directory else {
            return Answer(file: String(decoding: bytes, as: UTF8.self))
        }
        let path = "\(directory)/instructions-\(day?.description ?? "unconfirmed").csv"
        if !isDryRun { try OutputFile.write(bytes, to: path) }
        return Answer(
            .object([
                "file": .text(path), "instructions": .count(settlements.count),
                "dryRun": .flag(isDryRun),
            ]),
            lines: ["\(path): \(settlements.count) instructions"])
    }

    /// Amounts are above zero, the direction says who pays and `method` how it is collected.
    private func instructions(_ settlements: [Settlement]) -> [UInt8] {
        var writer = CSVWriter(columns: [
            "instruction_id", "settles_on", "partner", "name", "direction", "method", "amount",
            "currency", "dates", "remittance",
        ])
        for settlement in settlements {
            let id = settlement.id
            let isPaid = settlement.amount > 0
            let rules = catalogue.settlementRules(of: id.party)
            writer.row([
                id.description, id.settlesOn.description, id.party.name,
                configuration.party(id.party)?.name ?? id.party.name, isPaid ? "pay" : "collect",
                isPaid ? "transfer" : rules.collect.rawValue,
                settlement.amount.magnitudeText(id.currency), id.currency.code,
                settlement.dates.map(\.description).joined(separator: " "), id.description,
            ])
        }
        return writer.bytes
    }
}
