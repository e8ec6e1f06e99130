import BusinessCalendar
import LendingRules
import Monetary
import Operations

extension PayoutView {
    var node: Node {
        let payout = held.payout
        return .object([
            "key": .text(payout.key), "amount": .amount(payout.amount, payout.currency),
            "currency": .text(payout.currency.code), "state": .text(held.state.rawValue),
            "try": .count(payout.number), "plannedOn": .date(payout.plannedOn),
            "answeredOn": .optional(held.answeredOn?.description),
            "reference": .optional(reference.isEmpty ? nil : reference),
            "reason": .optional(reason.isEmpty ? nil : reason),
        ])
    }

    /// `disbursed, try 2, PO-0123456789; an earlier try failed: no such account`.
    var words: String {
        var words = held.state.rawValue
        if held.payout.number > 1 { words += ", try \(held.payout.number)" }
        if !reference.isEmpty { words += ", \(reference)" }
        guard !reason.isEmpty else { return words }
        return words + (reference.isEmpty ? ": " : "; an earlier try failed: ") + reason
    }
}
