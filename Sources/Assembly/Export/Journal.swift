import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations

/// Writes the books of a span of dates out, date by date: no more than one date is in memory.
struct Journal {
    let format: any JournalFormat
    let sums: any LedgerSums
    let books: any BookQueries
    /// Nil for all books.
    let book: BookID?
    let progress: @Sendable (WorkDone) -> Void

    /// What was written.
    struct Count {
        var entries = 0
        var assertions = 0
        var accounts = 0
    }

    /// Writes everything posted from `first` through `last`; balances are asserted at the end of
    /// every month and of the last date, for every account that was ever used by then.
    ///
    /// - Throws: What the store or `write` throws.
    func write(
        from first: BusinessDate, through last: BusinessDate,
        _ write: (String) throws -> Void
    ) async throws -> Count {
        var count = Count()
        let final = try await balances(through: last)
        count.accounts = final.count
        let currencies = Set(final.map(\.currency)).sorted()
        try write(format.opening(final.map(\.account), currencies: currencies, from: first))
        let dates = last.days(since: first) + 1
        for number in 0..<max(0, dates) {
            let date = first.adding(days: number)
            for entry in try await entries(on: date) {
                try write(format.text(of: entry))
                count.entries += 1
            }
            progress(WorkDone("dates written", number + 1, of: dates))
            guard date == last || date.adding(days: 1).dayOfMonth == 1 else { continue }
            let held = date == last ? final : try await balances(through: date)
            if held.isEmpty { continue }
            try write(format.text(of: held, on: date))
            count.assertions += held.count
        }
        return count
    }

    private func entries(on date: BusinessDate) async throws -> [JournalEntry] {
        let day = try await sums.sums(from: date, through: date).filter {
            book == nil || $0.posting.book == book
        }
        var entries: [JournalEntry] = []
        for sum in day {
            let last = entries.last
            if let last, last.kind == sum.kind, last.agreement == sum.agreement,
                last.book == sum.posting.book
            {
                entries[entries.count - 1] = last.adding(sum.posting)
            } else {
                entries.append(
                    JournalEntry(
                        date: date, kind: sum.kind, agreement: sum.agreement,
                        book: sum.posting.book, postings: [sum.posting]))
            }
        }
        return entries
    }

    private func balances(through date: BusinessDate) async throws -> [JournalBalance] {
        try await books.balances(through: date)
            .filter { book == nil || $0.book == book }
            .map {
                JournalBalance(
                    account: ExportAccount(
                        book: $0.book, account: $0.account, counterparty: $0.counterparty,
                        currency: $0.currency.code),
                    amount: $0.amount, currency: $0.currency)
            }
            .sorted { $0.account.order.lexicographicallyPrecedes($1.account.order) }
    }
}

extension JournalEntry {
    fileprivate func adding(_ posting: Posting) -> JournalEntry {
        JournalEntry(
            date: date, kind: kind, agreement: agreement, book: book, postings: postings + [posting]
        )
    }
}
