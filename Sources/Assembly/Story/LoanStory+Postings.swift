import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations

// What the loan has posted: a column for each book, debits above zero.

extension LoanStory {
    var postings: Grid? {
        guard let life, !life.stretches.isEmpty else { return nil }
        let books = Set(life.stretches.flatMap { $0.postings.map(\.posting.book) }).sorted()
        var grid = Grid(
            title: "What was posted (\(currency)), debit above zero",
            columns: [.words("date"), .words("kind"), .words("account")]
                + books.map { .figures($0.name) })
        for stretch in life.stretches {
            var when = stretch.words
            for row in stretch.rows {
                let amounts = books.map { row.amounts[$0].map { $0.text(currency) } ?? "" }
                grid.add([when, row.kind, words(row.account, row.counterparty)] + amounts)
                when = ""
            }
        }
        return grid
    }

    private func words(_ account: Account, _ counterparty: BookID?) -> String {
        let other = counterparty.map { ": \($0)" } ?? ""
        return "\(account) \(accountName(account.number))\(other)"
    }

    func node(of stretch: LoanLife.Stretch) -> Node {
        .object([
            "from": .date(stretch.from), "through": .date(stretch.through),
            "lines": .array(
                stretch.postings.map { line in
                    .object([
                        "kind": .text(line.kind.rawValue),
                        "book": .text(line.posting.book.name),
                        "account": .text(line.posting.account.description),
                        "name": .text(accountName(line.posting.account.number)),
                        "counterparty": .optional(line.posting.counterparty?.name),
                        "amount": .amount(line.posting.amount, currency),
                        "currency": .text(currency.code),
                    ])
                }),
        ])
    }
}

extension LoanLife.Stretch {
    fileprivate var words: String { from == through ? "\(from)" : "\(from) – \(through)" }

    /// Postings of one kind, account and counterparty together, the kinds in their order.
    fileprivate var rows: [Row] {
        var rows: [Row] = []
        for line in postings {
            let posting = line.posting
            let index = rows.firstIndex {
                $0.kind == line.kind.rawValue && $0.account == posting.account
                    && $0.counterparty == posting.counterparty
            }
            if let index {
                rows[index].amounts[posting.book] = posting.amount
            } else {
                rows.append(
                    Row(
                        kind: line.kind.rawValue, account: posting.account,
                        counterparty: posting.counterparty,
                        amounts: [posting.book: posting.amount]))
            }
        }
        return rows.sorted { $0.order.lexicographicallyPrecedes($1.order) }
    }
}

/// One account of one kind of entry, in every book.
private struct Row {
    let kind: String
    let account: Account
    let counterparty: BookID?
    var amounts: [BookID: Int64]

    var order: [String] { [kind, account.description, counterparty?.name ?? ""] }
}
