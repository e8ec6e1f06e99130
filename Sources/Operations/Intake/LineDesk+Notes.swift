import BusinessCalendar
import LendingRules
import Monetary

// Refunds and reversals: facts of the notes that a line has.

extension LineDesk {
    /// Turns records about notes into facts of theirs, in the order of facts; each sees those
    /// before it.
    mutating func settle() {
        for draft in records.sorted(by: LineFactDraft.precedes) {
            guard var bench = benches[draft.line] else { continue }
            var draft = draft
            do throws(ContractFault) {
                switch draft.kind {
                case "purchase-refund": try refund(&draft, &bench)
                case "conversion": try convert(&draft, &bench)
                case "reversal", "chargeback": reverse(&draft, &bench)
                default: continue
                }
            } catch {
                draft.reader.fault("INTAKE-005", "loan", error.uncomputed)
            }
            benches[draft.line] = bench
            faults += draft.reader.faults
            keys.append(
                NewKey(id: draft.id, loan: draft.line, contentHash: draft.contentHash))
        }
    }

    /// What a merchant gives back pays its purchase, and what is beyond it whatever else is owed.
    private mutating func refund(_ draft: inout LineFactDraft, _ bench: inout LineBench)
        throws(ContractFault)
    {
        guard let note = purchase(&draft, bench) else { return }
        checkPrice(note, bench, &draft)
        if !draft.reader.faults.isEmpty { return }
        let parts = try bench.parts(
            of: draft.amount, on: draft.valueDate, known: date, first: note.loan)
        if parts.isEmpty {
            draft.reader.fault(
                "FACT-011", "purchase",
                "nothing under line \(draft.line) can be paid on \(draft.valueDate)")
        }
        for part in parts {
            add(
                .repayment(amount: part.amount), draft, part.note, &bench, refunding: note.loan)
        }
    }

    /// All that is given back of a purchase is no more than it cost.
    private func checkPrice(
        _ note: LineNote, _ bench: LineBench, _ draft: inout LineFactDraft
    ) {
        let before = bench.refunded(note.loan)
        let price = note.record.principal
        if before + Int128(draft.amount) <= Int128(price) { return }
        func text(_ amount: Int64) -> String {
            AmountText.format(amount, decimals: note.record.currency.exponent)
        }
        let left = Int64(clamping: Int128(price) - before)
        draft.reader.fault(
            "FACT-005", "amount",
            "\(text(draft.amount)) is more than what is left to give back of the purchase of "
                + "\(text(price)): \(text(left))")
    }

    /// The note of the purchase that a record names, when it is lent by the value date.
    func purchase(_ draft: inout LineFactDraft, _ bench: LineBench) -> LineNote? {
        let id = draft.reader.text("purchase")
        let name = bench.record.note(of: id)
        guard let note = bench.note(name), note.product?.line?.payLater != nil else {
            draft.reader.fault(
                "FACT-011", "purchase",
                "purchase '\(id.prefix(70))' of line \(draft.line) is not booked")
            return nil
        }
        guard let contract = note.contract else {
            draft.reader.fault(
                "INTAKE-017", "purchase",
                "purchase \(id) is not disbursed, loan \(name) is \(note.state.rawValue)")
            return nil
        }
        if draft.valueDate < contract.disbursedOn {
            draft.reader.fault(
                "INTAKE-018", "valueDate",
                "value date \(draft.valueDate) is before the disbursement on "
                    + "\(contract.disbursedOn)")
            return nil
        }
        return note
    }

    private mutating func reverse(_ draft: inout LineFactDraft, _ bench: inout LineBench) {
        let payment = draft.reader.text("reverses")
        let parts = bench.notes.compactMap { note in
            note.partPayments[payment].map { (note: note.loan, part: $0) }
        }
        if parts.isEmpty {
            draft.reader.fault(
                "INTAKE-019", "reverses",
                "payment '\(payment.prefix(70))' of line \(draft.line) is not recorded")
        } else if parts.contains(where: \.part.isReversed) {
            draft.reader.fault(
                "INTAKE-019", "reverses", "payment \(payment) is reversed already")
        } else {
            for (note, part) in parts { add(.reversal(of: part.fact), draft, note, &bench) }
        }
    }

    mutating func add(
        _ kind: LoanFact.Kind, _ draft: LineFactDraft, _ note: LoanID, _ bench: inout LineBench,
        refunding purchase: LoanID? = nil
    ) {
        let fact = LoanFact(
            id: PartName.part(of: draft.id, on: note, refunding: purchase), kind: kind,
            valueDate: draft.valueDate, bookingDate: date, instant: draft.at)
        bench.add(fact, to: note)
        drafts.append(
            FactDraft(
                loan: note, fact: fact, contentHash: draft.contentHash, reader: draft.reader))
    }
}
