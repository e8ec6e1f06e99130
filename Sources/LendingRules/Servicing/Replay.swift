import BusinessCalendar
import Monetary

/// One walk through a loan's due dates and payments, oldest first: the definition of a position.
///
/// On a date instalments fall due first, waiting cash is applied to them, then the payments of
/// the date; at its end whatever is unpaid of the instalments due that day moves to overdue.
struct Replay {
    let contract: LoanContract
    private(set) var instalments: [InstalmentState]
    private(set) var lenders: [LenderPosition]
    private(set) var payments: [PaymentPosition] = []
    private(set) var dueCount = 0
    private var firstUnpaid = 0
    private var paidPenalty: Int64 = 0

    init(_ contract: LoanContract) {
        self.contract = contract
        instalments = contract.schedule.instalments.map {
            InstalmentState($0, graceDays: contract.penalty.graceDays)
        }
        var lender = LenderPosition()
        lender.serviceFees = [Int64](repeating: 0, count: contract.serviceFees.count)
        lenders = contract.lenders.map { _ in lender }
    }

    /// Replays everything up to the end of `date`.
    mutating func run(payments facts: [Payment], until date: BusinessDate) throws(AmountError) {
        guard date >= contract.disbursedOn else { return }
        for lender in lenders.indices { lenders[lender].disbursed = contract.scale.weights[lender] }
        var pending = facts[...]
        while let next = nextDate(pending.first?.valueDate), next <= date {
            try fallDue(on: next)
            while let payment = pending.first, payment.valueDate == next {
                pending.removeFirst()
                try receive(payment)
            }
            try moveToOverdue(endOf: next)
        }
        try accrue(endOf: date)
    }

    private func nextDate(_ payment: BusinessDate?) -> BusinessDate? {
        let due = dueCount < instalments.count ? instalments[dueCount].instalment.dueOn : nil
        guard let payment, let due else { return payment ?? due }
        return min(payment, due)
    }

    private mutating func fallDue(on date: BusinessDate) throws(AmountError) {
        while dueCount < instalments.count, instalments[dueCount].instalment.dueOn == date {
            dueCount += 1
        }
        for index in payments.indices where payments[index].unallocated > 0 {
            try allocate(payment: index, on: date)
        }
    }

    private mutating func receive(_ payment: Payment) throws(AmountError) {
        payments.append(
            PaymentPosition(
                payment: payment.id, valueDate: payment.valueDate, received: payment.amount,
                parts: [PaymentPart](repeating: PaymentPart(), count: lenders.count)))
        try allocate(payment: payments.count - 1, on: payment.valueDate)
    }
}

// MARK: - Allocation: oldest due instalment first; inside it penalty, interest, principal

extension Replay {
    private mutating func allocate(payment: Int, on date: BusinessDate) throws(AmountError) {
        var cash = payments[payment].unallocated
        while cash > 0, firstUnpaid < dueCount {
            let index = firstUnpaid
            let penaltyDue =
                try instalments[index].penaltyTarget(on: date, contract: contract)
                - instalments[index].paidPenalty
            try payPenalty(min(cash, penaltyDue), index, payment, &cash)
            try payInterest(min(cash, instalments[index].unpaidInterest), index, payment, &cash)
            try payPrincipal(
                min(cash, instalments[index].unpaidPrincipal), index, payment, date, &cash)
            if instalments[index].unpaid == 0 { firstUnpaid += 1 }
        }
    }

    private mutating func payPenalty(
        _ amount: Int64, _ index: Int, _ payment: Int, _ cash: inout Int64
    ) throws(AmountError) {
        guard amount > 0 else { return }
        let parts = try contract.scale.parts(from: paidPenalty, to: paidPenalty + amount)
        credit(parts, payment, index) { $0.penalty += $1 }
        instalments[index].paidPenalty += amount
        paidPenalty += amount
        cash -= amount
    }

    private mutating func payInterest(
        _ amount: Int64, _ index: Int, _ payment: Int, _ cash: inout Int64
    ) throws(AmountError) {
        guard amount > 0 else { return }
        let start = contract.schedule.cumulativeInterest[index] + instalments[index].paidInterest
        let parts = try contract.scale.parts(from: start, to: start + amount)
        let isOverdue = isOverdue(index, payment)
        credit(parts, payment, index) {
            if isOverdue { $0.overdueInterest += $1 } else { $0.interest += $1 }
        }
        instalments[index].paidInterest += amount
        cash -= amount
        chargeServiceFees(payment, index)
    }

    private mutating func payPrincipal(
        _ amount: Int64, _ index: Int, _ payment: Int, _ date: BusinessDate, _ cash: inout Int64
    ) throws(AmountError) {
        guard amount > 0 else { return }
        let start = contract.schedule.cumulativePrincipal[index] + instalments[index].paidPrincipal
        let parts = try contract.scale.parts(from: start, to: start + amount)
        let isOverdue = isOverdue(index, payment)
        credit(parts, payment, index) {
            if isOverdue { $0.overduePrincipal += $1 } else { $0.principal += $1 }
        }
        instalments[index].penalty.pay(principal: amount, on: date)
        instalments[index].paidPrincipal += amount
        cash -= amount
    }

    /// Waiting cash was there before the due date, so its value date never makes it overdue.
    private func isOverdue(_ index: Int, _ payment: Int) -> Bool {
        payments[payment].valueDate > instalments[index].instalment.dueOn
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

// MARK: - Overdue and accrual

extension Replay {
    private mutating func moveToOverdue(endOf date: BusinessDate) throws(AmountError) {
        for index in (0..<dueCount).reversed() {
            let state = instalments[index]
            guard state.instalment.dueOn == date else { return }
            let principalEnd = contract.schedule.cumulativePrincipal[index + 1]
            let interestEnd = contract.schedule.cumulativeInterest[index + 1]
            let principal = try contract.scale.parts(
                from: principalEnd - state.unpaidPrincipal, to: principalEnd)
            let interest = try contract.scale.parts(
                from: interestEnd - state.unpaidInterest, to: interestEnd)
            for lender in lenders.indices {
                lenders[lender].movedPrincipal += principal[lender]
                lenders[lender].movedInterest += interest[lender]
            }
        }
    }

    /// Interest billed and accrued, and penalty, to the end of the date, split on their scales.
    private mutating func accrue(endOf date: BusinessDate) throws(AmountError) {
        let morning = date.adding(days: 1)
        var penalty: Int64 = 0
        for state in instalments[..<dueCount] {
            penalty = try penalty.plus(state.penaltyTarget(on: morning, contract: contract))
        }
        let interest = try contract.schedule.accruedInterest(endOf: date)
        let interestParts = try contract.scale.parts(of: interest)
        let penaltyParts = try contract.scale.parts(of: penalty)
        for lender in lenders.indices {
            lenders[lender].accruedInterest = interestParts[lender]
            lenders[lender].accruedPenalty = penaltyParts[lender]
        }
    }

    /// Days past due at the end of a date, and the oldest instalment with anything unpaid.
    func delinquency(endOf date: BusinessDate) -> (days: Int, oldestUnpaid: Int?) {
        let oldest = instalments.indices.first { instalments[$0].unpaid > 0 }
        let pastDue = instalments[..<dueCount].first { $0.unpaid > contract.materiality }
        return (pastDue.map { max(0, date.days(since: $0.instalment.dueOn)) } ?? 0, oldest)
    }
}
