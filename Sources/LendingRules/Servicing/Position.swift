package import BusinessCalendar
import Monetary

extension LoanContract {
    /// The position of the loan at the end of `date` from the given facts: **the definition**.
    ///
    /// Which facts are known is the caller's choice: posting of D is
    /// `position(booked ≤ D, at D) − position(booked ≤ D−1, at D−1)`. Their order in the array
    /// does not matter. Facts value-dated after `date` do not count yet; before its disbursement a
    /// loan has no amounts.
    /// - Throws: ``ServicingError`` for facts that cannot be.
    package func position(facts: [LoanFact], at date: BusinessDate) throws(ServicingError)
        -> LoanPosition
    {
        let replay = try replay(facts, until: date)
        let delinquency = replay.delinquency(endOf: date)
        if let place = replay.lenders.firstIndex(where: { !$0.isSound }) {
            throw .belowZero(lenders[place])
        }
        return LoanPosition(
            date: date, lenders: replay.lenders, payments: replay.payments,
            dueCount: replay.dueCount, daysPastDue: delinquency.days,
            oldestUnpaid: delinquency.oldestUnpaid, effects: replay.effects, cash: replay.cash,
            schedule: replay.schedule, instalments: replay.instalments, rates: replay.rates,
            drawn: replay.drawn, repaidEarly: replay.repaidEarly, openAccruals: replay.openAccruals,
            isNonAccrual: replay.watch.isNonAccrual && replay.undoneOn == nil,
            stoppedOn: replay.stoppedOn,
            isUndone: replay.undoneOn != nil, holding: replay.holding, hasHeld: replay.hasHeld,
            acquired: zip(replay.lenders, replay.acquired).map { $0.bucketed($1.left(of: $0)) },
            acquiredRecoveries: replay.acquired.map(\.recovered))
    }

    /// The walk of the loan to the end of a date, from the facts that count by then.
    func replay(_ facts: [LoanFact], until date: BusinessDate) throws(ServicingError) -> Replay {
        let effective = try effectiveFacts(of: facts, at: date)
        var replay: Replay
        do { replay = try Replay(self) } catch { throw .amount(error) }
        try replay.run(effective, until: date)
        return replay
    }

    /// Facts that count on a date, in their order: reversed payments are as if they had never come.
    func effectiveFacts(of facts: [LoanFact], at date: BusinessDate)
        throws(ServicingError) -> [LoanFact]
    {
        let ordered = facts.sorted()
        try check(ordered)
        let reversals = try reversals(in: ordered)
        for (payment, reversal) in reversals.sorted(by: { $0.value < $1.value })
        where !ordered.contains(where: { $0.isPayment && $0.id == payment }) {
            throw .unknownPayment(id: payment, reversal: reversal.id)
        }
        return ordered.filter { fact in
            if fact.valueDate > date { return false }
            return !fact.isPayment || reversals[fact.id].map { $0.valueDate > date } ?? true
        }
    }

    private func check(_ ordered: [LoanFact]) throws(ServicingError) {
        var moved: Int64 = 0
        var isUndone = false
        for fact in ordered {
            guard let amount = fact.amount else { throw .unusablePayment(id: fact.id) }
            if fact.kind.startsOrReverses { continue }
            guard fact.valueDate >= disbursedOn else { throw .beforeDisbursement(id: fact.id) }
            if let stranger = fact.parties.first(where: { !lenders.contains($0) }) {
                throw .unknownHolder(id: fact.id, party: stranger)
            }
            // Every later sum of parts of payments is at most this one.
            do { moved = try moved.plus(amount) } catch { throw .amount(error) }
            guard fact.undoesLoan else { continue }
            if isUndone { throw .undoneTwice(id: fact.id) }
            isUndone = true
        }
    }

    /// The reversal of each reversed payment.
    private func reversals(in ordered: [LoanFact]) throws(ServicingError) -> [String: LoanFact] {
        var reversals: [String: LoanFact] = [:]
        for fact in ordered {
            guard case .reversal(let payment) = fact.kind else { continue }
            guard reversals.updateValue(fact, forKey: payment) == nil else {
                throw .reversedTwice(id: payment, reversal: fact.id)
            }
        }
        return reversals
    }
}

extension LoanFact {
    fileprivate var isPayment: Bool {
        if case .repayment = kind { true } else { false }
    }

    /// Cash that the fact moves, 0 when none; nil when its amounts are unusable.
    fileprivate var amount: Int64? {
        switch kind {
        case .disbursed, .reversal, .payoutFailed, .payoutReturned: return 0
        case .rateChange, .dueDateChange, .extended, .restructured: return 0
        case .cancelled(.none), .cancelled(.interest), .instructed: return 0
        case .repayment(let amount), .refund(let amount), .recovery(let amount),
            .collectionCost(let amount), .cancelled(.fee(let amount)):
            return amount > 0 ? amount : nil
        case .waiver(let amounts, _), .chargeOff(let amounts, _):
            return amounts.isUsable ? 0 : nil
        case .assigned(let assignment): return assignment.isSound ? assignment.price : nil
        case .indemnified(let indemnity):
            return indemnity.isSound ? Int64(clamping: indemnity.amount.magnitude) : nil
        case .ratioChange(let change): return change.isSound ? 0 : nil
        case .transferred(let shares), .drawdown(let shares):
            let isUsable = shares.contains { $0.amount > 0 } && shares.allSatisfy { $0.amount >= 0 }
            return isUsable ? 0 : nil
        }
    }
}

extension LoanFact {
    /// Who holds the loan's claims from the end of its value date on; empty when they stay.
    package var holders: [PlannedShare] {
        switch kind {
        case .transferred(let shares), .drawdown(let shares): shares
        default: []
        }
    }

    /// Who holds or lends something by it.
    package var parties: [PartyID] {
        switch kind {
        case .ratioChange(let change): change.parts.map(\.party)
        case .assigned(let assignment): [assignment.from, assignment.to]
        case .indemnified(let indemnity): [indemnity.payer, indemnity.payee]
        default: holders.map(\.party)
        }
    }

    /// Whether claims change hands by it.
    package var changesHands: Bool {
        switch kind {
        case .transferred, .ratioChange, .assigned: true
        default: false
        }
    }
}

extension LoanFact.Kind {
    fileprivate var startsOrReverses: Bool {
        switch self {
        case .disbursed, .reversal: true
        default: false
        }
    }
}
