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
    /// not repaid, what was written off included; a note that was declined, undone or never paid
    /// out counts for nothing.
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
    private(set) var state: LoanState
    let payout: PayoutState?
    /// Nil until disbursed.
    private(set) var contract: LoanContract?
    let agreement: Agreement?
    let product: Product?
    var facts: [LoanFact]

    var loan: LoanID { record.loan }

    /// - Throws: ``ContractFault`` when its contract cannot be put together.
    init(_ subject: FactSubject, _ terms: TermsLibrary) throws(ContractFault) {
        record = subject.record
        state = subject.state
        payout = subject.payout
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
            let isGivenUp = [.declined, .cancelled].contains(state) || payout == .abandoned
            return isGivenUp ? 0 : record.principal
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
    ///
    /// - Parameter next: the due day that it counts to: a shift off holidays bills nothing else.
    func isBilled(_ next: BusinessDate, on date: BusinessDate) -> Bool {
        guard let cycle = product?.conventions.statement else { return false }
        return cycle.closing(before: next) < date
    }

    /// Why the close of a date could not go on with a fact; nil when it can.
    func objection(to new: LoanFact, at date: BusinessDate) -> String? {
        contract?.objection(to: new, after: facts, at: date)
    }

    /// A part of a payment of the line.
    struct PartPayment {
        /// Id of the fact.
        let fact: String
        let amount: Int64
        let isReversed: Bool
    }

    /// Parts of a payment of the line that it got, by the id of the payment.
    var partPayments: [String: PartPayment] {
        var reversed: Set<String> = []
        for fact in facts {
            if case .reversal(let payment) = fact.kind { reversed.insert(payment) }
        }
        var parts: [String: PartPayment] = [:]
        for fact in facts {
            guard case .repayment(let amount) = fact.kind,
                let whole = PartName.whole(of: fact.id)
            else { continue }
            parts[whole] = PartPayment(
                fact: fact.id, amount: amount, isReversed: reversed.contains(fact.id))
        }
        return parts
    }
}

extension LineBench {
    /// What was given back of a purchase and stands, minor units, whichever notes it paid.
    func refunded(_ purchase: LoanID) -> Int128 {
        notes.flatMap { Array($0.partPayments.values) }.reduce(0) { sum, part in
            let counts = !part.isReversed && PartName.purchase(of: part.fact) == purchase
            return counts ? sum + Int128(part.amount) : sum
        }
    }

    /// Forgets facts of its notes.
    mutating func leaveOut(_ isLeftOut: (LoanFact) -> Bool) {
        for place in notes.indices { notes[place].facts.removeAll(where: isLeftOut) }
    }

    /// The line with what was booked by the end of a date.
    func known(on date: BusinessDate) -> LineBench {
        var bench = self
        bench.notes = notes.compactMap { $0.known(on: date) }
        return bench
    }
}

extension LineNote {
    /// What was booked of it by the end of a date; nil when it was not booked yet.
    fileprivate func known(on date: BusinessDate) -> LineNote? {
        if record.bookedOn > date { return nil }
        guard let contract else { return self }
        var known = self
        if contract.disbursedOn > date {
            (known.state, known.contract, known.facts) = (.approved, nil, [])
        } else {
            known.facts.removeAll { $0.bookingDate > date }
        }
        return known
    }
}

extension ContractFault {
    /// What is told of a record of a line when a note of it cannot be computed.
    var uncomputed: String { "with it loan \(loan) cannot be computed: \(reason)" }
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
