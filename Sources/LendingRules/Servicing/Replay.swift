import BusinessCalendar
import Monetary

/// One walk through a loan's due dates and facts, oldest first: the definition of a position.
///
/// On a date instalments fall due first, waiting cash is applied to them, then the facts of the
/// date; at its end whatever is unpaid of the instalments due that day moves to overdue. Whatever
/// settles a claim takes it from the front of what is left of its instalment (RULES § 2).
struct Replay {
    let contract: LoanContract
    var instalments: [InstalmentState]
    var lenders: [LenderPosition]
    var payments: [PaymentPosition] = []
    var effects: [FactEffect] = []
    var cash = SideCash()
    var dueCount = 0
    var firstUnpaid = 0
    /// How much of the scale of penalty is settled, by whatever route.
    var settledPenalty: Int64 = 0
    var writtenOff = WrittenOffClaims()
    /// The value date of a full charge-off: nothing accrues from it on.
    var stoppedOn: BusinessDate?
    /// From then on the loan is as if it had never been lent.
    var undoneOn: BusinessDate?
    /// The scale of every epoch so far.
    var scales: [ProportionalScale]
    /// Where the present epoch began.
    var opening: EpochOpening
    /// Which lenders have had a part in the loan, in any epoch.
    var hasHeld: [Bool]
    /// Facts by which claims change hands at the end of the date that is being walked.
    private var handovers: [LoanFact] = []

    init(_ contract: LoanContract) {
        self.contract = contract
        instalments = contract.schedule.instalments.map {
            InstalmentState($0, graceDays: contract.penalty.graceDays)
        }
        lenders = Replay.strangers(of: contract)
        scales = [contract.scale]
        opening = EpochOpening(first: contract)
        hasHeld = contract.scale.weights.map { $0 > 0 }
    }

    /// Lenders who have lent nothing.
    static func strangers(of contract: LoanContract) -> [LenderPosition] {
        var lender = LenderPosition()
        lender.serviceFees = [Int64](repeating: 0, count: contract.serviceFees.count)
        return contract.lenders.map { _ in lender }
    }

    /// Replays everything up to the end of `date`, from facts in their order.
    mutating func run(_ facts: [LoanFact], until date: BusinessDate) throws(AmountError) {
        guard date >= contract.disbursedOn else { return }
        for lender in lenders.indices { lenders[lender].disbursed = contract.scale.weights[lender] }
        var pending = facts[...]
        while let next = nextDate(pending.first?.valueDate), next <= date {
            try fallDue(on: next)
            while let fact = pending.first, fact.valueDate == next {
                pending.removeFirst()
                try apply(fact)
            }
            try moveToOverdue(endOf: next)
            for fact in handovers { try changeHands(fact) }
            handovers = []
        }
        if undoneOn == nil { try accrue(endOf: date) }
    }

    private func nextDate(_ fact: BusinessDate?) -> BusinessDate? {
        let due = dueCount < instalments.count ? instalments[dueCount].instalment.dueOn : nil
        guard let fact, let due else { return fact ?? due }
        return min(fact, due)
    }

    private mutating func fallDue(on date: BusinessDate) throws(AmountError) {
        while dueCount < instalments.count, instalments[dueCount].instalment.dueOn == date {
            dueCount += 1
        }
        for index in payments.indices where payments[index].unallocated > 0 {
            try allocate(payment: index, on: date)
        }
    }

    private mutating func apply(_ fact: LoanFact) throws(AmountError) {
        switch fact.kind {
        case .disbursed, .reversal: break
        case .repayment(let amount): try receive(amount, fact)
        case .refund(let amount): refund(amount, fact)
        case .waiver(let amounts, let bearer): try waive(amounts, borneBy: bearer, fact)
        case .chargeOff(let amounts, let isFull): try chargeOff(amounts, isFull: isFull, fact)
        case .recovery(let amount): try recover(amount, fact)
        case .collectionCost(let amount): cash.costs += amount
        case .cancelled(let charge): try undo(charge, fact)
        case .payoutFailed, .payoutReturned: try undo(.none, fact)
        case .transferred: handovers.append(fact)
        }
    }

    private mutating func receive(_ amount: Int64, _ fact: LoanFact) throws(AmountError) {
        payments.append(
            PaymentPosition(
                payment: fact.id, valueDate: fact.valueDate, received: amount,
                parts: [PaymentPart](repeating: PaymentPart(), count: lenders.count)))
        try allocate(payment: payments.count - 1, on: fact.valueDate)
    }
}

// MARK: - Overdue and accrual

extension Replay {
    private mutating func moveToOverdue(endOf date: BusinessDate) throws(AmountError) {
        for index in (0..<dueCount).reversed() {
            let state = instalments[index]
            guard state.instalment.dueOn == date else { return }
            let principal = try parts(of: state.unpaidPrincipal, onward: principalStart(index))
            let interest = try parts(of: state.unpaidInterest, onward: interestStart(index))
            for lender in lenders.indices {
                lenders[lender].movedPrincipal += principal[lender]
                lenders[lender].movedInterest += interest[lender]
            }
        }
    }

    /// Interest billed and accrued, and penalty, to the end of the date, split on their scales.
    mutating func accrue(endOf date: BusinessDate) throws(AmountError) {
        let (interest, penalty) = try accrued(endOf: date)
        let interestParts = try scale.parts(of: interest - opening.settledInterest)
        let penaltyParts = try scale.parts(of: penalty - opening.settledPenalty)
        for lender in lenders.indices {
            lenders[lender].accruedInterest =
                opening.accruedInterest[lender] + interestParts[lender]
            lenders[lender].accruedPenalty = opening.accruedPenalty[lender] + penaltyParts[lender]
        }
    }

    /// What the borrower has been charged by the end of a date, of all epochs.
    func accrued(endOf date: BusinessDate) throws(AmountError) -> (
        interest: Int64, penalty: Int64
    ) {
        let night = stopped(date.adding(days: 1))
        var penalty: Int64 = 0
        for state in instalments[..<dueCount] {
            penalty = try penalty.plus(state.penaltyTarget(on: night, contract: contract))
        }
        return (try accruedInterest(before: night), penalty)
    }

    /// The date, or the earlier one from which nothing accrues any more.
    func stopped(_ date: BusinessDate) -> BusinessDate { min(date, stoppedOn ?? date) }

    /// Interest of the days before a date, billed periods included.
    func accruedInterest(before date: BusinessDate) throws(AmountError) -> Int64 {
        guard date > contract.disbursedOn else { return 0 }
        return try contract.schedule.accruedInterest(endOf: date.adding(days: -1))
    }

    /// Days past due at the end of a date, and the oldest instalment with anything unpaid.
    func delinquency(endOf date: BusinessDate) -> (days: Int, oldestUnpaid: Int?) {
        let oldest = instalments.indices.first { instalments[$0].unpaid > 0 }
        let pastDue = instalments[..<dueCount].first { $0.unpaid > contract.materiality }
        return (pastDue.map { max(0, date.days(since: $0.instalment.dueOn)) } ?? 0, oldest)
    }
}

// MARK: - Places on the scales

extension Replay {
    /// The scale of the present epoch.
    var scale: ProportionalScale { scales[epoch] }

    /// Number of the present epoch, from 0.
    var epoch: Int { scales.count - 1 }

    /// Where what is left of an instalment's principal begins on its scale.
    func principalStart(_ index: Int) -> Int64 {
        opening.principal[index] + instalments[index].settledPrincipal
    }

    /// Where what is left of an instalment's interest begins on its scale.
    func interestStart(_ index: Int) -> Int64 {
        opening.interest[index] + instalments[index].settledInterest
    }

    /// Where what is left of the penalty begins on its scale.
    var penaltyStart: Int64 { settledPenalty - opening.settledPenalty }

    /// Each lender's part of the next `amount` of a scale from `start` on.
    func parts(of amount: Int64, onward start: Int64) throws(AmountError) -> [Int64] {
        try scale.parts(from: start, to: start + amount)
    }

    /// Penalty of an instalment that is owed and not settled, for a fact of a date.
    func penaltyDue(_ index: Int, on date: BusinessDate) throws(AmountError) -> Int64 {
        try instalments[index].penaltyTarget(on: stopped(date), contract: contract)
            - instalments[index].settledPenalty
    }
}
