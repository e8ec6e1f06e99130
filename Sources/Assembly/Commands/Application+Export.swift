import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Settings

/// What the books are exported for.
package enum ExportFormat: String, Sendable, CaseIterable {
    case hledger, beancount, csv
}

extension Application {
    /// `ledger export`: closed dates only, since they do not change while they are written.
    ///
    /// - Parameter write: takes the text piece by piece when there is no `path`.
    package func exportLedger(
        _ format: ExportFormat, book: String?, until: String?, to path: String?,
        write: (String) throws -> Void
    ) async throws -> Answer {
        let asked = try Words.date(until, "--until")
        let closed = try await stores.days.status().lastClosed?.date
        let first = configuration.platform.firstDate
        guard let closed, asked ?? closed <= closed, asked ?? closed >= first else {
            throw DateNotClosed(date: asked, lastClosed: closed)
        }
        let last = asked ?? closed
        let only = book == "all" ? nil : try book.map { try self.book($0) }
        let journal = try await journal(format, of: only)
        guard let path, path != "-" else {
            _ = try await journal.write(from: first, through: last, write)
            return Answer(text: "")
        }
        let count = try await keep(journal, from: first, through: last, in: path)
        return answer(count, format, file: path, through: last)
    }

    private func journal(_ format: ExportFormat, of book: BookID?) async throws -> Journal {
        let posted = try await stores.books.balances(through: nil)
        let books = Set(posted.map(\.book) + posted.compactMap(\.counterparty)).sorted()
        let names = ExportNames(chart: configuration.chart, books: books)
        let writer: any JournalFormat =
            switch format {
            case .hledger: HledgerFormat(names: names)
            case .beancount: BeancountFormat(names: names)
            case .csv: CSVFormat(names: names)
            }
        return Journal(
            format: writer, sums: stores.sums, books: stores.books, book: book,
            progress: surroundings.progress)
    }

    private func keep(
        _ journal: Journal, from first: BusinessDate, through last: BusinessDate, in path: String
    ) async throws -> Journal.Count {
        guard !isDryRun else { return try await journal.write(from: first, through: last) { _ in } }
        let file = try GrowingFile(path)
        do {
            let count = try await journal.write(from: first, through: last) { try file.append($0) }
            try file.finish()
            return count
        } catch {
            file.abandon()
            throw error
        }
    }

    private func answer(
        _ count: Journal.Count, _ format: ExportFormat, file: String, through date: BusinessDate
    ) -> Answer {
        Answer(
            .object([
                "file": .text(file), "format": .text(format.rawValue), "until": .date(date),
                "accounts": .count(count.accounts), "entries": .count(count.entries),
                "assertions": .count(count.assertions), "dryRun": .flag(isDryRun),
            ]),
            lines: [
                "\(isDryRun ? "would be written" : "written"): \(file), "
                    + "\(count.entries) entries on \(count.accounts) accounts, "
                    + "\(count.assertions) balances asserted"
            ])
    }
}
