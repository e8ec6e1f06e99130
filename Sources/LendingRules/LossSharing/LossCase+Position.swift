import BusinessCalendar
import Monetary

// What a loan's position says of losses at the end of a date.

extension LossCase {
    /// The case of a loan between two ends of days.
    ///
    /// A loan that somebody has written off on the date is as many days past due as it was without
    /// that, and what was written off is at stake, but nothing is left that could move.
    /// - Parameters:
    ///   - before: What was known at the end of the day before; nil for a loan that was not lent.
    ///   - after: What is known at the end of the date, whatever was instructed of claims included.
    ///   - facts: Those of `after`.
    ///   - earlier: Those of `before`.
    /// - Throws: ``ServicingError`` for facts that cannot be.
    package init(
        _ contract: LoanContract, under terms: LossTerms, from before: LoanPosition?,
        to after: LoanPosition, facts: [LoanFact], earlier: [LoanFact], instructed: Set<String> = []
    ) throws(ServicingError) {
        let date = after.date
        let known = facts.filter { !$0.writesOff(on: date) }
        let isWrittenOff = known.count < facts.count
        let open = isWrittenOff ? try contract.position(facts: known, at: date) : after
        let instalments: [[InstalmentStake]] =
            terms.layers.contains { $0.goesByInstalments }
            ? try contract.instalmentStakes(facts, earlier, on: date)
            : contract.lenders.map { _ in [] }
        let paid = LossPayments(of: open)
        var stakes: [LossStake] = []
        for (index, lender) in contract.lenders.enumerated()
        where open.hasHeld[index] && !open.isGuarantor(lender, at: index, of: contract) {
            stakes.append(
                LossStake(
                    party: lender,
                    claim: isWrittenOff ? after.stake(index, with: open) : after.stake(index),
                    movable: after.stake(index),
                    paid: paid.indemnities(of: lender), paidBy: paid.byLayer(to: lender),
                    instalments: instalments[index]))
        }
        let again = facts.revivesClaims(on: date) ? paid.layers : []
        self.init(
            loan: contract.loan, agreement: contract.agreement, terms: terms,
            disbursedOn: contract.disbursedOn, daysPastDue: open.daysPastDue,
            previousDaysPastDue: before?.daysPastDue ?? 0, instructed: instructed.union(again),
            isWrittenOff: isWrittenOff, stakes: stakes)
    }
}

extension LoanFact {
    /// Whether somebody writes the loan off whole by it on a date; not what closes decide.
    fileprivate func writesOff(on date: BusinessDate) -> Bool {
        if case .chargeOff(_, isFull: true) = kind { bookingDate == date } else { false }
    }
}

extension [LoanFact] {
    /// Whether a payment is taken back on a date that had counted before the last decision about
    /// losses: what that was decided on was too little.
    fileprivate func revivesClaims(on date: BusinessDate) -> Bool {
        let decided = filter(\.isOfLosses).map(\.valueDate).max()
        guard let decided else { return false }
        return contains { fact in
            guard case .reversal(let payment) = fact.kind, fact.bookingDate == date else {
                return false
            }
            return contains { $0.id == payment && $0.valueDate <= decided }
        }
    }
}

extension LoanFact {
    fileprivate var isOfLosses: Bool {
        switch kind {
        case .assigned(let assignment): assignment.reason == .compensation
        case .indemnified: true
        default: false
        }
    }
}

/// What layers have paid for a loan so far.
private struct LossPayments {
    private let indemnities: [Indemnity]
    private let compensations: [Assignment]

    /// What was paid for claims that have been written off since is no payment for those that a
    /// payment taken back has revived.
    init(of position: LoanPosition) {
        let gone = position.stoppedOn.map { $0 < position.date } == true ? position.stoppedOn : nil
        var (indemnities, compensations) = ([Indemnity](), [Assignment]())
        for effect in position.effects where gone.map({ effect.valueDate > $0 }) ?? true {
            switch effect.kind {
            case .indemnity(let indemnity): indemnities.append(indemnity)
            case .assignment(let assignment) where assignment.reason == .compensation:
                compensations.append(assignment)
            default: break
            }
        }
        (self.indemnities, self.compensations) = (indemnities, compensations)
    }

    /// The layers that have paid anything.
    var layers: Set<String> {
        let paid = indemnities.filter { $0.reason == .invocation }.map(\.ground)
        return Set(paid).union(compensations.map(\.ground))
    }

    /// What a lender has been paid for the claims that it has, less what it paid others under loss
    /// shares.
    func indemnities(of party: PartyID) -> LossAmounts {
        var paid = LossAmounts.zero
        for indemnity in indemnities {
            if indemnity.payee == party { paid += indemnity.amounts }
            if indemnity.payer == party, indemnity.reason == .lossSharing {
                paid -= indemnity.amounts
            }
        }
        return paid
    }

    func byLayer(to party: PartyID) -> [String: LossAmounts] {
        var paid: [String: LossAmounts] = [:]
        for indemnity in indemnities where indemnity.payee == party {
            paid[indemnity.ground, default: .zero] += indemnity.amounts
        }
        for assignment in compensations where assignment.from == party {
            paid[assignment.ground, default: .zero] += LossAmounts(
                principal: assignment.claims.principal, interest: assignment.claims.interest)
        }
        return paid
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
    fileprivate func stake(_ index: Int, with open: LoanPosition? = nil) -> LossAmounts {
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
    fileprivate func instalmentStakes(
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
                            principal: parts.0[lender], interest: parts.1[lender])))
            }
        }
        return stakes
    }
}
