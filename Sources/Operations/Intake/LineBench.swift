import BusinessCalendar
import LendingRules
import Monetary

/// One line of credit with its notes and the facts that are known or admitted of them so far.
struct LineBench {
    let record: LineRecord
    /// In loan order.
    private(set) var notes: [LineNote]

    /// - Throws: ``ContractFault`` when a note's contract cannot be put together.
    init(_ subject: LineSubject, _ terms: TermsLibrary) throws(ContractFault) {
        record = subject.record
        var notes: [LineNote] = []
        for note in subject.notes { notes.append(try LineNote(note, terms)) }
        self.notes = notes
    }

    /// How many facts each note has, for the store to see that there are no more.
    var seen: [LoanID: Int] {
        Dictionary(uniqueKeysWithValues: notes.map { ($0.loan, $0.facts.count) })
    }

    func note(_ loan: LoanID) -> LineNote? { notes.first { $0.loan == loan } }

    /// Takes a fact of a note; one that is known already changes nothing.
    mutating func add(_ fact: LoanFact, to note: LoanID) {
        guard let place = notes.firstIndex(where: { $0.loan == note }),
            !notes[place].facts.contains(fact)
        else { return }
        notes[place].facts.append(fact)
    }

    /// What of the limit is lent at the end of a date, minor units: principal that is approved and
    /// not repaid, what was written off included; a note that was declined or undone counts for
    /// nothing.
    func used(on date: BusinessDate) throws(ContractFault) -> Int64 {
        var used: Int64 = 0
        for note in notes {
            let amount = try note.lent(on: date)
            guard let sum = try? used.plus(amount) else { return .max }
            used = sum
        }
        return used
    }
}

/// One loan under a line.
struct LineNote {
    let record: LoanRecord
    let state: LoanState
    /// Nil until disbursed.
    let contract: LoanContract?
    let agreement: Agreement?
    let product: Product?
    var facts: [LoanFact]

    var loan: LoanID { record.loan }

    /// - Throws: ``ContractFault`` when its contract cannot be put together.
    init(_ subject: FactSubject, _ terms: TermsLibrary) throws(ContractFault) {
        record = subject.record
        state = subject.state
        agreement = terms.agreement(record.agreementVersion)
        product = terms.product(record.productVersion)
        facts = subject.dossier?.facts ?? []
        if let dossier = subject.dossier {
            guard let platform = agreement?.platform else {
                throw ContractFault(loan: record.loan, reason: "its terms are not kept")
            }
            contract = try terms.contract(of: dossier, platform: platform)
        } else {
            contract = nil
        }
    }

    /// Principal that counts against the line at the end of a date.
    func lent(on date: BusinessDate) throws(ContractFault) -> Int64 {
        guard let contract else {
            return [.declined, .cancelled].contains(state) ? 0 : record.principal
        }
        let position = try ContractFault.naming(loan) { () throws(ServicingError) in
            try contract.position(facts: facts, at: max(date, contract.disbursedOn))
        }
        return position.isUndone ? 0 : position.countedPrincipal
    }

    /// What a payment of a date could pay; nil where it can pay nothing: not disbursed by then,
    /// undone, or written off.
    func owed(on date: BusinessDate) throws(ContractFault) -> OwedInstalments? {
        guard let contract, contract.disbursedOn <= date,
            !facts.contains(where: { $0.undoesLoan || $0.isFullChargeOff })
        else { return nil }
        return try ContractFault.naming(loan) { () throws(ServicingError) in
            try contract.owed(facts: facts, on: date)
        }
    }

    /// Whether the next instalment stands on a statement that has closed before a date.
    func isBilled(_ next: BusinessDate, on date: BusinessDate) -> Bool {
        guard let cycle = product?.conventions.statement else { return false }
        return cycle.closing(before: next) < date
    }

    /// Parts of a payment of the line that it got, by the id of the payment.
    var partPayments: [String: (amount: Int64, isReversed: Bool)] {
        var reversed: Set<String> = []
        for fact in facts {
            if case .reversal(let payment) = fact.kind { reversed.insert(payment) }
        }
        var parts: [String: (amount: Int64, isReversed: Bool)] = [:]
        for fact in facts {
            guard case .repayment(let amount) = fact.kind,
                let whole = PartName.whole(of: fact.id)
            else { continue }
            parts[whole] = (amount, reversed.contains(fact.id))
        }
        return parts
    }
}

extension LoanPosition {
    /// Principal that the borrower has not repaid, whether or not it still stands in the books.
    package var countedPrincipal: Int64 {
        lenders.reduce(0) { sum, lender in
            sum + lender.principal + lender.overduePrincipal + lender.chargedOff.principal
                + lender.chargedOff.overduePrincipal
        }
    }
}

extension LoanFact {
    var isFullChargeOff: Bool {
        if case .chargeOff(_, isFull: true) = kind { true } else { false }
    }
}
