import BusinessCalendar
import Monetary

/// A loan whose losses a close has looked at, with what was instructed of its claims.
struct LossSubject {
    let contract: LoanContract
    let facts: [LoanFact]
    /// At the end of the day before; nil for a loan that was not lent.
    let before: LoanPosition?
    /// At the end of the date, without what is decided.
    let posted: LoanPosition
    let terms: LossTerms
    /// What people ask for on the date.
    let orders: [LossInstruction]
    /// What waited for claims to move is written off a day late.
    let isLate: Bool
    /// What is decided of claims before any layer is asked.
    private(set) var decisions: [LossDecision] = []
    /// The facts with those of the decisions.
    private(set) var known: [LoanFact]
    /// At the end of the date with what is decided of claims.
    private(set) var position: LoanPosition
    /// Earlier decisions that somebody wants to be corrected.
    var corrections: [CorrectionOrder] = []
    /// What corrections have asked layers for, and orders of which nothing came.
    var draws: [LossDraw] = []

    init(
        _ contract: LoanContract, _ facts: [LoanFact], from before: LoanPosition?,
        to posted: LoanPosition, under terms: LossTerms, orders: [LossInstruction]
    ) {
        self.contract = contract
        self.facts = facts
        self.before = before
        self.posted = posted
        self.terms = terms
        self.orders = orders
        isLate = terms.isLate(from: before, to: posted)
        known = facts
        position = posted
    }
}

extension LossSubject {
    /// The loan as it is on the date without what people write off on it.
    func unwritten(_ date: BusinessDate) throws(ServicingError) -> LoanPosition {
        try contract.position(facts: facts.filter { !$0.isWriteOff(on: date) }, at: date)
    }

    /// A case that asks for nothing, to find the loan's covers by.
    func empty(on date: BusinessDate) -> LossCase {
        LossCase(
            loan: contract.loan, agreement: contract.agreement, terms: terms,
            disbursedOn: contract.disbursedOn, daysPastDue: 0, previousDaysPastDue: 0, stakes: [])
    }

    /// Takes a decision about claims; returns its fact.
    mutating func add(_ decision: LossDecision, on date: BusinessDate) throws(ServicingError)
        -> LoanFact
    {
        let decision = decision.numbered(after: decisions)
        decisions.append(decision)
        let fact = decision.fact(of: contract.loan, endOf: date, number: decisions.count)
        known.append(fact)
        position = try contract.position(facts: known, at: date)
        return fact
    }

    /// Moves what people's orders name.
    mutating func carryOut(on date: BusinessDate) throws(ServicingError) {
        for order in orders {
            switch order {
            case .assignment(let order):
                let decided = try order.decisions(of: contract, known, at: position)
                if decided.isEmpty { draws.append(LossDraw(order, of: contract, at: position)) }
                for decision in decided { _ = try add(decision, on: date) }
            case .correction(let order): corrections.append(order)
            case .layer: break
            }
        }
    }

    /// When the loan's days past due write it off: layers that wait for that are asked once, after
    /// the claims have gone where people have ordered them to.
    func timing(on date: BusinessDate) throws(ServicingError) -> ChargeOffTiming {
        if decisions.contains(where: { movesAside($0.kind) }) || movesAside(on: date) {
            return .postponed
        }
        return try hasPostponed(before: date) ? .caughtUp : .onReaching
    }

    /// Whether the loan became so late on the first of the dates just before on which claims moved.
    private func hasPostponed(before date: BusinessDate) throws(ServicingError) -> Bool {
        guard isLate, let days = terms.chargeOffAt else { return false }
        var first = date
        while movesAside(on: first.adding(days: -1)) { first = first.adding(days: -1) }
        if first == date { return false }
        let known = facts.filter { $0.bookingDate < first }
        guard known.contains(where: { $0.kind == .disbursed }) else { return true }
        let eve = try contract.position(facts: known, at: first.adding(days: -1))
        return eve.daysPastDue < days
    }

    /// Whether claims have moved on a date, or a correction may move some, but not by a layer that
    /// waits for a charge-off.
    private func movesAside(on date: BusinessDate) -> Bool {
        facts.contains { fact in
            guard fact.valueDate == date else { return false }
            if case .correction(let order)? = fact.instruction {
                return facts.contains { $0.id == order.decision && $0.isAssignment }
            }
            return movesAside(fact.kind)
        }
    }

    private func movesAside(_ kind: LoanFact.Kind) -> Bool {
        guard case .assigned(let one) = kind else { return false }
        let isByLayer = one.reason == .compensation && one.corrects.isEmpty
        return !isByLayer
            || terms.layers.contains { $0.name == one.ground && $0.movesClaimsBefore }
    }

    /// The decision that books a difference under a name of its own; nil where there is none.
    func correction(
        of decision: StandingDecision, by amounts: ClaimAmounts, as prefix: String,
        number: Int? = nil
    ) throws(ServicingError) -> LossDecision? {
        guard amounts != ClaimAmounts() else { return nil }
        let price = try contract.price(
            of: decision, by: amounts, isRevival: prefix == LossDecision.revival, known)
        let kind = try ServicingError.amounts { () throws(AmountError) in
            try decision.corrected(by: amounts, at: price)
        }
        return kind.map {
            LossDecision(name: "\(prefix)\(number ?? decisions.count + 1)", kind: $0)
        }
    }

    /// Writes off what is left after other decisions of the date; nil where nothing is, or somebody
    /// has written it off already.
    func chargeOff(after decisions: [LoanFact], on date: BusinessDate) -> LoanFact? {
        let number = decisions.count + 1
        func fact(_ amounts: ClaimAmounts) -> LoanFact {
            LossDecision(name: "charge-off", kind: .chargeOff(amounts, isFull: true))
                .fact(of: contract.loan, endOf: date, number: number)
        }
        let everything = fact(.everything)
        // The facts without it have been computed before.
        let after = try? contract.position(facts: facts + decisions + [everything], at: date)
        guard let taken = after?.effects.first(where: { $0.fact == everything.id })?.taken,
            taken.isUsable
        else { return nil }
        return fact(taken)
    }
}

extension LossTerms {
    /// Whether a loan was to be written off before the date and is not; so is what revives of one
    /// that was.
    func isLate(from before: LoanPosition?, to after: LoanPosition) -> Bool {
        guard let days = chargeOffAt, let before else { return false }
        return before.daysPastDue >= days && after.daysPastDue >= days
    }
}

extension LoanFact {
    /// Whether somebody writes the loan off whole by it on a date; not what closes decide.
    func isWriteOff(on date: BusinessDate) -> Bool {
        if case .chargeOff(_, isFull: true) = kind { bookingDate == date } else { false }
    }

    /// What it asks the close to decide; nil for a fact of another kind.
    var instruction: LossInstruction? {
        if case .instructed(let instruction) = kind { instruction } else { nil }
    }
}

extension LossInstruction {
    /// Who gives and who takes.
    var parties: [PartyID] {
        if case .assignment(let order) = self { [order.from, order.to] } else { [] }
    }

    var layer: String? {
        if case .layer(let name) = self { name } else { nil }
    }
}
