import BusinessCalendar
import LendingRules
import Monetary

// Conversions: purchases that are paid in instalments.

extension LineDesk {
    /// Purchases that are open and not past due get equal instalments, due on the days of
    /// statements.
    mutating func convert(_ draft: inout LineFactDraft, _ bench: inout LineBench)
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
        if closing > draft.valueDate {
            draft.reader.fault(
                "FACT-011", "statement",
                "the statement of \(closing) has not closed on \(draft.valueDate)")
            return []
        }
        var notes: [LineNote] = []
        for note in bench.notes where note.statement == closing && !note.isConverted {
            if try note.isConvertible(on: draft.valueDate) { notes.append(note) }
        }
        if notes.isEmpty {
            draft.reader.fault(
                "FACT-011", "statement",
                "no purchase on a statement of line \(draft.line) that closed on \(closing) is "
                    + "open, not converted and not past due")
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
}

extension LineNote {
    /// The day on which the statement closed that has the purchase; nil of no purchase.
    var statement: BusinessDate? {
        guard let cycle = product?.conventions.statement, product?.line?.payLater != nil else {
            return nil
        }
        return record.firstDueOn.map { cycle.closing(before: $0) }
    }

    /// Whether it is paid in instalments of another plan already.
    fileprivate var isConverted: Bool {
        facts.contains { if case .restructured = $0.kind { true } else { false } }
    }

    /// Whether something is left of it and nothing is past due.
    fileprivate func isConvertible(on date: BusinessDate) throws(ContractFault) -> Bool {
        guard let owed = try owed(on: date) else { return false }
        return owed.payoff.claims.principal > 0 && !owed.due.contains { $0.dueOn < date }
    }
}
