import BusinessCalendar
import LendingRules
import Monetary

/// Holds the facts of a file against their loans, in the order of facts: what is there to give up,
/// to pay back, to undo.
struct FactJudge {
    private let benches: [LoanID: LoanBench]
    private(set) var facts: [NewFact] = []
    private(set) var seen: [LoanID: Int] = [:]
    private(set) var states: [LoanID: LoanState] = [:]
    private(set) var faults: [ImportFault] = []

    /// - Throws: ``ContractFault`` when a loan's contract cannot be put together.
    init(
        subjects: [LoanID: FactSubject], terms: TermsLibrary, platform: PartyID,
        date: BusinessDate
    ) throws(ContractFault) {
        var benches: [LoanID: LoanBench] = [:]
        for (loan, subject) in subjects.sorted(by: { $0.key < $1.key }) {
            guard let dossier = subject.dossier else { continue }
            benches[loan] = LoanBench(
                subject: subject, dossier: dossier,
                contract: try terms.contract(of: dossier, platform: platform),
                agreement: terms.agreement(dossier.record.agreementVersion),
                product: terms.product(dossier.record.productVersion), date: date)
        }
        self.benches = benches
    }

    /// Admits what can be, loan by loan.
    mutating func judge(_ drafts: [FactDraft]) {
        let loans = Dictionary(grouping: drafts, by: \.loan)
        for (loan, drafts) in loans.sorted(by: { $0.key < $1.key }) {
            guard let known = benches[loan] else { continue }
            var bench = known
            for draft in drafts.sorted(by: { $0.fact < $1.fact }) { bench.admit(draft) }
            facts += bench.admitted
            faults += bench.faults
            seen[loan] = known.facts.count
            if bench.state != known.state { states[loan] = bench.state }
        }
    }
}

/// One loan with the facts admitted so far.
struct LoanBench {
    let contract: LoanContract
    let agreement: Agreement?
    let product: Product?
    let date: BusinessDate
    private(set) var facts: [LoanFact]
    private(set) var state: LoanState
    private(set) var admitted: [NewFact] = []
    private(set) var faults: [ImportFault] = []

    init(
        subject: FactSubject, dossier: LoanDossier, contract: LoanContract,
        agreement: Agreement?, product: Product?, date: BusinessDate
    ) {
        self.product = product
        self.contract = contract
        self.agreement = agreement
        self.date = date
        facts = dossier.facts
        state = subject.state
    }

    mutating func admit(_ draft: FactDraft) {
        var draft = draft
        checkDate(&draft)
        checkUndone(&draft)
        switch draft.fact.kind {
        case .reversal(let payment): checkReversal(of: payment, &draft)
        case .cancelled: checkCoolingOff(&draft)
        case .ratioChange: checkRatio(&draft)
        case .instructed(let instruction): checkInstruction(instruction, &draft)
        case .rateChange(let rate): checkRate(rate, &draft)
        case .restructured(let plan):
            if let rate = plan.rate { checkRate(rate, &draft) }
            checkInstalments(plan.instalments, &draft)
        case .extended(let count):
            checkInstalments(plannedInstalments.addingReportingOverflow(count).partialValue, &draft)
        default: break
        }
        if draft.reader.faults.isEmpty { checkAmounts(&draft) }
        if draft.reader.faults.isEmpty { changeState(&draft) }
        faults += draft.reader.faults
        guard draft.reader.faults.isEmpty else { return }
        facts.append(draft.fact)
        admitted.append(
            NewFact(
                loan: draft.loan, fact: draft.fact, channel: "", contentHash: draft.contentHash))
    }

    /// Never older than the agreement allows, never before a decision that stands.
    private func checkDate(_ draft: inout FactDraft) {
        let allowed = agreement?.backdateDays ?? 0
        let valueDate = draft.fact.valueDate
        if date.days(since: valueDate) > allowed {
            draft.reader.fault(
                "FACT-007", "valueDate",
                "value date \(valueDate) is more than \(allowed) days before the open business "
                    + "date \(date); \(date.adding(days: -allowed)) is the earliest")
        }
        if let decision = facts.filter(\.isDecision).max(), draft.fact < decision {
            draft.reader.fault(
                "FACT-007", "valueDate",
                "value date \(valueDate) and time are before the decision \(decision.id) of "
                    + "\(decision.valueDate), which stands; count the fact from after it")
        }
    }

    private func checkUndone(_ draft: inout FactDraft) {
        guard let undoing = facts.first(where: \.undoesLoan) else { return }
        switch draft.fact.kind {
        case .reversal, .refund: return
        default:
            draft.reader.fault(
                "FACT-008", "loan",
                "loan \(draft.loan) was undone by \(undoing.id) on \(undoing.valueDate); only "
                    + "payments may still be reversed or refunded")
        }
    }

    private func checkReversal(of payment: String, _ draft: inout FactDraft) {
        let isPayment = facts.contains { fact in
            if case .repayment = fact.kind { fact.id == payment } else { false }
        }
        if !isPayment {
            draft.reader.fault(
                "INTAKE-019", "reverses",
                "payment '\(payment.prefix(70))' of loan \(draft.loan) is not recorded")
        } else if facts.contains(where: { $0.kind == .reversal(of: payment) }) {
            draft.reader.fault(
                "INTAKE-019", "reverses", "payment \(payment) is reversed already")
        }
    }

    /// Another rate is one at which the product is lent.
    private func checkRate(_ rate: AnnualRate, _ draft: inout FactDraft) {
        guard let product, let limits = product.rate, !limits.contains(rate) else { return }
        draft.reader.fault(
            "FACT-012", "annualRatePercent",
            "rate \(rate.percentText()) is outside \(limits.lowerBound.percentText()) to "
                + "\(limits.upperBound.percentText()) of \(product.name)")
    }

    /// No more instalments than the product has, or than its purchases are converted into.
    private func checkInstalments(_ count: Int, _ draft: inout FactDraft) {
        guard let product else { return }
        let most = max(
            product.instalments.upperBound, product.line?.payLater?.conversion?.upperBound ?? 0)
        if count <= most { return }
        draft.reader.fault(
            "FACT-012", "instalments",
            "\(count) instalments are more than the \(most) of \(product.name)")
    }

    /// Instalments of the plan in force, those that have fallen due included.
    private var plannedInstalments: Int {
        facts.sorted().reduce(contract.schedule.terms.instalments) { count, fact in
            switch fact.kind {
            case .restructured(let plan): plan.instalments
            case .extended(let more): count + more
            default: count
            }
        }
    }

    private func checkCoolingOff(_ draft: inout FactDraft) {
        let days = agreement?.coolingOffDays ?? 0
        let last = contract.disbursedOn.adding(days: days)
        let firstDue = contract.schedule.instalments[0].dueOn
        if draft.fact.valueDate > last {
            draft.reader.fault(
                "FACT-008", "valueDate",
                "the cooling-off period of \(days) days ended on \(last)")
        } else if draft.fact.valueDate >= firstDue {
            draft.reader.fault(
                "FACT-008", "valueDate",
                "an instalment fell due on \(firstDue); a loan is given back before that")
        }
    }
}

// MARK: - What is there

extension LoanBench {
    /// Nothing may ask for more than is there, nor take what an earlier import gave to another.
    private func checkAmounts(_ draft: inout FactDraft) {
        do throws(ServicingError) {
            if case .chargeOff(_, isFull: true) = draft.fact.kind {
                let all = try contract.position(facts: facts + [draft.fact], at: date)
                decide(all.effect(of: draft.fact)?.taken ?? ClaimAmounts(), &draft)
                if !draft.reader.faults.isEmpty { return }
            }
            let after = try contract.position(facts: facts + [draft.fact], at: date)
            // What mends a loan that could not be computed is held against nothing.
            guard let before = try? contract.position(facts: facts, at: date) else { return }
            if let fault = try contract.conservationFault(of: after),
                try contract.conservationFault(of: before) == nil
            {
                let sentence = CloseObstacle.holders(fault).sentence(of: contract)
                draft.reader.fault("FACT-009", "loan", sentence)
            }
            if draft.fact.changesPlan, before.schedule == after.schedule {
                draft.reader.fault(
                    "FACT-009", "loan", "it changes no instalment of loan \(draft.loan)")
            }
            if after.shortfall > before.shortfall, !draft.fact.isExcess(after) {
                refuse(after.effect(of: draft.fact), &draft)
            }
            if case .ratioChange(let change) = draft.fact.kind {
                decide(change, from: before, to: after, &draft)
            }
        } catch {
            refuse(error, &draft)
        }
    }

    private func refuse(_ error: ServicingError, _ draft: inout FactDraft) {
        let sentence = CloseObstacle.position(error).sentence(of: contract)
        switch error {
        case .amount: draft.reader.fault("INTAKE-005", "loan", sentence)
        case .plan(id: draft.fact.id, let reason):
            let cause = reason.sentence(in: contract.currency)
            draft.reader.fault(
                "FACT-009", "loan",
                "the plan of loan \(draft.loan) cannot be changed so: \(cause)")
        default: draft.reader.fault("FACT-009", "loan", sentence)
        }
    }

    /// A full charge-off writes off what is left now; from then on its amounts stand.
    private func decide(_ amounts: ClaimAmounts, _ draft: inout FactDraft) {
        guard amounts.isUsable else {
            draft.reader.fault("FACT-005", "scope", "nothing is left to write off")
            return
        }
        let fact = draft.fact
        draft.fact = LoanFact(
            id: fact.id, kind: .chargeOff(amounts, isFull: true), valueDate: fact.valueDate,
            bookingDate: fact.bookingDate, instant: fact.instant)
    }

    private func refuse(_ effect: FactEffect?, _ draft: inout FactDraft) {
        func text(_ amount: Int64) -> String {
            AmountText.format(amount, decimals: contract.currency.exponent)
        }
        guard let effect, effect.shortfall > 0 else {
            draft.reader.fault(
                "FACT-005", "loan", "what it asks for belongs to a later fact of the loan")
            return
        }
        let missing = text(effect.shortfall)
        switch effect.kind {
        case .waiver, .chargeOff:
            let (taken, owed) = (effect.taken, owed(for: draft.fact) ?? effect.taken)
            let asked = draft.fact.kind.asked
            let column =
                asked.principal > taken.principal
                ? "principal"
                : asked.interest > taken.interest
                    ? "interest" : asked.penalty > taken.penalty ? "penalty" : "fee"
            draft.reader.fault(
                "FACT-005", column,
                "\(missing) of it is not owed: due and unpaid on \(effect.valueDate) are principal "
                    + "\(text(owed.principal)), interest \(text(owed.interest)), penalty "
                    + "\(text(owed.penalty)), fee \(text(owed.fee))")
        case .refund:
            draft.reader.fault(
                "FACT-005", "amount", "\(missing) of it is not there: no more cash waits")
        case .transfer, .assignment, .indemnity, .collectionCost:
            preconditionFailure("what passes between lenders asks for nothing")
        case .recovery:
            draft.reader.fault(
                "FACT-005", "amount", "\(missing) of it is beyond what is written off and spent")
        }
    }

    /// All that a waiver or a charge-off of a part could take.
    private func owed(for fact: LoanFact) -> ClaimAmounts? {
        let all = LoanFact(
            id: fact.id, kind: .chargeOff(.everything, isFull: false), valueDate: fact.valueDate,
            bookingDate: fact.bookingDate, instant: fact.instant)
        return (try? contract.position(facts: facts + [all], at: date))?.effect(of: all)?.taken
    }

    /// A loan that is undone gives its shares back.
    private mutating func changeState(_ draft: inout FactDraft) {
        let event: LoanEvent
        switch draft.fact.kind {
        case .cancelled: event = .cancelled
        case .payoutFailed: event = .payoutFailed
        case .payoutReturned: event = .payoutReturned
        default: return
        }
        do throws(IllegalTransition<LoanState, LoanEvent>) {
            state = try state.after(event)
        } catch {
            draft.reader.fault(
                "FACT-008", "loan",
                "loan \(draft.loan) is \(error.state.rawValue); only a disbursed one can be undone")
        }
    }
}

extension LoanFact {
    /// Whether it recovers all that was written off and spent, and more: that is the borrower's.
    fileprivate func isExcess(_ position: LoanPosition) -> Bool {
        guard case .recovery(let amount) = kind, let effect = position.effect(of: self) else {
            return false
        }
        return effect.shortfall < amount
    }
}

extension LoanPosition {
    fileprivate func effect(of fact: LoanFact) -> FactEffect? {
        effects.first { $0.fact == fact.id }
    }
}

extension LoanFact.Kind {
    fileprivate var asked: ClaimAmounts {
        switch self {
        case .waiver(let amounts, _), .chargeOff(let amounts, _): amounts
        default: ClaimAmounts()
        }
    }
}
