import BusinessCalendar
import LendingRules
import Operations
import Reconciling

/// The file that tells a partner which differences we found with its files.
extension Application {
    /// `breaks export`: the report of a date, as `DATE/PARTNER/breaks.csv` below a directory.
    package func exportBreaks(partner: String, date: String, directory: String) async throws
        -> Answer
    {
        let party = try self.partner(partner).party
        let day = try Words.date(date, "--date")
        let states = try await stores.reconciliation.states(of: [party])
        guard let state = states.first(where: { $0.date == day })?.state, state != .awaiting else {
            throw NotFound("\(day) of \(party) is not reconciled; see `colend recon status`")
        }
        let (file, count) = try await breakReport(party, day)
        let folder = "\(directory)/\(day)/\(party)"
        if !isDryRun { try OutputFile.write(file, in: folder) }
        let path = "\(folder)/\(file.name)"
        return Answer(
            .object([
                "file": .text(path), "breaks": .count(count), "dryRun": .flag(isDryRun),
            ]),
            lines: ["\(isDryRun ? "would be written: " : "")\(path), \(count) breaks"])
    }

    /// Leaves the reports of a run under `out/`; a close that was cut off leaves them the next
    /// time, and what has healed since is told anew.
    func writeBreakReports(after report: EndOfDayReport?) async throws {
        guard let report, outDirectory != nil else { return }
        var dates = report.reconciliations.map { ($0.party, $0.date) }
        for partner in catalogue.partners {
            for age in 0...partner.disputes.rematchDays {
                dates.append((partner.party, report.close.date.adding(days: -age)))
            }
        }
        try await writeBreakReports(dates)
    }

    /// Leaves the reports of partners' dates under `out/`, as far as they are reconciled.
    func writeBreakReports(_ dates: [(PartyID, BusinessDate)]) async throws {
        guard let outDirectory else { return }
        let pairs = Set(dates.map { PartnerDay(party: $0.0, date: $0.1) })
        let states = try await stores.reconciliation.states(of: catalogue.partners.map(\.party))
        for pair in states
        where pair.state != .awaiting
            && pairs.contains(PartnerDay(party: pair.party, date: pair.date))
        {
            let (file, _) = try await breakReport(pair.party, pair.date)
            try OutputFile.write(file, in: "\(outDirectory)/\(pair.date)/\(pair.party)")
        }
    }

    private struct PartnerDay: Hashable {
        let party: PartyID
        let date: BusinessDate
    }

    private func breakReport(_ party: PartyID, _ date: BusinessDate) async throws
        -> (file: FileContent, breaks: Int)
    {
        let breaks = try await stores.reconciliation.breaks(of: party, on: date)
        let text = BreakReport(breaks, rules: catalogue.breakRules).csv
        return (FileContent(name: "breaks.csv", bytes: Array(text.utf8)), breaks.count)
    }
}

/// The lines of a break report: business data alone, so that the same day gives the same bytes.
struct BreakReport {
    private let breaks: [KeptBreak]
    private let rules: BreakRules

    init(_ breaks: [KeptBreak], rules: BreakRules) {
        self.breaks = breaks.sorted { ($0.file, $0.id) < ($1.file, $1.id) }
        self.rules = rules
    }

    /// RFC 4180 with a header, safe to open in a spreadsheet.
    var csv: String { RecordTable(columns: BreakReport.columns, rows: breaks.map(row)).csv }

    private static let columns = [
        "break_id", "date", "file", "record", "loan_id", "kind", "state", "severity", "due_on",
        "cause", "explanation", "ours", "theirs", "difference", "held", "currency",
    ]

    private func row(_ kept: KeptBreak) -> [String] {
        [
            kept.id, kept.firstDate.description, kept.file, kept.key.joined(separator: " "),
            kept.loan, kept.kind.rawValue, kept.state.rawValue, kept.severity.rawValue,
            kept.firstDate.adding(days: rules.dueDays(kept.severity)).description,
            kept.cause.rawValue, kept.sentence, kept.ours, kept.theirs,
            kept.text(kept.due.difference), kept.text(kept.posted.held), kept.currency,
        ]
    }
}
