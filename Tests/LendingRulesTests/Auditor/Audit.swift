import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// One random life, told to the auditor and to the rules, and compared day by day.
struct Audit {
    private let contract: LoanContract
    private let facts: [LoanFact]

    /// - Parameter isMixed: Whether claims and cash take every route, and not those of payments
    ///   alone.
    /// - Parameter changesHands: Whether other lenders take claims over now and then.
    init(
        isMixed: Bool = false, changesHands: Bool = false, using random: inout SeededGenerator
    ) {
        var limits = SampleLoan.Limits()
        // Owners are kept for every single cent.
        limits.digits = 4
        limits.instalments = 1...7
        limits.rateDigits = 8
        limits.lenders = isMixed ? 2...4 : 1...3
        contract = SampleLoan.contract(limits, using: &random)
        facts =
            (isMixed
                ? SampleFacts.mixed(of: contract, using: &random)
                : SampleFacts.facts(of: contract, using: &random))
            + (changesHands ? SampleFacts.handovers(of: contract, using: &random) : [])
    }

    /// Throws at the first day on which the two disagree.
    func run() throws {
        let end = SampleFacts.horizon(of: contract, facts: facts)
        var date = contract.disbursedOn
        var walked = walk(until: end, knownOn: date)
        while date <= end {
            if facts.contains(where: { $0.bookingDate == date || $0.valueDate == date }) {
                walked = walk(until: end, knownOn: date)
            }
            let known = facts.filter { $0.bookingDate <= date }
            let position = try contract.position(facts: known, at: date)
            let audited = walked[date.days(since: contract.disbursedOn)]
            try hold(
                AuditedDay(position) == audited,
                "\(date): \(AuditedDay(position)) audited as \(audited)")
            date = date.adding(days: 1)
        }
    }

    /// The clerk starts anew whenever he learns of something: his books of that day on are right.
    private func walk(until end: BusinessDate, knownOn date: BusinessDate) -> [AuditedDay] {
        let known = facts.filter { $0.bookingDate <= date && $0.valueDate <= date }
        var undone: Set<String> = []
        for fact in known {
            if case .reversal(let payment) = fact.kind { undone.insert(payment) }
        }
        let ordered = known.sorted { left, right in
            if left.valueDate != right.valueDate { return left.valueDate < right.valueDate }
            if left.instant != right.instant { return left.instant < right.instant }
            return left.id < right.id
        }
        let events = ordered.compactMap { fact -> AuditedEvent? in
            undone.contains(fact.id) ? nil : AuditedEvent(fact)
        }
        return Auditor.days(of: AuditedLoan(contract), events: events, until: Int(end.dayNumber))
    }
}

extension AuditedEvent {
    /// What the house wrote on the voucher; a reversal is none, it tears one up.
    fileprivate init?(_ fact: LoanFact) {
        switch fact.kind {
        case .disbursed, .reversal: return nil
        case .repayment(let amount): what = .payment(Int(amount))
        case .refund(let amount): what = .refund(Int(amount))
        case .waiver(let amounts, _): what = .waiver(Asked(amounts))
        case .chargeOff(let amounts, let isFull):
            what = .writeOff(Asked(amounts), everything: isFull)
        case .recovery(let amount): what = .recovery(Int(amount))
        case .collectionCost(let amount): what = .cost(Int(amount))
        case .cancelled(.fee(let fee)): what = .undone(owesInterest: false, fee: Int(fee))
        case .cancelled(let charge): what = .undone(owesInterest: charge == .interest, fee: 0)
        case .payoutFailed, .payoutReturned: what = .undone(owesInterest: false, fee: 0)
        case .transferred(let shares):
            what = .handedOver(shares.map { (who: $0.party.name, weight: Int($0.amount)) })
        case .rateChange, .dueDateChange, .extended, .restructured, .drawdown: return nil
        }
        id = fact.id
        day = Int(fact.valueDate.dayNumber)
    }
}

extension AuditedEvent.Asked {
    fileprivate init(_ amounts: ClaimAmounts) {
        principal = Int(amounts.principal)
        interest = Int(amounts.interest)
        penalty = Int(amounts.penalty)
    }
}

extension AuditedClaims {
    fileprivate init(_ part: Components) {
        principal = Int(part.principal)
        overduePrincipal = Int(part.overduePrincipal)
        interest = Int(part.interest)
        overdueInterest = Int(part.overdueInterest)
        penalty = Int(part.penalty)
    }
}

extension AuditedDay {
    /// The same numbers as the rules see them.
    fileprivate init(_ position: LoanPosition) {
        self.init(
            claims: position.lenders.map {
                AuditedClaims(
                    principal: Int($0.principal), overduePrincipal: Int($0.overduePrincipal),
                    interest: Int($0.interest), overdueInterest: Int($0.overdueInterest),
                    penalty: Int($0.penalty), fees: Int($0.serviceFees.reduce(0, +)))
            })
        unallocated = Int(position.unallocated)
        daysPastDue = position.daysPastDue
        for payment in position.payments {
            received[payment.payment] = payment.parts.map { Int($0.components.total) }
        }
        for effect in position.effects where effect.kind != .refund {
            relief[effect.fact] = effect.parts.map(AuditedClaims.init)
        }
        memorandum = position.lenders.map { Int($0.writtenOff) }
        let (paidIn, side) = (position.payments.reduce(0) { $0 + $1.received }, position.cash)
        let lent = position.lenders.reduce(0) { $0 + $1.disbursed }
        cash = Int(
            paidIn + side.recovered + side.cancellationFees - side.refunded - side.costs - lent)
        openCosts = Int(side.costs - side.costsCovered)
    }
}
