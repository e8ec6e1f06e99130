import BusinessCalendar
import LendingRules
import Monetary
import Operations

// Who got what of every payment, and by which rule.

extension LoanStory {
    /// One payment with its steps.
    struct Paid {
        let payment: PaymentPosition
        let steps: [PaymentStep]
        let lenders: [PartyID]
        let currency: Currency
    }

    var payments: [Paid] {
        guard let contract, let position else { return [] }
        return position.payments.map {
            Paid(payment: $0, steps: $0.steps, lenders: contract.lenders, currency: currency)
        }
    }

    var distributions: Grid? {
        guard let contract, !payments.isEmpty else { return nil }
        var grid = Grid(
            title: "Who got what, and why (\(currency))",
            columns: [
                .words("value date"), .words("payment"), .figures("no"), .words("what"),
                .figures("amount"),
            ] + contract.lenders.map { .figures($0.name) } + [.words("place on its scale")])
        for paid in payments {
            for (index, row) in paid.rows.enumerated() {
                let isFirst = index == 0
                let name = [
                    isFirst ? paid.payment.valueDate.description : "",
                    isFirst ? paid.payment.payment : "",
                ]
                grid.add(name + row, tones: [1: .plain, grid.columns.count - 1: .quiet])
            }
        }
        return grid
    }

    /// The rules behind the tables.
    var rules: [String] {
        guard let contract, !payments.isEmpty else { return [] }
        let scale = position?.holding.scale ?? contract.scale
        let weights = zip(contract.lenders, scale.weights).map { "\($0) \($1.text(currency))" }
        let sentences =
            LoanRules(contract).sentences(isUndone: position?.isUndone ?? false)
            + ["Principal is held by \(weights.joined(separator: ", "))."]
        return sentences.flatMap { $0.lines(ofAtMost: 96) }
    }
}

extension LoanStory.Paid {
    /// Instalment, claim, amount, each lender's part and the reason, row by row.
    fileprivate var rows: [[String]] {
        var rows = steps.map { step in
            ["\(step.instalment)", step.claim.words, step.amount.text(currency)]
                + step.parts.map { $0.text(currency) } + [place(step)]
        }
        let fees = payment.parts.map(\.serviceFee)
        if fees.contains(where: { $0 != 0 }) {
            rows.append(
                ["", "service fee", ""]
                    + fees.map { $0 == 0 ? "" : (-$0).text(currency) } + [""])
        }
        if payment.unallocated != 0 {
            rows.append(
                ["", "waits", payment.unallocated.text(currency)] + lenders.map { _ in "" } + [""])
        }
        return rows.isEmpty ? [["", "returned", ""] + lenders.map { _ in "" } + [""]] : rows
    }

    private func place(_ step: PaymentStep) -> String {
        guard let start = step.scaleStart else { return "" }
        return "\(start.text(currency)) to \((start + step.amount).text(currency))"
    }

    var node: Node {
        .object([
            "payment": .text(payment.payment), "valueDate": .date(payment.valueDate),
            "received": .amount(payment.received, currency),
            "unallocated": .amount(payment.unallocated, currency),
            "currency": .text(currency.code), "steps": .array(steps.map { node(of: $0) }),
            "serviceFees": parts(payment.parts.map(\.serviceFee)),
        ])
    }

    private func node(of step: PaymentStep) -> Node {
        .object([
            "instalment": .count(step.instalment), "claim": .text(step.claim.rawValue),
            "amount": .amount(step.amount, currency),
            "scaleFrom": .optional(step.scaleStart?.text(currency)),
            "scaleTo": .optional(step.scaleStart.map { ($0 + step.amount).text(currency) }),
            "parts": parts(step.parts),
        ])
    }

    private func parts(_ amounts: [Int64]) -> Node {
        .object(
            zip(lenders, amounts).map {
                Node.Member(name: $0.name, value: .amount($1, currency))
            })
    }
}

extension PaymentStep.Claim {
    /// As people say it.
    fileprivate var words: String {
        switch self {
        case .penalty: "penalty"
        case .penaltyOnInterest: "penalty on interest"
        case .fee: "fee"
        case .overdueInterest: "overdue interest"
        case .interest: "interest"
        case .overduePrincipal: "overdue principal"
        case .principal: "principal"
        }
    }
}

extension String {
    /// Its words in lines of at most so many characters, as far as words allow.
    fileprivate func lines(ofAtMost width: Int) -> [String] {
        split(separator: " ").reduce(into: [String]()) { lines, word in
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
    }
}
