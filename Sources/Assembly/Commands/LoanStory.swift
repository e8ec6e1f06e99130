import BusinessCalendar
import LendingRules
import Monetary
import Operations

/// Everything about one loan, as `loans show` tells it.
struct LoanStory {
    let view: LoanView
    /// Nil before the disbursement.
    let contract: LoanContract?
    /// At the end of the last closed date; nil before there is one.
    let position: LoanPosition?

    var currency: Currency { view.line.record.currency }

    var answer: Answer {
        Answer(
            node, heading: heading, grids: grids,
            records: view.distributions.map { node(of: $0) })
    }

    private var node: Node {
        .object([
            "loan": view.line.node,
            "shares": .array(view.plan.shares.map { node(of: $0) }),
            "requests": .array(view.requests.map { node(of: $0) }),
            "schedule": contract.map { Calculators.node(of: $0.schedule) } ?? .null,
            "facts": .array(view.facts.map { node(of: $0) }),
            "distributions": .array(view.distributions.map { node(of: $0) }),
            "factLines": .array(view.factLines.map { node(of: $0) }),
            "position": contract.flatMap { contract in
                position.map { node(of: $0, contract) }
            } ?? .null,
        ])
    }

    private func node(of share: PlannedShare) -> Node {
        .object([
            "party": .text(share.party.name), "amount": .amount(share.amount, currency),
            "currency": .text(currency.code),
        ])
    }

    private func node(of held: HeldRequest) -> Node {
        let request = held.request
        return .object([
            "key": .text(request.key), "party": .text(request.party.name),
            "amount": .amount(request.amount, request.currency),
            "currency": .text(request.currency.code), "state": .text(held.state.rawValue),
            "answer": .optional(view.answers[request.key]),
        ])
    }

    private func node(of fact: LoanFact) -> Node {
        let (kind, amount, detail) = fact.words(currency)
        return .object([
            "id": .text(fact.id), "kind": .text(kind), "amount": .optional(amount),
            "currency": .text(currency.code), "reverses": .optional(fact.reversed),
            "detail": fact.reversed == nil ? .optional(detail) : .null,
            "valueDate": .date(fact.valueDate), "bookingDate": .date(fact.bookingDate),
        ])
    }

    private func node(of row: DistributionRow) -> Node {
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

    private func node(of position: LoanPosition, _ contract: LoanContract) -> Node {
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
            "date": .date(position.date), "daysPastDue": .count(position.daysPastDue),
            "bucket": .text(position.bucket.description),
            "unallocated": .amount(position.unallocated, currency),
            "currency": .text(currency.code), "lenders": .array(lenders),
        ])
    }
}
