internal import Bookkeeping
internal import LendingRules
internal import Monetary
internal import Operations

/// How a line of the ledger lies in a row.
enum LedgerRows {
    /// Selects lines; add a WHERE and `order`. Lines that came to nothing are left out.
    static let select = """
        SELECT date, book, shard, kind, agreement, account, counterparty, currency, amount
        FROM ledger

        """

    /// The order of ids.
    static let order = """
         ORDER BY date, book, shard, kind, agreement, account, counterparty, currency
        """

    /// Adds a line to what stands under its id.
    static let addition =
        Table.ledger.insertion + """
             ON CONFLICT (date, book, shard, kind, agreement, account, counterparty, currency)
            DO UPDATE SET amount = ledger.amount + excluded.amount
            """

    /// A line in a row of `select`.
    static func read(_ row: borrowing Row) throws(StoreError) -> LedgerRow {
        guard let shard = UInt16(exactly: try row.int64(2)) else {
            throw .unexpectedValue(column: 2, expected: "a shard", found: "another number")
        }
        return LedgerRow(
            date: try row.date(0), shard: shard, kind: try row.named(3),
            agreement: try row.text(4), posting: try posting(row))
    }

    private static func posting(_ row: borrowing Row) throws(StoreError) -> Posting {
        let account = try account(row, 5)
        let counterparty = try row.text(6)
        guard account.isInterparty != counterparty.isEmpty else {
            throw .unexpectedValue(
                column: 6, expected: "a counterparty where the account has one",
                found: "'\(counterparty)' on \(account)")
        }
        return Posting(
            book: BookID(try row.text(1)), account: account,
            counterparty: counterparty.isEmpty ? nil : BookID(counterparty),
            currency: try row.currency(7), amount: try row.int64(8))
    }

    /// The account in a column.
    static func account(_ row: borrowing Row, _ column: Int) throws(StoreError) -> Account {
        let number = try row.int64(column)
        guard let number = Int32(exactly: number) else {
            throw .unexpectedValue(column: column, expected: "an account", found: "\(number)")
        }
        return Account(number)
    }

    /// Writes a row of the table `ledger`.
    static func write(_ row: LedgerRow, _ writer: any RowWriter) {
        writer.date(row.date)
        writer.text(row.posting.book.name)
        writer.int64(Int64(row.shard))
        writer.text(row.kind.rawValue)
        writer.text(row.agreement)
        writer.int64(Int64(row.posting.account.number))
        writer.text(row.posting.counterparty?.name ?? "")
        writer.text(row.posting.currency.code)
        writer.int64(row.posting.amount)
    }

    /// Adds lines to what stands under their ids, given in any order.
    ///
    /// Each id is touched once and in id order, so that two transactions that add to the same ids
    /// do not wait for each other.
    static func add(_ lines: [LedgerRow], _ connection: borrowing Connection) throws(StoreError) {
        let rows = merged(lines)
        try connection.batch(addition, rows: rows.count) { index, writer throws(StoreError) in
            write(rows[index], writer)
        }
    }

    private static func merged(_ lines: [LedgerRow]) -> [LedgerRow] {
        if lines.count < 2 { return lines }
        var sums: [LedgerRow: Int64] = [:]
        for line in lines { sums[line.of(0), default: 0] += line.posting.amount }
        return sums.map { $0.key.of($0.value) }.sorted()
    }
}

extension LedgerRow {
    /// The same row with another amount.
    fileprivate func of(_ amount: Int64) -> LedgerRow {
        LedgerRow(
            date: date, shard: shard, kind: kind, agreement: agreement,
            posting: Posting(
                book: posting.book, account: posting.account, counterparty: posting.counterparty,
                currency: posting.currency, amount: amount))
    }
}
