import BusinessCalendar
import LendingRules
import Monetary

/// Turns records of a repayments file into facts, collecting every fault on the way.
struct RepaymentDesk {
    let loans: [LoanID: ServicedLoan]
    /// Lines of credit, whose payments are divided among their notes.
    let lines: [LoanID: LineBench]
    /// Content hashes of payments recorded before.
    let known: [String: String]
    let terms: TermsLibrary
    let date: BusinessDate
    let cutOff: CutOff
    let surroundings: Surroundings
    var facts: [NewFact] = []
    var faults: [ImportFault] = []
    /// Ids of what came for lines.
    var keys: [NewKey] = []
    /// What came for lines, to be divided when all rows are read.
    var linePayments: [LinePaymentDraft] = []
    private(set) var alreadyThere = 0
    /// Payments told after a decision that might have been another with them, in file order.
    private(set) var late: [LatePayment] = []
    private var rows: [String: Int] = [:]
    private var readers: [String: RecordReader] = [:]
    private var reversals: [Reversal] = []

    /// A row that takes a payment back, to be checked when all rows are read.
    private struct Reversal {
        let reader: RecordReader
        let loan: LoanID
        let payment: String
        let amount: Int64
    }

    init(
        loans: [LoanID: ServicedLoan], lines: [LoanID: LineBench] = [:],
        known: [String: String], terms: TermsLibrary, date: BusinessDate, cutOff: CutOff,
        surroundings: Surroundings
    ) {
        self.loans = loans
        self.lines = lines
        self.known = known
        self.terms = terms
        self.date = date
        self.cutOff = cutOff
        self.surroundings = surroundings
    }

    mutating func take(_ record: RecordReader) {
        var reader = record
        if let line = lines[LoanID(reader.text("loan_id"))] {
            takeForLine(line, &reader)
        } else if let new = read(&reader, record), isNew(new.fact.id, new.contentHash, &reader) {
            facts.append(new)
            readers[new.fact.id] = record
        }
        faults += reader.faults
    }

    private mutating func read(_ reader: inout RecordReader, _ record: RecordReader) -> NewFact? {
        let id = reader.identifier("payment_id")
        let currency = reader.currency("currency")
        let amount = amount(&reader, currency)
        let paidAt = reader.instant("paid_at", by: date, cutOff)
        let given = reader.optionalDate("value_date")
        let loan = loan(&reader, currency)
        guard let id, let amount, let paidAt, let given, let loan else { return nil }
        let claimed = given ?? cutOff.businessDate(of: paidAt)
        guard let valueDate = valueDate(claimed, loan.terms, &reader) else { return nil }
        let reverses = reader.text("reverses")
        if reverses.isEmpty, known[id] == nil { checkOwed(loan, &reader) }
        if !reverses.isEmpty, known[id] == nil {
            reversals.append(
                Reversal(reader: record, loan: loan.id, payment: reverses, amount: amount))
        }
        let fact = LoanFact(
            id: id,
            kind: reverses.isEmpty ? .repayment(amount: amount) : .reversal(of: reverses),
            valueDate: valueDate, bookingDate: date, instant: paidAt)
        let following = fact.following(loan.terms.decision)
        if reverses.isEmpty, known[id] == nil {
            noteLate(following, of: loan.id, claimed, paidAt, loan.terms.decision)
        }
        return NewFact(
            loan: loan.id, fact: following, channel: reader.text("channel"),
            contentHash: contentHash(reader))
    }

    /// What a payment brought; the row of a reversal may also write it as what goes back.
    func amount(_ reader: inout RecordReader, _ currency: Currency?) -> Int64? {
        let isReversal = !reader.text("reverses").isEmpty
        let amount = reader.amount(
            "amount", currency, isSigned: isReversal,
            advice: isReversal
                ? "" : "; a payment is taken back by a row that names it in column reverses")
        return amount.map { abs($0) }
    }

    private func loan(_ reader: inout RecordReader, _ currency: Currency?)
        -> (id: LoanID, terms: ServicedLoan)?
    {
        let id = LoanID(reader.text("loan_id"))
        guard let loan = loans[id] else {
            reader.fault("INTAKE-016", "loan_id", "loan '\(id)' is not booked")
            return nil
        }
        guard loan.disbursedOn != nil else {
            reader.fault("INTAKE-017", "loan_id", "loan \(id) is not disbursed")
            return nil
        }
        if let currency, currency != loan.currency {
            reader.fault(
                "INTAKE-003", "currency",
                "currency \(currency) is not the loan's \(loan.currency)")
        }
        return (id, loan)
    }

    /// Never before the disbursement, never in the future; what is older than the agreement
    /// allows, or than the last decision on the loan, counts from today.
    private func valueDate(
        _ claimed: BusinessDate, _ loan: ServicedLoan, _ reader: inout RecordReader
    ) -> BusinessDate? {
        guard let disbursedOn = loan.disbursedOn else { return nil }
        if claimed < disbursedOn {
            reader.fault(
                "INTAKE-018", "value_date",
                "value date \(claimed) is before the disbursement on \(disbursedOn)")
            return nil
        }
        if claimed > date {
            reader.fault(
                "INTAKE-018", "value_date",
                "value date \(claimed) is after the open business date \(date)")
            return nil
        }
        let allowed = terms.agreement(loan.agreementVersion)?.backdateDays ?? 0
        let isBeforeDecision = loan.decision.map { claimed < $0.valueDate } ?? false
        let isBeforeHandover = loan.assignedOn.map { claimed <= $0 } ?? false
        let counts = date.days(since: claimed) <= allowed && !isBeforeDecision && !isBeforeHandover
        return counts ? claimed : date
    }

    /// A payment that would have come before the last decision, had it been told in time.
    private mutating func noteLate(
        _ payment: LoanFact, of loan: LoanID, _ claimed: BusinessDate, _ paidAt: Int64,
        _ decision: LoanFact?
    ) {
        guard let decision else { return }
        let claim = LoanFact(
            id: payment.id, kind: payment.kind, valueDate: claimed, bookingDate: date,
            instant: paidAt)
        guard claim < decision else { return }
        late.append(
            LatePayment(
                loan: loan, payment: payment.id, paidOn: claimed, countsOn: payment.valueDate,
                decision: decision.id, decidedOn: decision.valueDate))
    }

    /// Cash on claims that are written off is a recovery, which is shared otherwise.
    private func checkOwed(_ loan: (id: LoanID, terms: ServicedLoan), _ reader: inout RecordReader)
    {
        guard let fact = loan.terms.writtenOff else { return }
        reader.fault(
            "INTAKE-021", "loan_id",
            "loan \(loan.id) was written off by \(fact.id) on \(fact.valueDate); what comes in on "
                + "it is a fact of kind recovery, see `colend facts schema`")
    }

    mutating func isNew(_ id: String, _ content: String, _ reader: inout RecordReader) -> Bool {
        if let earlier = rows[id] {
            reader.fault(
                "INTAKE-009", "payment_id",
                "payment \(id) stands twice, first on line \(earlier)")
            return false
        }
        rows[id] = reader.row.line
        guard let hash = known[id] else { return true }
        if hash == content {
            alreadyThere += 1
        } else {
            reader.fault(
                "INTAKE-010", "payment_id",
                "payment \(id) is recorded already with other content")
        }
        return false
    }

    /// A reversal names a payment of the same loan and amount that nobody reversed before.
    mutating func checkReversals() {
        let new = newPayments
        var reversed: Set<String> = []
        for reversal in reversals {
            var reader = reversal.reader
            let payment = reversal.payment
            let recorded = loans[reversal.loan]?.payments[payment] ?? new[reversal.loan]?[payment]
            if let whole = PartName.whole(of: payment) {
                reader.fault(
                    "INTAKE-019", "reverses",
                    "payment '\(payment.prefix(70))' is a part of \(whole), which is reversed as a "
                        + "whole by a row of its line")
            } else if let recorded {
                if recorded.isReversed || !reversed.insert(payment).inserted {
                    reader.fault("INTAKE-019", "reverses", "payment \(payment) is reversed already")
                } else if recorded.amount != reversal.amount {
                    reader.fault(
                        "INTAKE-019", "amount",
                        "payment \(payment) is of another amount; it is reversed as a whole")
                }
            } else {
                reader.fault(
                    "INTAKE-019", "reverses",
                    "payment '\(payment)' of loan \(reversal.loan) is not recorded")
            }
            faults += reader.faults
        }
        faults.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Every payment and reversal leaves its loan with a plan: one that does not would be found
    /// by the close, which could not go on.
    mutating func check(_ plans: PaymentPlans) {
        for (fact, reason) in plans.faults(facts) {
            guard var reader = readers[fact.fact.id] else { continue }
            reader.fault("INTAKE-024", "loan_id", reason)
            faults += reader.faults
        }
        faults.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Payments that this file brings, by loan and id.
    private var newPayments: [LoanID: [String: RecordedPayment]] {
        facts.reduce(into: [:]) { payments, new in
            guard case .repayment(let amount) = new.fact.kind else { return }
            payments[new.loan, default: [:]][new.fact.id] = RecordedPayment(
                amount: amount, isReversed: false)
        }
    }

    /// A reversal is the same with its amount below zero and above.
    func contentHash(_ reader: RecordReader) -> String {
        let names = RepaymentImport.requiredColumns + RepaymentImport.optionalColumns
        let isReversal = !reader.text("reverses").isEmpty
        let content = names.map { name in
            let text = reader.text(name)
            let isNegated = isReversal && name == "amount" && text.hasPrefix("-")
            return "\(name)=\(isNegated ? String(text.dropFirst()) : text)\n"
        }
        return surroundings.fingerprint(content.joined())
    }
}

extension LoanFact {
    /// The same, or right after a decision of its value date that it would precede: what was
    /// decided stands.
    func following(_ decision: LoanFact?) -> LoanFact {
        guard let decision, self < decision else { return self }
        return LoanFact(
            id: id, kind: kind, valueDate: valueDate, bookingDate: bookingDate,
            instant: decision.instant + 1)
    }
}
