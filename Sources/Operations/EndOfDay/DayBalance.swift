import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

/// The totals of one day's ledger: its two laws, its obligations and its place in the log.
enum DayBalance {
    /// Every entry balances in its book and mirrors in its pair, kind by kind.
    ///
    /// - Throws: ``CloseRefused/unbalanced(_:_:)``.
    static func check(_ ledger: [LedgerRow], on date: BusinessDate) throws(CloseRefused) {
        for kind in EntryKind.allCases {
            let postings = ledger.filter { $0.kind == kind }.map(\.posting)
            do {
                _ = try PostingGroup(postings)
            } catch {
                throw .unbalanced(date, error)
            }
        }
    }

    /// What the day's entries make each partner owe or be owed, by type.
    ///
    /// Credits of the platform's due to/from account are what it will pay.
    /// - Throws: ``AmountError/overflow``.
    static func obligations(_ ledger: [LedgerRow], on date: BusinessDate, platform: PartyID)
        throws(AmountError) -> [Obligation]
    {
        struct Key: Hashable {
            let party: PartyID
            let currency: Currency
            let type: ObligationType
        }
        var sums: [Key: Int64] = [:]
        for row in ledger where row.posting.book == platform.book {
            guard row.posting.account == .dueToFrom, let other = row.posting.counterparty,
                let type = ObligationType(row.kind)
            else { continue }
            let key = Key(
                party: PartyID(other.name), currency: row.posting.currency, type: type)
            sums[key] = try sums[key, default: 0].plus(-row.posting.amount)
        }
        let obligations = sums.filter { $0.value != 0 }.map {
            Obligation(
                date: date, party: $0.key.party, currency: $0.key.currency, type: $0.key.type,
                amount: $0.value)
        }
        return obligations.sorted {
            ($0.party, $0.currency, $0.type) < ($1.party, $1.currency, $1.type)
        }
    }

    /// `head(D) = H(head(D−1) ‖ roots)`, one root for each book.
    static func head(
        after previous: [UInt8], ledger: [LedgerRow], hash: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> [UInt8] {
        let log = EntryLog(hash: hash)
        let books = Dictionary(grouping: ledger, by: \.posting.book)
        let roots = books.map { book, rows in
            (book: book, root: log.root(of: rows.sorted().map(\.canonicalBytes)))
        }
        return log.head(after: previous, roots: roots)
    }
}
