package import BusinessCalendar
import Monetary

/// What one date decides about losses, loan by loan and then for all of them together: the same
/// whatever the order of the loans (RULES § 5, 6).
package struct LossClose {
    let date: BusinessDate
    private let terms: [CoverID: CoverTerms]
    var covers: [CoverID: CoverAccount]
    var moved: Set<CoverID> = []
    private var cases: [LossCase] = []
    /// Loans that somebody has written off: covers are told once they have paid.
    private var writtenOff: [LossCase] = []
    var subjects: [LoanID: LossSubject] = [:]
    /// Loans of which payments are taken back that earlier decisions may have counted with.
    private(set) var revived: [LoanID] = []

    /// - Parameters:
    ///   - covers: Every cover as the date before has left it.
    ///   - terms: What each of them is given by; one without terms is filled up by nobody.
    package init(
        on date: BusinessDate, covers: [CoverID: CoverAccount], by terms: [CoverID: CoverTerms]
    ) {
        self.date = date
        self.covers = covers
        self.terms = terms
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
        let subject = LossSubject(
            contract, facts, from: before, to: posted, under: terms, orders: orders)
        subjects[contract.loan] = subject
        let entry = subject.empty(on: date)
        let isWrittenOff = facts.contains { $0.isWriteOff(on: date) }
        try move(entry, from: before, to: isWrittenOff ? try subject.unwritten(date) : posted)
        if isWrittenOff { writtenOff.append(entry) }
        if posted.isUndone, before?.isUndone == false { try giveBack(entry, posted) }
        let isRevived =
            !posted.isUndone && earlier.contains { $0.correctedDecision == "" }
            && !facts.reversedPayments(bookedOn: date).isEmpty
        if isRevived { revived.append(contract.loan) } else { try present(contract.loan) }
    }

    /// Carries out what people have ordered of a loan's claims, and notes whether layers are asked.
    mutating func present(_ loan: LoanID) throws(ServicingError) {
        guard var subject = subjects[loan] else { return }
        try subject.carryOut(on: date)
        subjects[loan] = subject
        let entry = try LossCase(
            subject.contract, under: subject.terms, from: subject.before, to: subject.position,
            facts: subject.known, earlier: subject.facts.filter { $0.bookingDate < date },
            instructed: Set(subject.orders.compactMap(\.layer)),
            timing: try subject.timing(on: date))
        if entry.isDue { cases.append(entry) }
    }

    /// What a loan's day brings covers: of claims that were compensated what is recovered to the
    /// cover that paid for them, and everything else to those of the layers that pay its holder.
    private mutating func move(
        _ entry: LossCase, from before: LoanPosition?, to after: LoanPosition
    ) throws(ServicingError) {
        guard let subject = subjects[entry.loan] else { return }
        for (index, lender) in subject.contract.lenders.enumerated() {
            var movement = CoverMovement(from: before?.lenders[index], to: after.lenders[index])
            // What a guarantor has paid for was lent by nobody whom the layer covers.
            movement.matured +=
                after.acquired[index].allPrincipal - (before?.acquired[index].allPrincipal ?? 0)
            let acquired = after.acquiredRecoveries[index]
            let earlier = before?.acquiredRecoveries[index] ?? [:]
            for source in Set(acquired.keys).union(earlier.keys).sorted() {
                let recovered = acquired[source, default: 0] - earlier[source, default: 0]
                movement.recovered -= recovered
                for layer in entry.terms.layers where layer.name == source.layer {
                    try count(CoverMovement(recovered: recovered), entry, layer, source.lender)
                }
            }
            for layer in entry.terms.layers {
                guard case .provided(let provision) = layer.bearing, provision.pays(lender) else {
                    continue
                }
                try count(movement, entry, layer, lender)
            }
        }
    }

    private mutating func count(
        _ movement: CoverMovement, _ entry: LossCase, _ layer: LossLayer, _ lender: PartyID
    ) throws(ServicingError) {
        guard !movement.isEmpty, case .provided(let provision) = layer.bearing,
            let terms = provision.cover, let id = entry.cover(of: layer, for: lender, on: date)
        else { return }
        var account = covers[id] ?? CoverAccount(terms.kind)
        do throws(CoverError) {
            try account.move(movement)
        } catch {
            throw .amount(.overflow)
        }
        covers[id] = account
        moved.insert(id)
    }

    /// What layers have paid for a loan undone goes back to them.
    private mutating func giveBack(_ entry: LossCase, _ position: LoanPosition)
        throws(ServicingError)
    {
        var paid: [CoverID: (amount: Int64, isRestored: Bool)] = [:]
        for effect in position.effects {
            let (ground, lender, amount): (String, PartyID, Int64)
            switch effect.kind {
            case .indemnity(let one) where one.reason.isForLoss:
                (ground, lender, amount) = (one.ground, one.payee, one.amount)
            case .assignment(let one) where one.reason != .poolSale:
                (ground, lender, amount) = (one.ground, one.from, one.price)
            default: continue
            }
            guard let layer = entry.terms.layers.first(where: { $0.name == ground }),
                case .provided(let provision) = layer.bearing, let terms = provision.cover,
                let id = entry.cover(of: layer, for: lender, on: effect.decidedOn(position))
            else { continue }
            paid[id, default: (0, terms.isRestored)].amount += amount
        }
        for (id, paid) in paid.sorted(by: { $0.key < $1.key }) where paid.amount > 0 {
            guard var account = covers[id] else { continue }
            do throws(CoverError) {
                try account.giveBack(paid.amount, isRestored: paid.isRestored)
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
        // What came back on the date has filled up first.
        moved.formUnion(
            try covers.fillUp(by: terms, after: date.adding(days: -1), through: date))
        try followRevivals()
        let outcome = try shareLosses()
        covers = outcome.covers
        let decided = try corrected(outcome.decisions)
        var day = LossDay(
            date: date,
            draws: (subjects.sorted { $0.key < $1.key }.flatMap(\.value.draws) + outcome.draws)
                .byLayer)
        for (loan, subject) in subjects.sorted(by: { $0.key < $1.key }) {
            let decisions = subject.decisions.with(decided[loan] ?? [])
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

    /// Asks layers. Those that wait for a charge-off are asked when it is made: not while claims go
    /// to others by layers that do not wait for it.
    private mutating func shareLosses() throws(LossError) -> LossOutcome {
        let outcome = try LossRun.run(cases, covers: covers, on: date)
        let paid = outcome.draws.filter { $0.taken.total > 0 }
        let moving = Set(paid.map { [$0.loan.text, $0.layer] })
        let heldUp = cases.indices.filter { place in
            let entry = cases[place]
            let layers = entry.terms.layers.filter(\.movesClaimsBefore)
            return entry.isPostponable
                && layers.contains { moving.contains([entry.loan.text, $0.name]) }
        }
        if heldUp.isEmpty { return outcome }
        for place in heldUp { cases[place].timing = .postponed }
        return try LossRun.run(cases, covers: covers, on: date)
    }

    /// Covers learn what the date's decisions have moved once they have paid for it.
    private mutating func settle(_ subject: LossSubject, _ decisions: [LoanFact]) throws(LossError)
    {
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
