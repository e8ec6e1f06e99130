import BusinessCalendar
import LendingRules
import Monetary
import Operations

extension Application {
    /// `loans payoff ID [--on DATE]`: for the open business date when none is given.
    package func quotePayoff(_ id: String, on date: String?) async throws -> Answer {
        let asked = try Words.date(date, "--on")
        guard let view = try await stores.loans.loan(LoanID(id)) else {
            if let line = try await stores.loans.line(LoanID(id)) {
                return try await quotePayoff(of: line, on: asked)
            }
            throw NotFound("loan '\(id)' is not booked; `colend loans list` shows those that are")
        }
        let open = try await stores.days.status().open
        let told = asked ?? open
        guard let contract = try await contract(of: view), told >= contract.disbursedOn else {
            throw NotFound("loan \(id) is not disbursed on \(told); choose a later date with --on")
        }
        let quote = try ContractFault.naming(contract.loan) { () throws(ServicingError) in
            try contract.payoff(facts: view.facts, on: told)
        }
        return Answer(
            quote.node(of: contract.loan, contract.currency),
            grids: [quote.grid(contract.currency)])
    }
}

extension PayoffQuote {
    func node(of loan: LoanID, _ currency: Currency) -> Node {
        .object([
            "loan": .text(loan.text), "on": .date(date), "currency": .text(currency.code),
            "principal": .amount(claims.principal, currency),
            "interest": .amount(claims.interest, currency),
            "fee": .amount(claims.fee, currency), "penalty": .amount(claims.penalty, currency),
            "waiting": .amount(waiting, currency), "total": .amount(total, currency),
        ])
    }

    func grid(_ currency: Currency, of subject: String = "the loan") -> Grid {
        var grid = Grid(
            title: "To end \(subject) with value date \(date) (\(currency))",
            columns: [.words("what"), .figures("amount")])
        let rows = [
            ("principal", claims.principal), ("interest", claims.interest), ("fee", claims.fee),
            ("penalty", claims.penalty), ("waiting already", -waiting),
        ]
        for (name, amount) in rows where amount != 0 { grid.add([name, amount.text(currency)]) }
        grid.total(["to be paid", total.text(currency)])
        return grid
    }
}
