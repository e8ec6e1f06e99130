import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Settings

extension Application {
    /// `loans list`.
    package func listLoans(after: String?, limit: Int) async throws -> Answer {
        let found = try await stores.loans.loans(
            after: after.map { LoanID($0) }, limit: limit + 1)
        let loans = found.prefix(limit)
        var grid = Grid(
            columns: [
                .words("loan"), .words("product"), .words("agreement"), .figures("principal"),
                .words("currency"), .figures("rate %"), .figures("instalments"), .words("state"),
                .words("disbursed"),
            ] + (loans.contains { $0.record.line != nil } ? [.words("line")] : []))
        let hasLines = loans.contains { $0.record.line != nil }
        for loan in loans {
            grid.add(
                [
                    loan.record.loan.text, loan.record.product, loan.record.agreement,
                    loan.record.principal.text(loan.record.currency), loan.record.currency.code,
                    loan.record.rate.percentText(), "\(loan.record.instalments)",
                    loan.state.rawValue, loan.disbursedOn?.description ?? "",
                ] + (hasLines ? [loan.record.line?.text ?? ""] : []))
        }
        var answer = Answer(
            .array(loans.map(\.node)), grids: [grid], columns: LoanLine.columns)
        if found.count > limit, let last = loans.last {
            answer.notes = ["more loans follow: --after \(last.record.loan), or a larger --limit"]
        }
        return answer
    }

    /// `loans show ID [--on DATE]`: at the end of the last closed date when none is given.
    package func showLoan(_ id: String, on date: String?) async throws -> Answer {
        let asked = try Words.date(date, "--on")
        let first = configuration.platform.firstDate
        if let asked, asked < first { throw BeforeBooks(date: asked, firstDate: first) }
        guard let view = try await stores.loans.loan(LoanID(id)) else {
            if let line = try await stores.loans.line(LoanID(id)) {
                return try await show(line, on: asked)
            }
            throw NotFound("loan '\(id)' is not booked; `colend loans list` shows those that are")
        }
        let status = try await stores.days.status()
        let told = asked ?? status.lastClosed?.date ?? status.open
        let contract = try await contract(of: view)
        let life = try contract.flatMap {
            try LoanLife(contract: $0, facts: view.facts, through: told)
        }
        return LoanStory(
            view: view, date: told, isClosed: status.lastClosed.map { told <= $0.date } ?? false,
            contract: contract,
            instalments: try contract?.standings(of: life?.position) ?? [], life: life,
            platform: catalogue.platform,
            settlements: view.factLines.contains { $0.price != 0 }
                ? try await stores.settlements.settlements() : [],
            settledThrough: asked ?? status.open,
            accountName: { [chart = configuration.chart] in chart.name(of: Account($0)) }
        ).answer
    }

    func contract(of view: LoanView) async throws -> LoanContract? {
        guard let disbursedOn = view.line.disbursedOn else { return nil }
        let terms = TermsLibrary(try await stores.snapshots.snapshots())
        return try terms.contract(
            of: LoanDossier(
                record: view.line.record, plan: view.plan, disbursedOn: disbursedOn,
                facts: view.facts), platform: catalogue.platform)
    }
}

extension LoanLine {
    /// The columns of a list as CSV.
    static let columns = [
        "loan", "borrower", "product", "agreement", "principal", "currency", "annualRatePercent",
        "instalments", "bookedOn", "state", "disbursedOn", "line",
    ]

    var node: Node {
        return .object([
            "loan": .text(record.loan.text), "borrower": .text(record.borrower),
            "product": .text(record.product), "agreement": .text(record.agreement),
            "principal": .amount(record.principal, record.currency),
            "currency": .text(record.currency.code),
            "annualRatePercent": .text(record.rate.percentText()),
            "instalments": .count(record.instalments), "bookedOn": .date(record.bookedOn),
            "state": .text(state.rawValue),
            "disbursedOn": .optional(disbursedOn?.description),
            "line": .optional(record.line?.text),
        ])
    }
}

/// A date that is asked for and lies before the books.
struct BeforeBooks: CodedError, Hashable {
    let date: BusinessDate
    let firstDate: BusinessDate

    var code: String { "QUERY-002" }
    var sentence: String {
        "\(date) is before the books, which begin on \(firstDate); choose another date with --on"
    }
    var exit: ExitKind { .failed }
}
