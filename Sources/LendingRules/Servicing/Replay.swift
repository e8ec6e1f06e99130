import BusinessCalendar
import Monetary

/// One walk through a loan's due dates and facts, oldest first: the definition of a position.
///
/// On a date instalments fall due first, waiting cash is applied to them, then the facts of the
/// date; at its end whatever is unpaid of the instalments due that day moves to overdue. Whatever
/// settles a claim takes it from the front of what is left of its instalment (RULES § 2).
struct Replay {
    let contract: LoanContract
    /// The plan as facts up to the date that is being walked have left it.
    var schedule: Schedule
    var instalments: [InstalmentState]
    var lenders: [LenderPosition]
    var payments: [PaymentPosition] = []
    var effects: [FactEffect] = []
    var cash = SideCash()
    var dueCount = 0
    /// Instalments whose unpaid rest has moved to overdue.
    var movedCount = 0
    var firstUnpaid = 0
    /// What has fallen due or was repaid early takes this much of the scales of the epoch; of both
    /// penalties, what is settled since the disbursement.
    var laid = ScaleAmounts()
    /// Principal paid out after the disbursement.
    var drawn: Int64 = 0
    /// Principal repaid before it fell due.
    var repaidEarly: Int64 = 0
    var rates: PenaltyRates
    var writtenOff = WrittenOffClaims()
    /// What was spent on collecting, oldest first.
    var costs: [CollectionCost] = []
    /// The value date of a full charge-off: nothing accrues from it on.
    var stoppedOn: BusinessDate?
    /// From then on the loan is as if it had never been lent.
    var undoneOn: BusinessDate?
    var epochs: [HoldingEpoch]
    /// What the present epoch began with.
    var opening: EpochOpening
    /// Lenders' own computations; nil where everything lies on the scales.
    var own: OwnComputation?
    /// Whether single instalments have another holder than the rest.
    var hasInstalmentHolders = false
    /// What lenders have paid for of claims that moved to them, in agreement order.
    var acquired: [AcquiredClaims]
    /// Which lenders have had a part in the loan, in any epoch.
    var hasHeld: [Bool]
    var watch = NonAccrualWatch()
    /// What each lender had been charged of penalties when the open period began.
    var penaltiesBefore: [Penalties]
    var openAccruals: [OpenAccrual]
    /// Principal of each fee's payer times days, where a fee is earned daily.
    var principalDays: [Int128]
    /// All days before are in `principalDays`.
    var walkedTo: BusinessDate
    /// A repayment after which no plan could be made.
    var planFault: PlanFault?
    /// Facts by which claims change hands at the end of the date that is being walked.
    private var handovers: [LoanFact] = []

    /// - Throws: ``AmountError`` when income shares cannot be put on a scale.
    init(_ contract: LoanContract) throws(AmountError) {
        self.contract = contract
        schedule = contract.schedule
        instalments = contract.schedule.instalments.map(InstalmentState.init)
        lenders = Replay.strangers(of: contract)
        rates = PenaltyRates(contract.schedule.terms)
        epochs = [try HoldingEpoch(number: 0, principal: contract.scale, of: contract)]
        opening = EpochOpening(first: contract)
        hasHeld = contract.scale.weights.map { $0 > 0 }
        acquired = contract.lenders.map { _ in AcquiredClaims() }
        penaltiesBefore = contract.lenders.map { _ in Penalties() }
        openAccruals = contract.lenders.map { _ in OpenAccrual() }
        principalDays = contract.serviceFees.map { _ in 0 }
        walkedTo = contract.disbursedOn
        own = OwnComputation(of: contract)
        try assignShares()
    }

    /// Lenders who have lent nothing.
    static func strangers(of contract: LoanContract) -> [LenderPosition] {
        var lender = LenderPosition()
        lender.serviceFees = [Int64](repeating: 0, count: contract.serviceFees.count)
        return contract.lenders.map { _ in lender }
    }

    /// Replays everything up to the end of `date`, from facts in their order.
    mutating func run(_ facts: [LoanFact], until date: BusinessDate) throws(ServicingError) {
        guard date >= contract.disbursedOn else { return }
        for lender in lenders.indices { lenders[lender].disbursed = contract.scale.weights[lender] }
        var pending = facts[...]
        while let next = nextDate(pending.first?.valueDate), next <= date {
            try ServicingError.amounts { () throws(AmountError) in
                walk(to: next)
                try fallDue(on: next)
            }
            while let fact = pending.first, fact.valueDate == next {
                pending.removeFirst()
                try apply(fact)
            }
            try ServicingError.amounts { () throws(AmountError) in try endDay(next) }
            if let planFault { throw .plan(id: planFault.fact, planFault.error) }
        }
        try ServicingError.amounts { () throws(AmountError) in
            walk(to: date.adding(days: 1))
            if undoneOn == nil { try accrue(endOf: date) }
            try chargeDailyFees()
        }
    }

    private func nextDate(_ fact: BusinessDate?) -> BusinessDate? {
        let due = dueCount < instalments.count ? instalments[dueCount].instalment.dueOn : nil
        guard let fact, let due else { return fact ?? due }
        return min(fact, due)
    }

    /// Counts the days before a date, on which nothing happened since the last one that was walked.
    private mutating func walk(to date: BusinessDate) {
        countPrincipalDays(to: date)
        let eve = date.adding(days: -1)
        watch.see(daysPastDue: delinquency(endOf: eve).days, contract.servicing.nonAccrual)
    }

    private mutating func fallDue(on date: BusinessDate) throws(AmountError) {
        guard dueCount < instalments.count || payments.contains(where: { $0.unallocated > 0 })
        else { return }
        try layDue(on: date)
        try useWaitingCash(on: date)
    }

    /// Pays what has fallen due with cash that was there before.
    mutating func useWaitingCash(on date: BusinessDate) throws(AmountError) {
        for index in payments.indices where payments[index].unallocated > 0 {
            try allocate(payment: index, on: date)
        }
    }

    /// Lets instalments fall due that are due by a date.
    mutating func layDue(on date: BusinessDate) throws(AmountError) {
        let earlier = dueCount
        while dueCount < instalments.count, instalments[dueCount].instalment.dueOn <= date {
            if earlier == dueCount { try beginPeriod(on: date) }
            try lay(dueCount)
            dueCount += 1
        }
    }

    private mutating func apply(_ fact: LoanFact) throws(ServicingError) {
        switch fact.kind {
        case _ where fact.changesPlan: try replan(fact)
        case _ where fact.changesHands: handovers.append(fact)
        default: try ServicingError.amounts { () throws(AmountError) in try applyAmounts(of: fact) }
        }
    }

    private mutating func applyAmounts(of fact: LoanFact) throws(AmountError) {
        switch fact.kind {
        case .repayment(let amount): try receive(amount, fact)
        case .refund(let amount): refund(amount, fact)
        case .waiver(let amounts, let bearer): try waive(amounts, borneBy: bearer, fact)
        case .chargeOff(let amounts, let isFull): try chargeOff(amounts, isFull: isFull, fact)
        case .recovery(let amount): try recover(amount, fact)
        case .collectionCost(let amount): try spend(amount, fact)
        case .indemnified(let indemnity): indemnify(indemnity, fact)
        case .cancelled(let charge): try undo(charge, fact)
        case .payoutFailed, .payoutReturned: try undo(.none, fact)
        default: break
        }
    }

    private mutating func receive(_ amount: Int64, _ fact: LoanFact) throws(AmountError) {
        payments.append(
            PaymentPosition(
                payment: fact.id, valueDate: fact.valueDate, received: amount,
                parts: [PaymentPart](repeating: PaymentPart(), count: lenders.count)))
        try allocate(payment: payments.count - 1, on: fact.valueDate)
    }

    private mutating func endDay(_ date: BusinessDate) throws(AmountError) {
        try moveToOverdue()
        // The night of the date is still that of the old holders.
        if !handovers.isEmpty { countPrincipalDays(to: date.adding(days: 1)) }
        if hasInstalmentHolders { try turnPenalties(after: date.adding(days: -1)) }
        for fact in handovers { try changeHands(fact) }
        handovers = []
        let hasFallenDue = dueCount > 0 && instalments[dueCount - 1].instalment.dueOn == date
        watch.end(
            hasArrears: try hasArrears(endOf: date), hasFallenDue: hasFallenDue,
            contract.servicing.nonAccrual)
    }
}

/// Why there is no plan after a repayment.
struct PlanFault: Hashable {
    let fact: String
    let error: ScheduleError
}
