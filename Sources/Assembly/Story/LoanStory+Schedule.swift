import BusinessCalendar
import LendingRules
import Monetary

// The schedule, each instalment with what has become of it and where it stands.

extension LoanStory {
    /// One instalment as it stands at the end of the date.
    struct Standing {
        let amounts: InstalmentStanding
        let state: State
        /// When the last of its payments counts from; nil before any.
        let paidOn: BusinessDate?

        enum State: String {
            case paid, settled, cancelled, overdue, due, open
            case writtenOff = "written-off"
            case partPaid = "part-paid"
        }

        var instalment: Instalment { amounts.instalment }
        /// What was scheduled and neither paid nor is still to be: waived, written off, never
        /// billed.
        var gone: Int64 { amounts.waived + amounts.writtenOff + amounts.unbilled }
    }

    var standings: [Standing] {
        let payments = position?.payments ?? []
        return instalments.map { amounts in
            let number = amounts.instalment.number
            let last = payments.last { $0.instalments.contains { $0.number == number } }
            return Standing(
                amounts: amounts, state: state(of: amounts),
                paidOn: last.map { max($0.valueDate, amounts.instalment.dueOn) })
        }
    }

    private func state(of amounts: InstalmentStanding) -> Standing.State {
        guard let position else { return .open }
        if position.isUndone { return .cancelled }
        if amounts.unpaid == 0 {
            if amounts.writtenOff + amounts.unbilled > 0 { return .writtenOff }
            return amounts.waived > 0 ? .settled : .paid
        }
        if amounts.instalment.dueOn < date { return .overdue }
        if amounts.instalment.dueOn == date { return .due }
        return amounts.paid > 0 ? .partPaid : .open
    }

    var scheduleNode: Node {
        guard let contract else { return .null }
        let schedule = position?.schedule ?? contract.schedule
        let interest = schedule.cumulativeInterest.last ?? 0
        let fee = schedule.upfrontFee + (schedule.cumulativeFee.last ?? 0)
        let principal = contract.schedule.terms.principal + (position?.drawn ?? 0)
        return .object([
            "instalments": .array(standings.map { node(of: $0) }),
            "totals": .object([
                "principal": .amount(principal, currency),
                "interest": .amount(interest, currency), "fee": .amount(fee, currency),
                "total": .amount(principal + interest + fee, currency),
            ]),
        ])
    }

    private func node(of standing: Standing) -> Node {
        let (amounts, instalment) = (standing.amounts, standing.instalment)
        return .object([
            "number": .count(instalment.number), "dueOn": .date(instalment.dueOn),
            "principal": .amount(instalment.principal, currency),
            "interest": .amount(instalment.interest, currency),
            "fee": .amount(instalment.fee, currency),
            "penalty": .amount(0, currency), "total": .amount(instalment.total, currency),
            "balance": .amount(instalment.balance, currency),
            "paid": .amount(amounts.paid, currency),
            "waived": .amount(amounts.waived, currency),
            "writtenOff": .amount(amounts.writtenOff, currency),
            "replanned": .amount(amounts.replanned, currency),
            "unbilled": .amount(amounts.unbilled, currency),
            "open": .amount(amounts.unpaid, currency),
            "openPrincipal": .amount(amounts.open.principal, currency),
            "openInterest": .amount(amounts.open.interest, currency),
            "openPenalty": .amount(amounts.open.penalty, currency),
            "openFee": .amount(amounts.open.fee, currency),
            "currency": .text(currency.code), "state": .text(standing.state.rawValue),
            "paidOn": .optional(
                standing.state == .paid || standing.state == .settled
                    ? standing.paidOn?.description : nil),
        ])
    }
}
