import BusinessCalendar
import LendingRules
import Monetary

/// A payment that came for a line, or the reversal of one, before it is divided.
struct LinePaymentDraft {
    let id: String
    let line: LoanID
    /// Minor units, above zero.
    let amount: Int64
    /// The payment that goes back, or empty.
    let reverses: String
    let valueDate: BusinessDate
    let instant: Int64
    let channel: String
    let contentHash: String
    var reader: RecordReader

    /// The order of facts, a reversal never before its payment.
    static func inOrder(_ drafts: [LinePaymentDraft]) -> [LinePaymentDraft] {
        var ahead = Set(drafts.filter(\.reverses.isEmpty).map(\.id))
        var waiting: [String: [LinePaymentDraft]] = [:]
        var ordered: [LinePaymentDraft] = []
        for draft in drafts.sorted(by: precedes) {
            if ahead.contains(draft.reverses) {
                waiting[draft.reverses, default: []].append(draft)
                continue
            }
            ahead.remove(draft.id)
            ordered.append(draft)
            ordered += waiting.removeValue(forKey: draft.id) ?? []
        }
        return ordered
    }

    private static func precedes(_ left: LinePaymentDraft, _ right: LinePaymentDraft) -> Bool {
        (left.valueDate, left.instant, left.id) < (right.valueDate, right.instant, right.id)
    }
}

extension RepaymentDesk {
    /// How many facts the notes of every line had that is paid.
    var seen: [LoanID: Int] {
        Set(linePayments.map(\.line)).reduce(into: [:]) { seen, line in
            seen.merge(lines[line]?.seen ?? [:]) { first, _ in first }
        }
    }

    mutating func takeForLine(_ line: LineBench, _ reader: inout RecordReader) {
        let record = reader
        let id = reader.identifier("payment_id")
        let currency = reader.currency("currency")
        let amount = amount(&reader, currency)
        let paidAt = reader.instant("paid_at", by: date, cutOff)
        let given = reader.optionalDate("value_date")
        guard let id, let currency, let amount, let paidAt, let given,
            isNew(id, contentHash(reader), &reader)
        else { return }
        if currency != line.record.currency {
            reader.fault(
                "INTAKE-003", "currency",
                "currency \(currency) is not the line's \(line.record.currency)")
        }
        let claimed = given ?? cutOff.businessDate(of: paidAt)
        guard let valueDate = valueDate(claimed, line, &reader), reader.faults.isEmpty else {
            return
        }
        linePayments.append(
            LinePaymentDraft(
                id: id, line: line.record.line, amount: amount,
                reverses: reader.text("reverses"), valueDate: valueDate, instant: paidAt,
                channel: reader.text("channel"), contentHash: contentHash(reader), reader: record))
    }

    /// Never before the first disbursement, never in the future; what is older than an agreement of
    /// its notes allows, or than a decision on one, counts from today.
    private func valueDate(
        _ claimed: BusinessDate, _ line: LineBench, _ reader: inout RecordReader
    ) -> BusinessDate? {
        let name = line.record.line
        let lent = line.notes.filter { $0.contract != nil }
        guard let first = lent.compactMap({ $0.contract?.disbursedOn }).min() else {
            reader.fault(
                "INTAKE-017", "loan_id", "no note of line \(name) is disbursed")
            return nil
        }
        if claimed < first || claimed > date {
            reader.fault(
                "INTAKE-018", "value_date",
                claimed < first
                    ? "value date \(claimed) is before the first disbursement on \(first)"
                    : "value date \(claimed) is after the open business date \(date)")
            return nil
        }
        let allowed = lent.map { $0.agreement?.backdateDays ?? 0 }.min() ?? 0
        let isBeforeDecision = lent.contains { note in
            note.facts.contains { fact in
                (fact.isDecision && fact.valueDate > claimed)
                    || (fact.isAssignment && fact.valueDate == claimed)
            }
        }
        return date.days(since: claimed) > allowed || isBeforeDecision ? date : claimed
    }

    /// Divides what came for lines, in the order of facts; of several in one file each sees those
    /// before it. A reversal takes back every part; one that comes before its payment waits for it.
    mutating func divideLinePayments() {
        let drafts = Dictionary(grouping: linePayments, by: \.line)
        for (line, drafts) in drafts.sorted(by: { $0.key < $1.key }) {
            guard var bench = lines[line] else { continue }
            for new in facts where bench.note(new.loan) != nil {
                bench.add(new.fact, to: new.loan)
            }
            for draft in LinePaymentDraft.inOrder(drafts) {
                if draft.reverses.isEmpty {
                    divide(draft, &bench)
                } else {
                    reverse(draft, &bench)
                }
            }
        }
        faults.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    private mutating func divide(_ draft: LinePaymentDraft, _ bench: inout LineBench) {
        var reader = draft.reader
        do throws(ContractFault) {
            let parts = try bench.parts(of: draft.amount, on: draft.valueDate, known: date)
            if parts.isEmpty {
                reader.fault(
                    "INTAKE-021", "loan_id",
                    "no note of line \(draft.line) can be paid on \(draft.valueDate): all are "
                        + "written off or given back; what comes in on one that is written off is "
                        + "a fact of kind recovery on the note, see `colend facts schema`")
            }
            for part in parts {
                add(.repayment(amount: part.amount), draft, part.note, &bench, &reader)
            }
        } catch {
            reader.fault("INTAKE-005", "amount", error.uncomputed)
        }
        conclude(draft, reader)
    }

    private mutating func reverse(_ draft: LinePaymentDraft, _ bench: inout LineBench) {
        var reader = draft.reader
        let payment = draft.reverses
        let parts = bench.notes.compactMap { note in
            note.partPayments[payment].map { (note: note.loan, part: $0) }
        }
        let total = parts.reduce(Int128(0)) { $0 + Int128($1.part.amount) }
        if parts.isEmpty {
            reader.fault(
                "INTAKE-019", "reverses",
                "payment '\(payment.prefix(70))' of line \(draft.line) is not recorded")
        } else if parts.contains(where: \.part.isReversed) {
            reader.fault("INTAKE-019", "reverses", "payment \(payment) is reversed already")
        } else if total != Int128(draft.amount) {
            reader.fault(
                "INTAKE-019", "amount",
                "payment \(payment) is of another amount; it is reversed as a whole")
        } else {
            for (note, part) in parts {
                add(.reversal(of: part.fact), draft, note, &bench, &reader)
            }
        }
        conclude(draft, reader)
    }

    /// A part with which the close could not go on is refused, as a payment of the note would be.
    private mutating func add(
        _ kind: LoanFact.Kind, _ draft: LinePaymentDraft, _ note: LoanID,
        _ bench: inout LineBench, _ reader: inout RecordReader
    ) {
        let decision = bench.note(note)?.facts.filter(\.isDecision).max()
        let fact = LoanFact(
            id: PartName.part(of: draft.id, on: note), kind: kind, valueDate: draft.valueDate,
            bookingDate: date, instant: draft.instant
        ).following(decision)
        if let reason = bench.note(note)?.objection(to: fact, at: date) {
            reader.fault("INTAKE-024", "loan_id", reason)
            return
        }
        bench.add(fact, to: note)
        facts.append(
            NewFact(
                loan: note, fact: fact, channel: draft.channel, contentHash: draft.contentHash))
    }

    private mutating func conclude(_ draft: LinePaymentDraft, _ reader: RecordReader) {
        faults += reader.faults
        keys.append(NewKey(id: draft.id, loan: draft.line, contentHash: draft.contentHash))
    }
}
