import BusinessCalendar
import LendingRules
import Monetary
import Operations

extension Application {
    /// `loans list`.
    package func listLoans(after: String?, limit: Int) async throws -> Answer {
        let loans = try await stores.loans.loans(
            after: after.map { LoanID($0) }, limit: max(1, limit))
        var grid = Grid(
            columns: [
                .words("loan"), .words("product"), .words("agreement"), .figures("principal"),
                .words("currency"), .figures("rate %"), .figures("instalments"), .words("state"),
                .words("disbursed"),
            ])
        for loan in loans {
            grid.add([
                loan.record.loan.text, loan.record.product, loan.record.agreement,
                loan.record.principal.text(loan.record.currency), loan.record.currency.code,
                loan.record.rate.percentText(), "\(loan.record.instalments)",
                loan.state.rawValue, loan.disbursedOn?.description ?? "",
            ])
        }
        return Answer(.array(loans.map(node)), grids: [grid])
    }

    private func node(_ line: LoanLine) -> Node {
        let record = line.record
        return .object([
            "loan": .text(record.loan.text), "borrower": .text(record.borrower),
            "product": .text(record.product), "agreement": .text(record.agreement),
            "principal": .amount(record.principal, record.currency),
            "currency": .text(record.currency.code),
            "annualRatePercent": .text(record.rate.percentText()),
            "instalments": .count(record.instalments), "bookedOn": .date(record.bookedOn),
            "state": .text(line.state.rawValue),
            "disbursedOn": .optional(line.disbursedOn?.description),
        ])
    }

    /// `loans show ID`.
    package func showLoan(_ id: String) async throws -> Answer {
        guard let view = try await stores.loans.loan(LoanID(id)) else {
            throw NotFound("loan '\(id)' is not booked; `colend loans list` shows those that are")
        }
        let contract = try await contract(of: view)
        let position = try await position(of: view, contract)
        let currency = view.line.record.currency
        return Answer(
            .object([
                "loan": node(view.line),
                "shares": .array(view.plan.shares.map { share($0, currency) }),
                "requests": .array(view.requests.map { node($0, view.answers) }),
                "schedule": contract.map { Calculators.node(of: $0.schedule) } ?? .null,
                "facts": .array(view.facts.map { node($0, currency) }),
                "distributions": .array(view.distributions.map { node($0, currency) }),
                "position": position ?? .null,
            ]),
            grids: grids(view, contract), lines: [headline(view)])
    }

    private func headline(_ view: LoanView) -> String {
        let record = view.line.record
        return "\(record.loan): \(record.principal.text(record.currency)) \(record.currency) at "
            + "\(record.rate.percentText()) %, \(record.instalments) instalments, "
            + "\(record.agreement), \(view.line.state.rawValue)"
    }

    private func contract(of view: LoanView) async throws -> LoanContract? {
        guard let disbursedOn = view.line.disbursedOn else { return nil }
        let terms = TermsLibrary(try await stores.snapshots.snapshots())
        return try terms.contract(
            of: LoanDossier(
                record: view.line.record, plan: view.plan, disbursedOn: disbursedOn,
                facts: view.facts), platform: catalogue.platform)
    }

    /// Every lender's buckets at the end of the last closed date.
    private func position(of view: LoanView, _ contract: LoanContract?) async throws -> Node? {
        guard let contract, let closed = try await stores.days.status().lastClosed,
            closed.date >= contract.disbursedOn
        else { return nil }
        let position = try contract.position(
            facts: view.facts.filter { $0.bookingDate <= closed.date }, at: closed.date)
        let currency = contract.currency
        let lenders = zip(contract.lenders, position.lenders).map { party, lender -> Node in
            .object([
                "party": .text(party.name), "principal": .amount(lender.principal, currency),
                "overduePrincipal": .amount(lender.overduePrincipal, currency),
                "interest": .amount(lender.interest, currency),
                "overdueInterest": .amount(lender.overdueInterest, currency),
                "penalty": .amount(lender.penalty, currency),
            ])
        }
        return .object([
            "date": .date(closed.date), "daysPastDue": .count(position.daysPastDue),
            "bucket": .text(position.bucket.description),
            "unallocated": .amount(position.unallocated, currency),
            "currency": .text(currency.code), "lenders": .array(lenders),
        ])
    }

    private func share(_ share: PlannedShare, _ currency: Currency) -> Node {
        .object([
            "party": .text(share.party.name), "amount": .amount(share.amount, currency),
            "currency": .text(currency.code),
        ])
    }

    private func node(_ held: HeldRequest, _ answers: [String: String]) -> Node {
        .object([
            "key": .text(held.request.key), "party": .text(held.request.party.name),
            "amount": .amount(held.request.amount, held.request.currency),
            "currency": .text(held.request.currency.code), "state": .text(held.state.rawValue),
            "answer": .optional(answers[held.request.key]),
        ])
    }

    private func node(_ fact: LoanFact, _ currency: Currency) -> Node {
        let (kind, amount, reverses) = fact.words(currency)
        return .object([
            "id": .text(fact.id), "kind": .text(kind), "amount": .optional(amount),
            "currency": .text(currency.code), "reverses": .optional(reverses),
            "valueDate": .date(fact.valueDate), "bookingDate": .date(fact.bookingDate),
        ])
    }

    private func node(_ row: DistributionRow, _ currency: Currency) -> Node {
        .object([
            "line": .text(row.line), "lender": .text(row.lender.name),
            "postedOn": .date(row.postedOn), "valueDate": .date(row.valueDate),
            "principal": .amount(row.components.principal, currency),
            "overduePrincipal": .amount(row.components.overduePrincipal, currency),
            "interest": .amount(row.components.interest, currency),
            "overdueInterest": .amount(row.components.overdueInterest, currency),
            "penalty": .amount(row.components.penalty, currency),
            "serviceFee": .amount(row.serviceFee, currency), "currency": .text(currency.code),
            "reverses": .text(row.reverses), "correctionOf": .text(row.correctionOf),
        ])
    }
}

extension LoanFact {
    /// Kind, amount and reversed payment in words.
    fileprivate func words(_ currency: Currency) -> (String, String?, String?) {
        switch kind {
        case .disbursed: ("disbursed", nil, nil)
        case .repayment(let amount): ("repayment", amount.text(currency), nil)
        case .reversal(let payment): ("reversal", nil, payment)
        }
    }
}

extension Application {
    private func grids(_ view: LoanView, _ contract: LoanContract?) -> [Grid] {
        let currency = view.line.record.currency
        var shares = Grid(
            title: "Shares",
            columns: [.words("party"), .figures("amount"), .words("request"), .words("state")])
        for share in view.plan.shares {
            let held = view.requests.last { $0.request.party == share.party }
            shares.add([
                share.party.name, share.amount.text(currency), held?.request.key ?? "own book",
                held?.state.rawValue ?? "",
            ])
        }
        var facts = Grid(
            title: "Facts",
            columns: [
                .words("value date"), .words("booked"), .words("kind"), .figures("amount"),
                .words("id"),
            ])
        for fact in view.facts.sorted() {
            let (kind, amount, _) = fact.words(currency)
            facts.add([
                fact.valueDate.description, fact.bookingDate.description, kind, amount ?? "",
                fact.id,
            ])
        }
        let distributions = distributionGrid(view.distributions, currency)
        return [shares, facts, distributions].filter { !$0.rows.isEmpty }
            + (contract.map { [Calculators.grid(of: $0.schedule)] } ?? [])
    }

    private func distributionGrid(_ rows: [DistributionRow], _ currency: Currency) -> Grid {
        var grid = Grid(
            title: "Who got what",
            columns: [
                .words("posted"), .words("line"), .words("lender"), .figures("principal"),
                .figures("interest"), .figures("penalty"), .figures("service fee"),
            ])
        for row in rows {
            let parts = row.components
            grid.add([
                row.postedOn.description, row.line, row.lender.name,
                (parts.principal + parts.overduePrincipal).text(currency),
                parts.allInterest.text(currency), parts.penalty.text(currency),
                row.serviceFee.text(currency),
            ])
        }
        return grid
    }
}
