import BusinessCalendar
import LendingRules
import Operations
import Settings

/// How a partner statement is written.
package enum StatementFormat: String, Sendable, CaseIterable {
    case csv, html
}

extension Application {
    /// `settlement statement --partner P --date D --format csv|html`.
    ///
    /// - Throws: ``NotFound`` when nothing was settled with the partner on the day.
    package func settlementStatement(
        partner: String, date: String, format: StatementFormat
    ) async throws -> Answer {
        let day = try Words.date(date, "--date")
        let settlements = try await settlements(of: partner, on: date)
        guard !settlements.isEmpty else {
            throw NotFound(
                "nothing was settled with \(partner) on \(day); `colend settlement show --partner "
                    + "\(partner)` lists its settlement days")
        }
        let statement = statement(of: PartyID(partner), on: day, settlements)
        return Answer(file: statement.text(format))
    }

    /// Leaves the statements of a settlement day under `out/`, if one was asked for.
    func writeStatements(of day: BusinessDate) async throws {
        guard let outDirectory else { return }
        let settlements = try await stores.settlements.settlements().filter {
            $0.id.settlesOn == day
        }
        let byParty = Dictionary(grouping: settlements, by: \.id.party)
        for (party, settlements) in byParty.sorted(by: { $0.key < $1.key }) {
            let statement = statement(of: party, on: day, settlements)
            for format in StatementFormat.allCases {
                try OutputFile.write(
                    Array(statement.text(format).utf8),
                    to: "\(outDirectory)/\(day)/settlement/\(party).\(format.rawValue)")
            }
        }
    }

    private func statement(
        of party: PartyID, on day: BusinessDate, _ settlements: [Settlement]
    ) -> PartnerStatement {
        PartnerStatement(
            platformName: configuration.platform.name,
            partnerName: configuration.party(party)?.name ?? party.name, settlesOn: day,
            settlements: settlements)
    }
}

extension PartnerStatement {
    fileprivate func text(_ format: StatementFormat) -> String {
        switch format {
        case .csv: String(decoding: csv, as: UTF8.self)
        case .html: html
        }
    }
}
