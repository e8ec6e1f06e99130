package import BusinessCalendar
import Monetary

/// What one date decides about losses, loan by loan and then for all of them together: the same
/// whatever the order of the loans (RULES § 5, 6).
package struct LossClose {
    private let date: BusinessDate
    private var covers: [CoverID: CoverAccount]
    private var moved: Set<CoverID> = []
    private var cases: [LossCase] = []
    /// Loans that somebody has written off: covers are told once they have paid.
    private var writtenOff: [LossCase] = []
    private var subjects: [LoanID: Subject] = [:]

    /// A loan that was looked at, with what was instructed of its claims.
    fileprivate struct Subject {
        let contract: LoanContract
        let facts: [LoanFact]
        /// At the end of the date, without what is decided.
        let posted: LoanPosition
        let terms: LossTerms
        /// What waited for claims to move is written off a day late, and asks nobody again.
        let isLate: Bool
        var decisions: [LossDecision] = []
    }

    /// - Parameter covers: Every cover as the date before has left it.
    package init(on date: BusinessDate, covers: [CoverID: CoverAccount]) {
        self.date = date
        self.covers = covers
    }

    /// Counts what the date brings a loan's covers, and carries out what was instructed of it.
    ///
    /// - Parameter facts: Those booked up to the date.
    /// - Throws: ``ServicingError`` for facts that cannot be.
    package mutating func take(
        _ contract: LoanContract, _ facts: [LoanFact], under terms: LossTerms
    ) throws(ServicingError) {
        let orders = facts.filter { $0.valueDate == date }.sorted().compactMap(\.instruction)
        let contract = contract.joined(by: terms.providers + orders.flatMap(\.parties))
        let earlier = facts.filter { $0.bookingDate < date }
        let isOld = earlier.contains { $0.kind == .disbursed }
        let before =
            isOld ? try contract.position(facts: earlier, at: date.adding(days: -1)) : nil
        let posted = try contract.position(facts: facts, at: date)
        var subject = Subject(
            contract: contract, facts: facts, posted: posted, terms: terms,
            isLate: terms.isLate(from: before, to: posted))
        let (known, after) = try subject.carryOut(orders, from: posted, on: date)
        let entry = try LossCase(
            contract, under: terms, from: before, to: after, facts: known, earlier: earlier,
            instructed: Set(orders.compactMap(\.layer)))
        subjects[contract.loan] = subject
        let open = entry.isWrittenOff ? try subject.unwritten(date) : posted
        try move(entry, from: before, to: open)
        if entry.isWrittenOff { writtenOff.append(entry) }
        if posted.isUndone, before?.isUndone == false { try giveBack(entry, posted) }
        if entry.isDue { cases.append(entry) }
    }

    /// What a loan's day brings the covers of the lenders that it has, and of a provider what it
    /// recovers.
    private mutating func move(
        _ entry: LossCase, from before: LoanPosition?, to after: LoanPosition
    ) throws(ServicingError) {
        guard let subject = subjects[entry.loan] else { return }
        for (index, lender) in subject.contract.lenders.enumerated() {
            let movement = CoverMovement(from: before?.lenders[index], to: after.lenders[index])
            if movement.isEmpty { continue }
            for layer in entry.terms.layers {
                guard case .provided(let provision) = layer.bearing, let terms = provision.cover,
                    let id = entry.cover(of: layer, for: lender, on: date)
                else { continue }
                let counted = provision.pays(lender) ? movement : movement.recoveriesAlone
                if counted.isEmpty || !(provision.pays(lender) || lender == provision.provider) {
                    continue
                }
                var account = covers[id] ?? CoverAccount(terms.kind)
                do throws(CoverError) {
                    try account.move(counted)
                } catch {
                    throw .amount(.overflow)
                }
                covers[id] = account
                moved.insert(id)
            }
        }
    }

    /// What layers have paid for a loan undone goes back to them.
    private mutating func giveBack(_ entry: LossCase, _ position: LoanPosition)
        throws(ServicingError)
    {
        for effect in position.effects {
            let paid: (ground: String, lender: PartyID, amount: Int64)
            switch effect.kind {
            case .indemnity(let one): paid = (one.ground, one.payee, one.amount)
            case .assignment(let one): paid = (one.ground, one.from, one.price)
            default: continue
            }
            guard let layer = entry.terms.layers.first(where: { $0.name == paid.ground }),
                case .provided(let provision) = layer.bearing, let terms = provision.cover,
                let id = entry.cover(of: layer, for: paid.lender, on: effect.valueDate),
                var account = covers[id]
            else { continue }
            do throws(CoverError) {
                try account.giveBack(paid.amount, isRestored: terms.isRestored)
            } catch {
                throw .amount(.overflow)
            }
            covers[id] = account
            moved.insert(id)
        }
    }

    /// Everything that is decided on the date, in loan order.
    ///
    /// - Throws: ``LossError``.
    package mutating func decided() throws(LossError) -> LossDay {
        let outcome = try LossRun.run(cases, covers: covers, on: date)
        covers = outcome.covers
        var day = LossDay(date: date, draws: outcome.draws)
        let decided = outcome.decisions
        for (loan, subject) in subjects.sorted(by: { $0.key < $1.key }) {
            let decisions = subject.decisions + (decided[loan] ?? [])
            var facts = decisions.enumerated().map {
                $1.fact(of: loan, endOf: date, number: $0 + 1)
            }
            // Claims that move today are written off tomorrow, by whom they have moved to.
            let isMoving = facts.contains(where: \.changesHands)
            if subject.isLate || outcome.chargeOffs.contains(loan), !isMoving,
                let fact = subject.chargeOff(after: facts, on: date)
            {
                facts.append(fact)
            }
            if !facts.isEmpty { try settle(subject, facts) }
            day.facts += facts.map { LossDay.Decision(loan: loan, fact: $0) }
        }
        try tellWriteOffs()
        let asked = outcome.draws.filter { $0.taken.total > 0 || $0.shortfall == .exhausted }
        for id in moved.union(asked.compactMap(\.cover)).sorted() {
            guard let account = covers[id] else { continue }
            day.covers.append(LossDay.Cover(id: id, account: account))
        }
        return day
    }

    /// Covers learn what the date's decisions have moved once they have paid for it.
    private mutating func settle(_ subject: Subject, _ decisions: [LoanFact]) throws(LossError) {
        let loan = subject.contract.loan
        do throws(ServicingError) {
            let after = try subject.contract.position(
                facts: subject.facts + decisions, at: date)
            try move(subject.empty(on: date), from: subject.posted, to: after)
        } catch {
            throw .amounts(loan)
        }
    }

    private mutating func tellWriteOffs() throws(LossError) {
        for entry in writtenOff {
            guard let subject = subjects[entry.loan] else { continue }
            do throws(ServicingError) {
                try move(entry, from: try subject.unwritten(date), to: subject.posted)
            } catch {
                throw .amounts(entry.loan)
            }
        }
    }
}

/// What the close of a date decides about losses.
package struct LossDay: Hashable, Sendable {
    /// A fact of value and booking date `date`.
    package struct Decision: Hashable, Sendable {
        package let loan: LoanID
        package let fact: LoanFact
    }

    /// A cover that the date has moved, as it stands at its end.
    package struct Cover: Hashable, Sendable {
        package let id: CoverID
        package let account: CoverAccount
    }

    package let date: BusinessDate
    /// In loan order, those of a loan in the order in which they count.
    package internal(set) var facts: [Decision] = []
    /// What layers were asked and paid, also where they paid nothing.
    package internal(set) var draws: [LossDraw] = []
    /// In the order of their names.
    package internal(set) var covers: [Cover] = []

    init(date: BusinessDate, draws: [LossDraw]) {
        self.date = date
        self.draws = draws
    }
}

extension LossClose.Subject {
    /// The loan as it is on the date without what people write off on it.
    fileprivate func unwritten(_ date: BusinessDate) throws(ServicingError) -> LoanPosition {
        try contract.position(facts: facts.filter { !$0.isWriteOff(on: date) }, at: date)
    }

    /// A case that asks for nothing, to find the loan's covers by.
    fileprivate func empty(on date: BusinessDate) -> LossCase {
        LossCase(
            loan: contract.loan, agreement: contract.agreement, terms: terms,
            disbursedOn: contract.disbursedOn, daysPastDue: 0, previousDaysPastDue: 0, stakes: [])
    }

    /// Moves the claims that orders name; returns the facts and the position after it.
    fileprivate mutating func carryOut(
        _ orders: [LossInstruction], from position: LoanPosition, on date: BusinessDate
    ) throws(ServicingError) -> ([LoanFact], LoanPosition) {
        var (known, position) = (facts, position)
        for case .assignment(let order) in orders {
            guard let decision = try order.decision(of: contract, at: position) else { continue }
            decisions.append(decision)
            known.append(
                decision.fact(of: contract.loan, endOf: date, number: decisions.count))
            position = try contract.position(facts: known, at: date)
        }
        return (known, position)
    }

    /// Writes off what is left after other decisions of the date; nil where nothing is, or somebody
    /// has written it off already.
    fileprivate func chargeOff(after decisions: [LoanFact], on date: BusinessDate) -> LoanFact? {
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
    /// Whether a loan was to be written off before the date and is not.
    fileprivate func isLate(from before: LoanPosition?, to after: LoanPosition) -> Bool {
        guard let days = chargeOffAt, let before, !after.isStopped else { return false }
        return before.daysPastDue >= days && after.daysPastDue >= days
    }
}

extension LoanFact {
    /// Whether somebody writes the loan off whole by it on a date.
    fileprivate func isWriteOff(on date: BusinessDate) -> Bool {
        if case .chargeOff(_, isFull: true) = kind { bookingDate == date } else { false }
    }

    /// What it asks the close to decide; nil for a fact of another kind.
    fileprivate var instruction: LossInstruction? {
        if case .instructed(let instruction) = kind { instruction } else { nil }
    }
}

extension LossInstruction {
    /// Who gives and who takes.
    fileprivate var parties: [PartyID] {
        if case .assignment(let order) = self { [order.from, order.to] } else { [] }
    }

    fileprivate var layer: String? {
        if case .layer(let name) = self { name } else { nil }
    }
}

extension AssignmentOrder {
    /// What it comes to at a position; nil where there is nothing to go.
    fileprivate func decision(of contract: LoanContract, at position: LoanPosition)
        throws(ServicingError) -> LossDecision?
    {
        guard let holder = contract.lenders.firstIndex(of: from), !position.isUndone else {
            return nil
        }
        do throws(AmountError) {
            guard let assignment = try assignment(of: position.lenders[holder].claims) else {
                return nil
            }
            return LossDecision(
                name: "\(reason.rawValue).\(from).\(to)", kind: .assigned(assignment))
        } catch {
            throw .amount(error)
        }
    }
}
