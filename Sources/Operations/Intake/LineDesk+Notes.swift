import BusinessCalendar
import LendingRules
import Monetary

// Refunds, conversions and reversals: facts of the notes that a line has.

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
                draft.reader.fault(
                    "INTAKE-005", "loan",
                    "with it the amounts of line \(draft.line) are beyond what can be computed")
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
        if draft.amount > note.record.principal {
            func text(_ amount: Int64) -> String {
                AmountText.format(amount, decimals: note.record.currency.exponent)
            }
            draft.reader.fault(
                "FACT-005", "amount",
                "\(text(draft.amount)) is more than the purchase of \(text(note.record.principal))")
            return
        }
        let parts = try bench.parts(
            of: draft.amount, on: draft.valueDate, first: note.loan)
        if parts.isEmpty {
            draft.reader.fault(
                "FACT-011", "purchase",
                "nothing under line \(draft.line) can be paid on \(draft.valueDate)")
        }
        for part in parts { add(.repayment(amount: part.amount), draft, part.note, &bench) }
    }

    /// The note of the purchase that a record names, when it is lent by the value date.
    private func purchase(_ draft: inout LineFactDraft, _ bench: LineBench) -> LineNote? {
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

    /// Purchases that are open and not past due get equal instalments, due on the days of
    /// statements.
    private mutating func convert(_ draft: inout LineFactDraft, _ bench: inout LineBench)
        throws(ContractFault)
    {
        let present = draft.reader.present
        let count = draft.reader.count("instalments")
        let rate =
            present.contains("annualRatePercent") ? draft.reader.rate("annualRatePercent") : nil
        guard let count, draft.reader.faults.isEmpty else { return }
        if present.contains("purchase") && present.contains("statement") {
            draft.reader.fault(
                "FACT-002", "statement",
                "a conversion names a purchase or a statement, not both")
            return
        }
        for note in try converted(&draft, bench) {
            guard let plan = plan(note, count, rate, &draft) else { return }
            add(.restructured(plan), draft, note.loan, &bench)
        }
    }

    private func converted(_ draft: inout LineFactDraft, _ bench: LineBench)
        throws(ContractFault) -> [LineNote]
    {
        if draft.reader.present.contains("purchase") {
            guard let note = purchase(&draft, bench) else { return [] }
            if try note.isConvertible(on: draft.valueDate) { return [note] }
            draft.reader.fault(
                "FACT-011", "purchase",
                "nothing of the purchase is left, or it is past due: loan \(note.loan)")
            return []
        }
        guard let closing = draft.reader.date("statement") else { return [] }
        var notes: [LineNote] = []
        for note in bench.notes where note.statement == closing {
            if try note.isConvertible(on: draft.valueDate) { notes.append(note) }
        }
        if notes.isEmpty {
            draft.reader.fault(
                "FACT-011", "statement",
                "no purchase on a statement of line \(draft.line) that closed on \(closing) is "
                    + "open and not past due")
        }
        return notes
    }

    private func plan(
        _ note: LineNote, _ count: Int, _ rate: AnnualRate?, _ draft: inout LineFactDraft
    ) -> Restructure? {
        guard let product = note.product, let terms = product.line?.payLater,
            let allowed = terms.conversion
        else {
            draft.reader.fault(
                "FACT-010", "loan",
                "purchases of \(note.record.product) are not converted into instalments")
            return nil
        }
        if !allowed.contains(count) {
            draft.reader.fault(
                "INTAKE-014", "instalments",
                "\(count) instalments are outside \(allowed.lowerBound) to \(allowed.upperBound) "
                    + "into which purchases of \(product.name) are converted")
            return nil
        }
        return Restructure(
            instalments: count, rate: rate,
            firstDueOn: product.conventions.statement.map {
                terms.firstDue(of: draft.valueDate, $0)
            })
    }

    private mutating func reverse(_ draft: inout LineFactDraft, _ bench: inout LineBench) {
        let payment = draft.reader.text("reverses")
        let parts = bench.notes.compactMap { note in
            note.partPayments[payment].map { (note: note.loan, isReversed: $0.isReversed) }
        }
        if parts.isEmpty {
            draft.reader.fault(
                "INTAKE-019", "reverses",
                "payment '\(payment.prefix(70))' of line \(draft.line) is not recorded")
        } else if parts.contains(where: \.isReversed) {
            draft.reader.fault(
                "INTAKE-019", "reverses", "payment \(payment) is reversed already")
        } else {
            for (note, _) in parts {
                let kind = LoanFact.Kind.reversal(of: PartName.part(of: payment, on: note))
                add(kind, draft, note, &bench)
            }
        }
    }

    private mutating func add(
        _ kind: LoanFact.Kind, _ draft: LineFactDraft, _ note: LoanID, _ bench: inout LineBench
    ) {
        let fact = LoanFact(
            id: PartName.part(of: draft.id, on: note), kind: kind, valueDate: draft.valueDate,
            bookingDate: date, instant: draft.at)
        bench.add(fact, to: note)
        drafts.append(
            FactDraft(
                loan: note, fact: fact, contentHash: draft.contentHash, reader: draft.reader))
    }
}

extension LineNote {
    /// The day on which the statement closed that has the purchase; nil of no purchase.
    var statement: BusinessDate? {
        guard let cycle = product?.conventions.statement, product?.line?.payLater != nil else {
            return nil
        }
        return record.firstDueOn.map { cycle.closing(before: $0) }
    }

    /// Whether something is left of it and nothing is past due.
    fileprivate func isConvertible(on date: BusinessDate) throws(ContractFault) -> Bool {
        guard let owed = try owed(on: date) else { return false }
        return owed.payoff.claims.principal > 0 && !owed.due.contains { $0.dueOn < date }
    }
}
