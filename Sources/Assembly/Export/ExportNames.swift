import Bookkeeping
import LendingRules
import Monetary

/// The names of accounts in exported journals: `Assets:Harbor:1110-Principal`.
///
/// Both hledger and beancount read them: five roots, components of ASCII letters, digits and
/// hyphens that begin with a capital or a digit.
struct ExportNames {
    private let chart: ChartOfAccounts
    private let parties: [BookID: String]

    /// - Parameter books: every book and counterparty that may appear.
    init(chart: ChartOfAccounts, books: [BookID]) {
        self.chart = chart
        var taken: Set<String> = []
        parties = books.sorted().reduce(into: [:]) { names, book in
            let plain = ExportNames.component(book.name, capitalised: true)
            var name = plain
            var number = 1
            // `a_b` and `a-b` are one component and two books.
            while !taken.insert(name).inserted {
                number += 1
                name = "\(plain)-\(number)"
            }
            names[book] = name
        }
    }

    /// The full name of an account.
    func name(_ key: ExportAccount) -> String {
        let title = ExportNames.component(chart.name(of: key.account), capitalised: false)
        let number = key.account.description
        let own = title.isEmpty || title == number ? number : "\(number)-\(title)"
        let other = key.counterparty.map { ":" + party($0) } ?? ""
        return "\(root(of: key.account)):\(party(key.book)):\(own)\(other)"
    }

    private func party(_ book: BookID) -> String {
        parties[book] ?? ExportNames.component(book.name, capitalised: true)
    }

    /// Memorandum accounts come with their contra accounts and stay out of profit and loss.
    private func root(of account: Account) -> String {
        switch chart.entry(of: account)?.kind {
        case .asset: "Assets"
        case .liability: "Liabilities"
        case .equity, .memorandum: "Equity"
        case .income: "Income"
        case .expense: "Expenses"
        case nil: ExportNames.rootByNumber(account)
        }
    }

    /// For accounts that the chart does not name any more.
    private static func rootByNumber(_ account: Account) -> String {
        switch account.number {
        case ..<2000: "Assets"
        case ..<3000: "Liabilities"
        case 4000..<5000: "Income"
        case 5000..<6000: "Expenses"
        default: "Equity"
        }
    }

    private static func component(_ text: String, capitalised: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isPlain {
                bytes.append(byte)
            } else if let last = bytes.last, last != 45 {
                bytes.append(45)
            }
        }
        if bytes.last == 45 { bytes.removeLast() }
        if capitalised, let first = bytes.first, (97...122).contains(first) { bytes[0] -= 32 }
        if capitalised, bytes.isEmpty { return "X" }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// One account of one book in one currency, with the party it is held against.
struct ExportAccount: Hashable {
    let book: BookID
    let account: Account
    let counterparty: BookID?
    let currency: String

    /// Book, account, counterparty, currency.
    var order: [String] {
        [book.name, account.description, counterparty?.name ?? "", currency]
    }
}

extension ExportAccount {
    init(_ posting: Posting) {
        self.init(
            book: posting.book, account: posting.account, counterparty: posting.counterparty,
            currency: posting.currency.code)
    }
}
