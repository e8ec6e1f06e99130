import Bookkeeping
import Monetary

let yuan = Currency(code: "CNY")
let dollar = Currency(code: "USD")

/// One posting as a row of a table: book, account, counterparty, amount in minor units.
func line(
    _ book: String, _ account: Account, _ amount: Int64, with counterparty: String? = nil,
    in currency: Currency
) -> Posting {
    Posting(
        book: BookID(book), account: account, counterparty: counterparty.map { BookID($0) },
        currency: currency, amount: amount)
}
