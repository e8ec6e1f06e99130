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
            "reason": .optional(why.isEmpty ? nil : why),
        ])
    }

    /// Why the latest try failed, or what is known of one that nobody has answered.
    private var why: String {
        [.planned, .inDoubt].contains(held.state) && !held.evidence.isEmpty
            ? held.evidence : reason
    }

    /// `disbursed, try 2, PO-0123456789; an earlier try failed: no such account`.
    var words: String {
        var words = held.state.rawValue
        if held.payout.number > 1 { words += ", try \(held.payout.number)" }
        if !reference.isEmpty { words += ", \(reference)" }
        guard !why.isEmpty else { return words }
        return words + (reference.isEmpty ? ": " : "; an earlier try failed: ") + why
    }
}
