import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Settings

extension Application {
    /// `report day`: the page in a file, or as the answer itself.
    package func dayReport(date: String?, to path: String?) async throws -> Answer {
        let report = DayReport(
            sources: DayReport.Sources(
                days: stores.days, sums: stores.sums, books: stores.books, audit: stores.audit,
                snapshots: stores.snapshots, breaks: stores.breaks,
                settlements: stores.settlements),
            platform: catalogue.platform, currency: configuration.platform.currency,
            firstDate: configuration.platform.firstDate, surroundings: surroundings)
        let figures = try await report.run(Words.date(date, "--date"))
        let head = try await stores.audit.closedDays().first { $0.date == figures.date }?.head
        let page = try ReportPage(
            figures: figures, house: configuration.platform.name,
            head: Hashing.hexadecimal(head ?? [])
        ).html()
        guard let path, path != "-" else { return Answer(text: page) }
        if !isDryRun { try OutputFile.write(Array(page.utf8), to: path) }
        let tables = ReportTables(figures: figures)
        return Answer(
            figures.node(file: path, isDryRun: isDryRun), grids: [tables.lenders, tables.buckets],
            lines: [isDryRun ? "would be written: \(path)" : "written: \(path)"])
    }
}

extension DayFigures {
    /// The headline figures, with the file that tells the rest.
    fileprivate func node(file: String, isDryRun: Bool) -> Node {
        .object([
            "date": .date(date), "file": .text(file), "dryRun": .flag(isDryRun),
            "currency": .text(currency.code),
            "disbursed": .amount(today.disbursed, currency),
            "due": .amount(today.due, currency),
            "paidInTime": .amount(today.onTime, currency),
            "collected": .amount(today.collected, currency),
            "outstandingPrincipal": .amount(outstandingPrincipal, currency),
            "result": .amount(books.reduce(0) { $0 + $1.result }, currency),
            "loans": .count(ageing.total.loans), "openBreaks": .count(breaks.count),
            "buckets": .array(
                ageing.buckets.enumerated().map { number, line in
                    .object([
                        "bucket": .text("\(DelinquencyBucket(daysPastDue: number * 30))"),
                        "loans": .count(line.loans),
                        "principal": .amount(line.principal, currency),
                    ])
                }),
            "net": .array(
                partners.map {
                    .object([
                        "party": .text($0.name), "amount": .amount(today.net[$0] ?? 0, currency),
                    ])
                }),
        ])
    }
}
