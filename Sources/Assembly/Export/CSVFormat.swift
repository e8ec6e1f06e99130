import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

/// One line for each posting, and one of type `balance` for what an account holds at the end of
/// a date.
struct CSVFormat: JournalFormat {
    let names: ExportNames

    private static let columns = [
        "type", "date", "book", "reference", "kind", "agreement", "account", "name",
        "counterparty", "amount", "currency",
    ]

    func opening(_ accounts: [ExportAccount], currencies: [Currency], from date: BusinessDate)
        -> String
    {
        RecordTable.line(CSVFormat.columns)
    }

    func text(of entry: JournalEntry) -> String {
        entry.postings.map { posting in
            RecordTable.line([
                "entry", "\(entry.date)", posting.book.name, entry.reference,
                entry.kind.rawValue, entry.agreement, posting.account.description,
                names.name(ExportAccount(posting)), posting.counterparty?.name ?? "",
                AmountText.format(posting.amount, decimals: posting.currency.exponent),
                posting.currency.code,
            ])
        }.joined()
    }

    func text(of balances: [JournalBalance], on date: BusinessDate) -> String {
        balances.map { balance in
            let account = balance.account
            return RecordTable.line([
                "balance", "\(date)", account.book.name, "", "", "",
                account.account.description, names.name(account),
                account.counterparty?.name ?? "",
                AmountText.format(balance.amount, decimals: balance.currency.exponent),
                balance.currency.code,
            ])
        }.joined()
    }
}
