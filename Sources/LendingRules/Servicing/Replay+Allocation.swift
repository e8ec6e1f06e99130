import BusinessCalendar
import Monetary

// Payments: oldest due instalment first; inside it penalty, interest, principal.

extension Replay {
    mutating func allocate(payment: Int, on date: BusinessDate) throws(AmountError) {
        var cash = payments[payment].unallocated
        while cash > 0, firstUnpaid < dueCount {
            let index = firstUnpaid
            let penaltyDue = try penaltyDue(index, on: date)
            let penalty = min(cash, penaltyDue)
            try payPenalty(penalty, index, payment, &cash)
            try payInterest(min(cash, instalments[index].unpaidInterest), index, payment, &cash)
            try payPrincipal(
                min(cash, instalments[index].unpaidPrincipal), index, payment, date, &cash)
            // A waiver may have left nothing of an instalment but its penalty.
            guard instalments[index].unpaid == 0, penalty == penaltyDue else { return }
            firstUnpaid += 1
        }
    }

    private mutating func payPenalty(
        _ amount: Int64, _ index: Int, _ payment: Int, _ cash: inout Int64
    ) throws(AmountError) {
        guard amount > 0 else { return }
        let parts = try parts(of: amount, onward: penaltyStart)
        credit(parts, payment, index) { $0.penalty += $1 }
        instalments[index].settledPenalty += amount
        settledPenalty += amount
        cash -= amount
    }

    private mutating func payInterest(
        _ amount: Int64, _ index: Int, _ payment: Int, _ cash: inout Int64
    ) throws(AmountError) {
        guard amount > 0 else { return }
        let parts = try parts(of: amount, onward: interestStart(index))
        let isOverdue = isOverdue(index, on: payments[payment].valueDate)
        credit(parts, payment, index) {
            if isOverdue { $0.overdueInterest += $1 } else { $0.interest += $1 }
        }
        instalments[index].settledInterest += amount
        cash -= amount
        chargeServiceFees(payment, index)
    }

    private mutating func payPrincipal(
        _ amount: Int64, _ index: Int, _ payment: Int, _ date: BusinessDate, _ cash: inout Int64
    ) throws(AmountError) {
        guard amount > 0 else { return }
        let parts = try parts(of: amount, onward: principalStart(index))
        let isOverdue = isOverdue(index, on: payments[payment].valueDate)
        credit(parts, payment, index) {
            if isOverdue { $0.overduePrincipal += $1 } else { $0.principal += $1 }
        }
        // What a reversal revives after a full charge-off owes no penalty beyond it.
        instalments[index].penalty.pay(principal: amount, on: stopped(date))
        instalments[index].settledPrincipal += amount
        cash -= amount
    }

    /// Waiting cash was there before the due date, so its value date never makes it overdue.
    func isOverdue(_ index: Int, on valueDate: BusinessDate) -> Bool {
        valueDate > instalments[index].instalment.dueOn
    }

    private mutating func credit(
        _ parts: [Int64], _ payment: Int, _ index: Int,
        _ add: (inout Components, Int64) -> Void
    ) {
        for lender in parts.indices {
            add(&lenders[lender].paid, parts[lender])
            payments[payment].credit(lender, instalment: index + 1) {
                add(&$0.components, parts[lender])
            }
        }
    }

    /// Cumulative target of each fee, the difference to the payment that earned it.
    private mutating func chargeServiceFees(_ payment: Int, _ index: Int) {
        for (number, fee) in contract.serviceFees.enumerated() {
            guard let payer = contract.lenders.firstIndex(of: fee.payer) else { continue }
            let target = Proportion.halfUp(
                lenders[payer].paid.allInterest, fee.rate.numerator, fee.rate.denominator)
            let earned = target - lenders[payer].serviceFees[number]
            payments[payment].credit(payer, instalment: index + 1) { $0.serviceFee += earned }
            lenders[payer].serviceFees[number] = target
        }
    }
}
