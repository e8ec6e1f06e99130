import BusinessCalendar
import Monetary

// What a loan's position says of losses at the end of a date.

extension LossCase {
    /// The case of a loan between two ends of days.
    ///
    /// A loan that somebody has written off on the date is as many days past due as it was without
    /// that, and what was written off is at stake, but nothing is left that could move. Of one that
    /// the close will write off at once that is at stake which it takes.
    /// - Parameters:
    ///   - before: What was known at the end of the day before; nil for a loan that was not lent.
    ///   - after: What is known at the end of the date, whatever was instructed of claims included.
    ///   - facts: Those of `after`.
    ///   - earlier: Those of `before`.
    /// - Throws: ``ServicingError`` for facts that cannot be.
    package init(
        _ contract: LoanContract, under terms: LossTerms, from before: LoanPosition?,
        to after: LoanPosition, facts: [LoanFact], earlier: [LoanFact],
        instructed: Set<String> = [], timing: ChargeOffTiming = .onReaching
    ) throws(ServicingError) {
        let date = after.date
        let known = facts.filter { !$0.isWriteOff(on: date) }
        let isWrittenOff = known.count < facts.count
        let open = isWrittenOff ? try contract.position(facts: known, at: date) : after
        let instalments: [[InstalmentStake]] =
            terms.layers.contains { $0.goesByInstalments }
            ? try contract.instalmentStakes(facts, earlier, on: date)
            : contract.lenders.map { _ in [] }
        let writtenOff = try contract.writtenOffLosses(facts, before: open)
        let paid = PaidLosses(
            facts, passing: try contract.passages(facts), writtenOff: writtenOff,
            layers: terms.layers)
        func entry(losing claim: (Int) -> LossAmounts) -> LossCase {
            let stakes = contract.lenders.enumerated().compactMap { index, lender in
                open.hasHeld[index] && !open.isGuarantor(lender, at: index, of: contract)
                    ? LossStake(
                        party: lender, claim: claim(index), movable: after.stake(index),
                        paid: paid.indemnities(of: lender), paidBy: paid.byLayer(to: lender),
                        instalments: instalments[index])
                    : nil
            }
            return LossCase(
                loan: contract.loan, agreement: contract.agreement, terms: terms,
                disbursedOn: contract.disbursedOn, daysPastDue: open.daysPastDue,
                previousDaysPastDue: before?.daysPastDue ?? 0, instructed: instructed,
                isWrittenOff: isWrittenOff, timing: timing, stakes: stakes)
        }
        let asItStands = entry { isWrittenOff ? after.stake($0, with: open) : after.stake($0) }
        guard asItStands.isChargedOffAtOnce else {
            self = asItStands
            return
        }
        let gone = try contract.chargedOff(facts, on: date)
        self = entry { gone.stake($0, with: after) }
    }
}

extension LoanContract {
    /// The loan at the end of a date at which its close writes off all that is left of it.
    fileprivate func chargedOff(_ facts: [LoanFact], on date: BusinessDate)
        throws(ServicingError) -> LoanPosition
    {
        let everything = LossDecision(
            name: "charge-off", kind: .chargeOff(.everything, isFull: true))
        return try position(
            facts: facts + [everything.fact(of: loan, endOf: date, number: facts.count + 1)],
            at: date)
    }
}

extension LoanPosition {
    /// Whether a party has claims only because it paid for them.
    fileprivate func isGuarantor(
        _ party: PartyID, at index: Int, of contract: LoanContract
    ) -> Bool {
        if contract.scale.weights[index] > 0 { return false }
        return effects.allSatisfy { effect in
            switch effect.kind {
            case .transfer: effect.parts[index] == Components()
            case .assignment(let assignment):
                assignment.to != party || assignment.reason == .compensation
            default: true
            }
        }
    }

    /// What a lender may lose: its claims but for what it took over by compensation, and with them
    /// what a position without it shows to have been written off.
    func stake(_ index: Int, with open: LoanPosition? = nil) -> LossAmounts {
        var claims = lenders[index].claims - acquired[index]
        if let open {
            claims += lenders[index].chargedOff - open.lenders[index].chargedOff
            claims = claims - (open.acquired[index] - acquired[index])
        }
        return LossAmounts(
            principal: max(0, claims.allPrincipal), interest: max(0, claims.allInterest))
    }
}

extension LoanContract {
    /// Each lender's part of every instalment that is past due at the end of a date.
    func instalmentStakes(
        _ facts: [LoanFact], _ earlier: [LoanFact], on date: BusinessDate
    ) throws(ServicingError) -> [[InstalmentStake]] {
        let replay = try replay(facts, until: date)
        let eve = date.adding(days: -1)
        let known = earlier.contains { $0.kind == .disbursed }
        let past = known ? try self.replay(earlier, until: eve).instalments : []
        var stakes = lenders.map { _ in [InstalmentStake]() }
        for index in 0..<replay.dueCount where replay.instalments[index].unpaid > 0 {
            let dueOn = replay.instalments[index].instalment.dueOn
            let wasUnpaid = index < past.count && past[index].unpaid > 0
            let parts = try ServicingError.amounts { () throws(AmountError) in
                (
                    try replay.principalParts(index, replay.instalments[index].unpaidPrincipal),
                    try replay.interestParts(index, replay.instalments[index].unpaidInterest)
                )
            }
            for lender in lenders.indices {
                stakes[lender].append(
                    InstalmentStake(
                        number: index + 1, daysPastDue: max(0, date.days(since: dueOn)),
                        previousDaysPastDue: wasUnpaid ? max(0, eve.days(since: dueOn)) : 0,
                        claim: LossAmounts(
                            principal: parts.0[lender], interest: parts.1[lender]),
                        paidBy: replay.paid(for: index, to: lenders[lender], on: date)))
            }
        }
        return stakes
    }
}

extension Replay {
    /// What each layer has paid a lender for of an instalment; nothing of what is left once the
    /// rest was written off.
    fileprivate func paid(for index: Int, to lender: PartyID, on date: BusinessDate)
        -> [String: LossAmounts]
    {
        if let stoppedOn, stoppedOn < date { return [:] }
        var paid: [String: LossAmounts] = [:]
        for (source, amounts) in instalments[index].paidFor where source.lender == lender {
            paid[source.layer] = amounts
        }
        return paid
    }
}
