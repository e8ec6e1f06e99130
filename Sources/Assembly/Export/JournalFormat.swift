import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

/// One entry of one book: everything of a date, kind and agreement.
struct JournalEntry {
    let date: BusinessDate
    let kind: EntryKind
    /// Empty for settlements.
    let agreement: String
    let book: BookID
    let postings: [Posting]

    /// What the entries of one posting group in all books have in common.
    var reference: String {
        ["\(date)", kind.rawValue, agreement].filter { !$0.isEmpty }.joined(separator: "/")
    }

    var description: String {
        kind.rawValue + (agreement.isEmpty ? "" : " \(agreement)")
    }
}

/// What an account must hold at the end of a date.
struct JournalBalance {
    let account: ExportAccount
    let amount: Int64
    let currency: Currency
}

/// How a journal is written; entries come in date order, assertions after those of their date.
protocol JournalFormat {
    /// What stands at the beginning; accounts in order.
    func opening(_ accounts: [ExportAccount], currencies: [Currency], from date: BusinessDate)
        -> String
    func text(of entry: JournalEntry) -> String
    /// Balances at the end of a date.
    func text(of balances: [JournalBalance], on date: BusinessDate) -> String
}

/// For hledger: two blanks before each amount, or none would be read.
struct HledgerFormat: JournalFormat {
    let names: ExportNames

    func opening(_ accounts: [ExportAccount], currencies: [Currency], from date: BusinessDate)
        -> String
    {
        let units = currencies.map { currency in
            let sample = AmountText.format(
                1000 * currency.minorUnitsPerMajor, decimals: currency.exponent)
            return "commodity \(sample)\(currency.exponent == 0 ? "." : "") \(currency)\n"
        }
        let names = Set(accounts.map(names.name)).sorted().map { "account \($0)\n" }
        return "; Written by colend ledger export; amounts are exact, assertions those of the "
            + "books.\ndecimal-mark .\n" + units.joined() + "tag ref\ntag kind\ntag agreement\n"
            + names.joined() + "\n"
    }

    func text(of entry: JournalEntry) -> String {
        var text =
            "\(entry.date) * \(entry.book) | \(entry.description)  ; ref:\(entry.reference), "
            + "kind:\(entry.kind.rawValue)"
        if !entry.agreement.isEmpty { text += ", agreement:\(entry.agreement)" }
        text += "\n"
        for posting in entry.postings {
            text += "    \(names.name(ExportAccount(posting)))  \(amount(posting))\n"
        }
        return text + "\n"
    }

    func text(of balances: [JournalBalance], on date: BusinessDate) -> String {
        let lines = balances.map { balance in
            let zero = AmountText.format(0, decimals: balance.currency.exponent)
            let held = AmountText.format(balance.amount, decimals: balance.currency.exponent)
            let unit = balance.currency.code
            return "    \(names.name(balance.account))  \(zero) \(unit) = \(held) \(unit)\n"
        }
        return "\(date) * balances\n" + lines.joined() + "\n"
    }

    private func amount(_ posting: Posting) -> String {
        AmountText.format(posting.amount, decimals: posting.currency.exponent)
            + " \(posting.currency)"
    }
}

/// For beancount: an assertion holds at the beginning of its date, so it stands on the next.
struct BeancountFormat: JournalFormat {
    let names: ExportNames

    func opening(_ accounts: [ExportAccount], currencies: [Currency], from date: BusinessDate)
        -> String
    {
        let units = currencies.map { "\(date) commodity \($0)\n" }
        let opens = Dictionary(grouping: accounts, by: names.name).sorted { $0.key < $1.key }
            .map { name, keys in
                let held = Set(keys.map(\.currency)).sorted().joined(separator: ",")
                return "\(date) open \(name)  \(held)\n"
            }
        return "; Written by colend ledger export; amounts are exact, assertions those of the "
            + "books.\noption \"title\" \"colend\"\n"
            + currencies.map { "option \"operating_currency\" \"\($0)\"\n" }.joined()
            + "\n" + units.joined() + "\n" + opens.joined() + "\n"
    }

    func text(of entry: JournalEntry) -> String {
        let link = entry.reference.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let words = [entry.book.name, entry.description].map { "\"\(quoted($0))\"" }
        var text = "\(entry.date) * \(words.joined(separator: " ")) ^\(String(link))\n"
        text += "  ref: \"\(quoted(entry.reference))\"\n  kind: \"\(entry.kind.rawValue)\"\n"
        if !entry.agreement.isEmpty { text += "  agreement: \"\(quoted(entry.agreement))\"\n" }
        for posting in entry.postings {
            let amount = AmountText.format(posting.amount, decimals: posting.currency.exponent)
            text += "  \(names.name(ExportAccount(posting)))  \(amount) \(posting.currency)\n"
        }
        return text + "\n"
    }

    func text(of balances: [JournalBalance], on date: BusinessDate) -> String {
        let morning = date.adding(days: 1)
        return balances.map { balance in
            let held = AmountText.format(balance.amount, decimals: balance.currency.exponent)
            // Without the zero an assertion may be wrong by a minor unit and still hold.
            return "\(morning) balance \(names.name(balance.account))  \(held) ~ 0 "
                + "\(balance.currency)\n"
        }.joined() + "\n"
    }

    private func quoted(_ text: String) -> String {
        text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
    }
}
