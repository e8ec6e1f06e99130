import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

/// Adds postings up to one ledger row for each id.
struct LedgerSheet {
    private struct Key: Hashable {
        let shard: UInt16
        let kind: EntryKind
        let agreement: String
        let book: BookID
        let account: Account
        let counterparty: BookID?
        let currency: Currency
    }

    private let date: BusinessDate
    private var sums: [Key: Int64] = [:]

    init(date: BusinessDate) { self.date = date }

    /// - Throws: ``AmountError/overflow``.
    mutating func add(_ line: KindedPosting, shard: UInt16, agreement: String)
        throws(AmountError)
    {
        let posting = line.posting
        let key = Key(
            shard: shard, kind: line.kind, agreement: agreement, book: posting.book,
            account: posting.account, counterparty: posting.counterparty,
            currency: posting.currency)
        sums[key] = try sums[key, default: 0].plus(posting.amount)
    }

    /// Rows with an amount, in id order.
    var rows: [LedgerRow] {
        sums.filter { $0.value != 0 }.map { key, amount in
            LedgerRow(
                date: date, shard: key.shard, kind: key.kind, agreement: key.agreement,
                posting: Posting(
                    book: key.book, account: key.account, counterparty: key.counterparty,
                    currency: key.currency, amount: amount))
        }.sorted()
    }
}

extension LedgerRow: Comparable {
    /// Id order: date, book, shard, kind, agreement, account, counterparty, currency.
    package static func < (left: LedgerRow, right: LedgerRow) -> Bool {
        let (one, other) = (left.posting, right.posting)
        if (left.date, one.book, left.shard) != (right.date, other.book, right.shard) {
            return (left.date, one.book, left.shard) < (right.date, other.book, right.shard)
        }
        if (left.kind, left.agreement) != (right.kind, right.agreement) {
            return (left.kind, left.agreement) < (right.kind, right.agreement)
        }
        return (one.account, one.counterparty?.name ?? "", one.currency)
            < (other.account, other.counterparty?.name ?? "", other.currency)
    }

    /// Canonical bytes for the log: every part of the id and the amount, a line of text.
    package var canonicalBytes: [UInt8] {
        let parts = [
            "\(date)", posting.book.name, "\(shard)", kind.rawValue, agreement,
            "\(posting.account)", posting.counterparty?.name ?? "", posting.currency.code,
            "\(posting.amount)",
        ]
        return Array(parts.joined(separator: "\u{1F}").utf8)
    }
}
