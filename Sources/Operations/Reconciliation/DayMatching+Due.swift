import LendingRules
import Monetary
import Reconciling

/// What a break puts in dispute.
extension DayMatching {
    /// The same once it is explained: a late line stands against the one that waited for it, so
    /// that only cents are left between the two.
    func due(_ explained: ExplainedBreak) throws(ReconcilingError) -> DisputedDue {
        let own = try due(explained.found)
        guard explained.explanation.cause == .arrivedLate,
            let earlier = explained.explanation.related.first.flatMap({ earlierBreaks[$0.text] }),
            earlier.currency == currency(explained.found)?.code
        else { return own }
        return DisputedDue(
            ours: own.ours ?? earlier.due.ours, theirs: own.theirs ?? earlier.due.theirs)
    }

    /// What either side's record makes the platform owe; nothing where no money is in dispute.
    func due(_ found: Break) throws(ReconcilingError) -> DisputedDue {
        guard let layout = day.files.first(where: { $0.layout.name == found.file })?.layout,
            found.kind == .missingFile || !found.kind.isAboutFile
        else { return .none }
        if found.kind == .missingFile { return try missingDue(found, layout) }
        let ours = try found.ours.map { line throws(ReconcilingError) in
            try due(of: line.record, layout)
        }
        let theirs = try found.theirs.map { line throws(ReconcilingError) in
            try due(of: line.record, layout)
        }
        guard let ours = ours ?? nil else {
            return DisputedDue(ours: nil, theirs: theirs ?? nil)
        }
        guard let pair = found.theirs?.record else { return DisputedDue(ours: ours, theirs: nil) }
        if pair.currency != found.ours?.record.currency {
            return DisputedDue(ours: ours, theirs: nil)
        }
        // A date or a text that differs does not keep the money from being settled.
        let isSettled = [.date, .timing, .field].contains(found.kind)
        return DisputedDue(ours: ours, theirs: isSettled ? ours : theirs ?? nil)
    }

    /// Without their file every line of ours is one-sided; of a date without any file nothing is
    /// settled, so nothing is held.
    private func missingDue(
        _ found: Break, _ layout: FileLayout
    ) throws(ReconcilingError) -> DisputedDue {
        let lines = day.files.first { $0.layout == layout }?.ours ?? []
        // Without a currency of its own the break is about all of them, which have one.
        let records = lines.filter { found.currency == nil || $0.currency == found.currency }
        guard !isMissing, !records.isEmpty else { return .none }
        var sum: Int128 = 0
        for record in records {
            guard let due = try due(of: record, layout) else { return .none }
            sum += Int128(due)
        }
        guard let total = Int64(exactly: sum), total.magnitude < 1 << 62 else {
            throw .totalOverflows(
                file: layout.name, column: "due", currency: records[0].currency.code)
        }
        return DisputedDue(ours: total, theirs: nil)
    }

    /// What a record makes the platform owe; of a disbursement as the loan's way of it settles.
    private func due(of record: Record, _ layout: FileLayout) throws(ReconcilingError) -> Int64? {
        let usual = try layout.due(of: record)
        guard layout.name == DayMatching.disbursements, let usual,
            let lent = lending[LoanID(layout.loan(of: record))]
        else { return usual }
        let owed = lent.owed(to: partner.party, for: usual.magnitude, platform: platform)
        return usual > 0 ? -owed : owed
    }

    static let disbursements = "disbursements"

    /// The currency of what is in dispute, ours when the records name two.
    func currency(_ found: Break) -> Currency? {
        if let line = found.ours ?? found.theirs { return line.record.currency }
        let ours = day.files.first { $0.layout.name == found.file }?.ours
        return found.currency ?? (found.kind == .missingFile ? ours?.first?.currency : nil)
    }
}
