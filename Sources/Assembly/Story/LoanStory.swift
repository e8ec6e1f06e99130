import BusinessCalendar
import LendingRules
import Monetary
import Operations

/// Everything about one loan, as `loans show` tells it.
struct LoanStory {
    let view: LoanView
    /// The end of this date is told.
    let date: BusinessDate
    /// Whether the date is closed; an open one is told as the facts stand now.
    let isClosed: Bool
    /// Nil before the disbursement.
    let contract: LoanContract?
    /// Where each instalment stands at the end of the date; as scheduled before the disbursement.
    let instalments: [InstalmentStanding]
    /// Through the date; nil before the disbursement.
    let life: LoanLife?
    let platform: PartyID
    /// All there are.
    let settlements: [Settlement]
    /// What was booked of them up to this date is told: the open one where nobody asks for another.
    let settledThrough: BusinessDate
    /// The names of accounts.
    let accountName: (Int32) -> String

    /// The loan as it stood at the end of the date; only `approved` is known of the days before the
    /// disbursement.
    var line: LoanLine {
        guard view.line.disbursedOn != nil else { return view.line }
        let isUndone = position?.isUndone ?? false
        return LoanLine(
            record: view.line.record,
            state: position == nil
                ? .approved
                : isUndone || view.line.state == .transferring ? view.line.state : .disbursed,
            disbursedOn: position == nil ? nil : view.line.disbursedOn)
    }

    var currency: Currency { view.line.record.currency }
    var position: LoanPosition? { life?.position }
    /// Facts booked by the date, in their order.
    var facts: [LoanFact] { view.facts.filter { $0.bookingDate <= date }.sorted() }
    /// Lines of waivers, charge-offs, recoveries and transfers posted by the date.
    var factLines: [FactLine] { view.factLines.filter { $0.postedOn <= date } }
    /// Payment lines posted by the date.
    var posted: [DistributionRow] { view.distributions.filter { $0.postedOn <= date } }

    /// The columns of the payment lines as CSV.
    private static let columns = [
        "line", "lender", "postedOn", "valueDate", "principal", "overduePrincipal", "interest",
        "overdueInterest", "penalty", "penaltyOnInterest", "fee", "serviceFee", "currency",
        "reverses", "correctionOf",
    ]

    var answer: Answer {
        Answer(
            node, heading: heading, grids: grids, lines: rules,
            records: posted.map { node(of: $0) }, columns: LoanStory.columns)
    }

    private var node: Node {
        .object([
            "loan": line.node, "calculation": .count(line.record.calculation.number),
            "on": .date(date), "closed": .flag(isClosed),
            "shares": .array(view.plan.shares.map { node(of: $0) }),
            "requests": .array(view.requests.map { node(of: $0) }),
            "payout": view.payout?.node ?? .null,
            "schedule": scheduleNode,
            "facts": .array(facts.map { node(of: $0) }),
            "payments": .array(payments.map(\.node)),
            "distributions": .array(posted.map { node(of: $0) }),
            "factLines": .array(factLines.map { node(of: $0) }),
            "asked": asked,
            "settled": .array(prices.map { node(of: $0) }),
            "postings": .array(life?.stretches.map { node(of: $0) } ?? []),
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
            "answer": .optional(view.answer(to: held)),
            "said": .array((view.said[request.key] ?? []).map(\.node)),
        ])
    }

    private func node(of fact: LoanFact) -> Node {
        let (kind, amount, detail) = fact.words(currency, lent: view.line.record.principal)
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
            "penaltyOnInterest": .amount(row.components.penaltyOnInterest, currency),
            "fee": .amount(row.components.fee, currency),
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
                "penaltyOnInterest": .amount(lender.penaltyOnInterest, currency),
                "fee": .amount(lender.fee, currency),
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
