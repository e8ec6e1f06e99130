import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Settings

extension Application {
    /// `ledger trial-balance`.
    package func trialBalance(through date: String?, book: String?) async throws -> Answer {
        let wanted = try book.map { try self.book($0) }
        let balances = try await stores.books.balances(through: Words.date(date, "--date"))
            .filter { wanted == nil || $0.book == wanted }
        var grid = Grid(
            columns: [
                .words("book"), .words("account"), .words("name"), .words("counterparty"),
                .figures("debit"), .figures("credit"), .words("currency"),
            ])
        for balance in balances where balance.amount != 0 {
            let amount = AmountText.format(
                abs(balance.amount), decimals: balance.currency.exponent)
            grid.add([
                balance.book.name, balance.account.description,
                configuration.chart.name(of: balance.account), balance.counterparty?.name ?? "",
                balance.amount > 0 ? amount : "", balance.amount < 0 ? amount : "",
                balance.currency.code,
            ])
        }
        if let sums = TrialSums(balances) { grid.total(["all", "", "", ""] + sums.cells) }
        let imbalance = imbalance(of: balances)
        let isBalanced = imbalance == nil
        let accounts = balances.filter { $0.amount != 0 }.map(node)
        return Answer(
            .object([
                "balanced": .flag(isBalanced), "imbalance": .optional(imbalance),
                "accounts": .array(accounts),
            ]),
            grids: [grid],
            lines: [imbalance ?? (wanted.map { "the book of \($0) balances" } ?? Self.soundBooks)],
            records: accounts, columns: Self.accountColumns,
            exit: isBalanced ? nil : .findings)
    }

    private static let accountColumns = [
        "book", "account", "name", "counterparty", "amount", "currency",
    ]
    private static let entryColumns = [
        "date", "book", "shard", "kind", "agreement", "account", "counterparty", "amount",
        "currency",
    ]
    private static let soundBooks = "every book balances, every pair mirrors"

    /// What is wrong with a set of sums, or nil; pairs are judged only when all books are there.
    func imbalance(of balances: [BookBalance]) -> String? {
        var trial = TrialBalance()
        do {
            for balance in balances {
                try trial.add(
                    Posting(
                        book: balance.book, account: balance.account,
                        counterparty: balance.counterparty, currency: balance.currency,
                        amount: balance.amount))
            }
            if Set(balances.map(\.book)).count > 1 { try trial.check() }
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func node(_ balance: BookBalance) -> Node {
        .object([
            "book": .text(balance.book.name), "account": .text(balance.account.description),
            "name": .text(configuration.chart.name(of: balance.account)),
            "counterparty": .optional(balance.counterparty?.name),
            "amount": .amount(balance.amount, balance.currency),
            "currency": .text(balance.currency.code),
        ])
    }

    /// `ledger entries`.
    package func ledgerEntries(from: String?, until: String?, book: String?) async throws
        -> Answer
    {
        let rows = try await stores.books.entries(
            from: Words.date(from, "--from"), through: Words.date(until, "--until"),
            book: try book.map { try self.book($0) })
        var grid = Grid(
            columns: [
                .words("date"), .words("book"), .figures("shard"), .words("kind"),
                .words("agreement"), .words("account"), .words("counterparty"),
                .figures("amount"), .words("currency"),
            ])
        for row in rows {
            let posting = row.posting
            grid.add([
                row.date.description, posting.book.name, "\(row.shard)", row.kind.rawValue,
                row.agreement, posting.account.description, posting.counterparty?.name ?? "",
                posting.amount.text(posting.currency), posting.currency.code,
            ])
        }
        return Answer(.array(rows.map(node)), grids: [grid], columns: Self.entryColumns)
    }

    private func node(_ row: LedgerRow) -> Node {
        .object([
            "date": .date(row.date), "book": .text(row.posting.book.name),
            "shard": .number(Int64(row.shard)), "kind": .text(row.kind.rawValue),
            "agreement": .text(row.agreement), "account": .text(row.posting.account.description),
            "counterparty": .optional(row.posting.counterparty?.name),
            "amount": .amount(row.posting.amount, row.posting.currency),
            "currency": .text(row.posting.currency.code),
        ])
    }

    /// `verify`.
    package func verify() async throws -> Answer {
        let divergence = try await Verify(
            source: stores.audit, books: stores.books, snapshots: stores.snapshots,
            platform: catalogue.platform, surroundings: surroundings, pools: poolOffice
        ).run()
        return Answer(
            .object([
                "verify": .text(divergence == nil ? "ok" : "diverged"),
                "divergence": .optional(divergence?.sentence),
            ]),
            lines: [
                divergence?.sentence ?? "ok: every closed day recomputes from facts, books "
                    + "balance, the log holds"
            ],
            exit: divergence == nil ? nil : .findings)
    }

    /// The digest of all business data.
    func digest() async throws -> String { try await stores.audit.digest() }

    /// `verify --digest`: the digest and nothing around it, whatever the format.
    package func showDigest() async throws -> Answer {
        Answer(plain: try await digest())
    }
}

/// Both sides of a trial balance; nil where it holds several currencies, or a sum does not fit.
private struct TrialSums {
    private var debit: Int64 = 0
    private var credit: Int64 = 0
    private let currency: Currency

    init?(_ balances: [BookBalance]) {
        guard let currency = balances.first?.currency,
            balances.allSatisfy({ $0.currency == currency })
        else { return nil }
        self.currency = currency
        for balance in balances {
            do {
                debit = try debit.plus(max(0, balance.amount))
                credit = try credit.minus(min(0, balance.amount))
            } catch {
                return nil
            }
        }
    }

    var cells: [String] { [debit.text(currency), credit.text(currency), currency.code] }
}
