import BusinessCalendar
import LendingRules
import Monetary

/// Turns records of a repayments file into facts, collecting every fault on the way.
struct RepaymentDesk {
    let loans: [LoanID: ServicedLoan]
    /// Content hashes of payments recorded before.
    let known: [String: String]
    let terms: TermsLibrary
    let date: BusinessDate
    let cutOff: CutOff
    let surroundings: Surroundings
    private(set) var facts: [NewFact] = []
    private(set) var faults: [ImportFault] = []
    private(set) var alreadyThere = 0
    private var lines: [String: Int] = [:]
    private var reversals: [(reader: RecordReader, loan: LoanID, payment: String)] = []

    init(
        loans: [LoanID: ServicedLoan], known: [String: String], terms: TermsLibrary,
        date: BusinessDate, cutOff: CutOff, surroundings: Surroundings
    ) {
        self.loans = loans
        self.known = known
        self.terms = terms
        self.date = date
        self.cutOff = cutOff
        self.surroundings = surroundings
    }

    mutating func take(_ record: RecordReader) {
        var reader = record
        if let fact = read(&reader), isNew(fact, &reader) { facts.append(fact) }
        faults += reader.faults
    }

    private mutating func read(_ reader: inout RecordReader) -> NewFact? {
        let id = reader.identifier("payment_id")
        let currency = reader.currency("currency")
        let amount = reader.amount("amount", currency)
        let paidAt = reader.instant("paid_at")
        let given = reader.optionalDate("value_date")
        let loan = loan(&reader, currency)
        guard let id, let amount, let paidAt, let given, let loan else { return nil }
        let claimed = given ?? cutOff.businessDate(of: paidAt)
        guard let valueDate = valueDate(claimed, loan.terms, &reader) else { return nil }
        let reverses = reader.text("reverses")
        if !reverses.isEmpty { reversals.append((reader, loan.id, reverses)) }
        return NewFact(
            loan: loan.id,
            fact: LoanFact(
                id: id,
                kind: reverses.isEmpty ? .repayment(amount: amount) : .reversal(of: reverses),
                valueDate: valueDate, bookingDate: date, instant: paidAt),
            channel: reader.text("channel"), contentHash: contentHash(reader))
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
    /// allows counts from today.
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
        return date.days(since: claimed) > allowed ? date : claimed
    }

    private mutating func isNew(_ fact: NewFact, _ reader: inout RecordReader) -> Bool {
        if let earlier = lines[fact.fact.id] {
            reader.fault(
                "INTAKE-009", "payment_id",
                "payment \(fact.fact.id) stands twice, first on line \(earlier)")
            return false
        }
        lines[fact.fact.id] = reader.row.line
        guard let hash = known[fact.fact.id] else { return true }
        if hash == fact.contentHash {
            alreadyThere += 1
        } else {
            reader.fault(
                "INTAKE-010", "payment_id",
                "payment \(fact.fact.id) is recorded already with other content")
        }
        return false
    }

    /// A reversal names a payment of the same loan that nobody reversed before.
    mutating func checkReversals() {
        var reversed: Set<String> = []
        for (reader, loan, payment) in reversals where known[reader.text("payment_id")] == nil {
            var reader = reader
            let isNewHere = facts.contains {
                guard case .repayment = $0.fact.kind else { return false }
                return $0.loan == loan && $0.fact.id == payment
            }
            let earlier = loans[loan]?.payments[payment]
            if earlier == nil, !isNewHere {
                reader.fault(
                    "INTAKE-019", "reverses",
                    "payment '\(payment)' of loan \(loan) is not recorded")
            } else if earlier == true || !reversed.insert(payment).inserted {
                reader.fault("INTAKE-019", "reverses", "payment \(payment) is reversed already")
            }
            faults += reader.faults.filter { !faults.contains($0) }
        }
        faults.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    private func contentHash(_ reader: RecordReader) -> String {
        let names = RepaymentImport.requiredColumns + RepaymentImport.optionalColumns
        return surroundings.fingerprint(names.map { "\($0)=\(reader.text($0))\n" }.joined())
    }
}
