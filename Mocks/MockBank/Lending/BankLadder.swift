// How a bank classes its claims, by its own code.

/// A class of claims, the best first.
package enum RiskClass: String, CaseIterable, Sendable {
    case normal
    case specialMention = "special-mention"
    case substandard, doubtful, loss

    var rank: Int { RiskClass.allCases.firstIndex(of: self) ?? 0 }
}

/// From how many days past due a claim is in which class, and when it leaves it again.
package struct BankLadder: Sendable {
    /// Which loans of a borrower count.
    package enum Pull: String, CaseIterable, Sendable {
        case none
        /// The worst loan of the borrower classes all of them.
        case lender
    }

    /// What a better class needs.
    package enum Way: String, CaseIterable, Sendable {
        case arrearsPaid = "arrears-paid"
        case fewerDays = "fewer-days"
    }

    /// Days by class.
    var steps: [RiskClass: Int] = [:]
    var nonAccrual: RiskClass?
    var chargedOff: RiskClass?
    var upgrade = Way.arrearsPaid
    var observationMonths = 0
    var observedFrom = RiskClass.substandard
    var crossDefault = Pull.none

    package init() {}
}

/// A bank's classes of all its loans, day by day.
struct ClassBook {
    private struct Claim {
        var borrower: String
        var daysPastDue = 0
        var isNonAccrual = false
        var isWrittenOff = false
        var isOwed = false
        var own = RiskClass.normal
        var betterOn: Day?
        var held = RiskClass.normal
    }

    private let ladder: BankLadder
    private var claims: [String: Claim] = [:]
    private var history: [String: [(day: Day, held: RiskClass)]] = [:]

    init(_ ladder: BankLadder) { self.ladder = ladder }

    /// Notes how a loan stands at the end of a date.
    mutating func note(
        _ loan: String, of borrower: String, _ balances: Balances, isWrittenOff: Bool
    ) {
        var claim = claims[loan] ?? Claim(borrower: borrower)
        claim.daysPastDue = balances.daysPastDue
        claim.isNonAccrual = balances.accrualStatus == "non-accrual"
        claim.isWrittenOff = isWrittenOff
        claim.isOwed = balances.total != 0
        claims[loan] = claim
    }

    /// Classes every loan at the end of a date; the loans that are in another class than before.
    mutating func close(_ day: Day) -> [String] {
        for loan in claims.keys { age(loan, on: day) }
        var worst: [String: RiskClass] = [:]
        for claim in claims.values {
            let before = worst[claim.borrower] ?? .normal
            worst[claim.borrower] = before.rank < claim.own.rank ? claim.own : before
        }
        var changed: [String] = []
        for (loan, claim) in claims {
            let others =
                ladder.crossDefault == .lender && claim.isOwed
                ? worst[claim.borrower] ?? .normal : .normal
            let held = others.rank > claim.own.rank ? others : claim.own
            if held == claim.held { continue }
            claims[loan]?.held = held
            history[loan, default: []].append((day, held))
            changed.append(loan)
        }
        return changed
    }

    /// The class of a loan at the end of a date that was classed.
    func held(_ loan: String, on day: Day) -> RiskClass {
        history[loan]?.last { $0.day <= day }?.held ?? .normal
    }

    private mutating func age(_ loan: String, on day: Day) {
        guard var claim = claims[loan] else { return }
        defer { claims[loan] = claim }
        let fresh = ladder.steps.filter { $0.value <= claim.daysPastDue }.keys
        let floors = [
            claim.isNonAccrual ? ladder.nonAccrual : nil,
            claim.isWrittenOff ? ladder.chargedOff : nil,
        ].compactMap { $0 }
        let today = (Array(fresh) + floors).max { $0.rank < $1.rank } ?? .normal
        let isBetter = today.rank < claim.own.rank
        guard isBetter else {
            (claim.own, claim.betterOn) = (today, nil)
            return
        }
        if claim.isWrittenOff { return }
        guard claim.isOwed else {
            (claim.own, claim.betterOn) = (.normal, nil)
            return
        }
        if claim.daysPastDue > 0 {
            claim.betterOn = nil
            if ladder.upgrade == .fewerDays { claim.own = today }
            return
        }
        if ladder.observationMonths > 0, claim.own.rank >= ladder.observedFrom.rank {
            let end =
                claim.betterOn
                ?? day.adding(months: ladder.observationMonths, anchor: day.parts.day)
            claim.betterOn = end
            if day < end { return }
        }
        (claim.own, claim.betterOn) = (today, nil)
    }
}
