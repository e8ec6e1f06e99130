import BusinessCalendar
import LendingRules
import Monetary
import Operations

// Lines of credit, as people ask about them.

extension Application {
    /// `loans show LINE [--on DATE]`: at the end of a date, the open one when none is given.
    func show(_ line: LineSubject, on date: BusinessDate?) async throws -> Answer {
        let open = try await stores.days.status().open
        let terms = TermsLibrary(try await snapshotsOfTerms())
        let standing = try LineStanding(line, terms, on: date ?? open)
        return Answer(
            standing.node, grids: standing.grids,
            records: standing.notes.map { $0.node(standing.record.currency) },
            columns: NoteStanding.columns)
    }

    /// `loans payoff LINE [--on DATE]`: what ends every note of a line.
    ///
    /// - Throws: ``NotFound`` when nothing was lent by then.
    func quotePayoff(of line: LineSubject, on date: BusinessDate?) async throws -> Answer {
        let open = try await stores.days.status().open
        let told = date ?? open
        let lent = line.notes.compactMap(\.dossier).filter { $0.disbursedOn <= told }
        if lent.isEmpty {
            throw NotFound(
                "no note of line \(line.record.line) is disbursed on \(told); choose a later date "
                    + "with --on")
        }
        let terms = TermsLibrary(try await snapshotsOfTerms())
        var (claims, waiting) = (ClaimAmounts(), Int64(0))
        for dossier in lent {
            let contract = try terms.contract(of: dossier, platform: catalogue.platform)
            let quote = try ContractFault.naming(contract.loan) { () throws(ServicingError) in
                try contract.payoff(facts: dossier.facts, on: told)
            }
            claims.principal += quote.claims.principal
            claims.interest += quote.claims.interest
            claims.fee += quote.claims.fee
            claims.penalty += quote.claims.penalty
            waiting += min(quote.waiting, quote.claims.clampedTotal)
        }
        let quote = PayoffQuote(date: told, claims: claims, waiting: waiting)
        let currency = line.record.currency
        return Answer(
            quote.node(of: line.record.line, currency),
            grids: [quote.grid(currency, of: "every note of the line")])
    }

    private func snapshotsOfTerms() async throws -> [TermsSnapshot] {
        try await stores.snapshots.snapshots()
    }
}

extension LineStanding {
    fileprivate var node: Node {
        let currency = record.currency
        return .object([
            "line": .object([
                "line": .text(record.line.text), "borrower": .text(record.borrower),
                "product": .text(record.product), "agreement": .text(record.agreement),
                "currency": .text(currency.code),
                "annualRatePercent": .text(record.rate.percentText()),
                "instalments": .count(record.instalments), "bookedOn": .date(record.bookedOn),
            ]),
            "on": .date(date), "limit": .amount(record.limit, currency),
            "used": .amount(used, currency), "free": .amount(free, currency),
            "due": .amount(notes.reduce(0) { $0 + $1.due }, currency),
            "statement": statement?.node(currency) ?? .null,
            "notes": .array(notes.map { $0.node(currency) }),
        ])
    }

    fileprivate var grids: [Grid] {
        let currency = record.currency
        var line = Grid(
            title: "Line \(record.line) of \(record.borrower), \(record.product), on \(date) "
                + "(\(currency))",
            columns: [.words("what"), .figures("amount")])
        var rows = [("limit", record.limit), ("lent", used), ("free", free)]
        if let statement {
            rows += [
                ("purchases on the statement of \(statement.closedOn)", statement.purchases),
                ("paid since it closed", statement.paid),
                ("at least to be paid by \(statement.dueOn)", statement.minimum),
                ("to pay all that it bills", statement.total),
            ]
        }
        for (name, amount) in rows { line.add([name, amount.text(currency)]) }
        var grid = Grid(
            title: "Notes",
            columns: [
                .words("loan"), .words("booked"), .words("agreement"), .figures("principal"),
                .figures("lent"), .figures("due"), .words("next due"), .figures("next"),
                .figures("days past due"), .words("state"),
            ])
        for note in notes {
            grid.add([
                note.record.loan.text, "\(note.record.bookedOn)", note.record.agreement,
                note.record.principal.text(currency), note.lent.text(currency),
                note.due.text(currency), note.nextDueOn?.description ?? "",
                note.nextAmount.text(currency), "\(note.daysPastDue)", note.state.rawValue,
            ])
        }
        return [line, grid]
    }
}

extension LineStatement {
    fileprivate func node(_ currency: Currency) -> Node {
        .object([
            "closedOn": .date(closedOn), "dueOn": .date(dueOn),
            "purchases": .amount(purchases, currency), "paid": .amount(paid, currency),
            "minimum": .amount(minimum, currency), "total": .amount(total, currency),
        ])
    }
}

extension NoteStanding {
    /// The columns of a line as CSV.
    fileprivate static let columns = [
        "loan", "bookedOn", "agreement", "principal", "lent", "due", "nextDueOn", "nextAmount",
        "payoff", "daysPastDue", "state", "disbursedOn",
    ]

    fileprivate func node(_ currency: Currency) -> Node {
        .object([
            "loan": .text(record.loan.text), "bookedOn": .date(record.bookedOn),
            "agreement": .text(record.agreement),
            "principal": .amount(record.principal, currency), "lent": .amount(lent, currency),
            "due": .amount(due, currency), "nextDueOn": .optional(nextDueOn?.description),
            "nextAmount": .amount(nextAmount, currency), "payoff": .amount(payoff, currency),
            "daysPastDue": .count(daysPastDue), "state": .text(state.rawValue),
            "disbursedOn": .optional(disbursedOn?.description),
        ])
    }
}
