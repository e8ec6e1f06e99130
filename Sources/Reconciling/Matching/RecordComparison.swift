import BusinessCalendar

/// Compares two records of one key, column by column.
struct RecordComparison {
    private let layout: FileLayout
    /// Minor units, one per amount column.
    private let tolerances: [Int64]
    private let windowDays: Int

    init(_ layout: FileLayout, _ tolerance: Tolerance, windowDays: Int) {
        self.layout = layout
        self.windowDays = windowDays
        tolerances = layout.amountColumns.map { tolerance.minorUnits(for: $0.name) }
    }

    /// The kind of break two records make, or nil when they agree, and all their differences.
    func compare(_ ours: Record, _ theirs: Record) throws(ReconcilingError)
        -> (kind: BreakKind?, differences: [Difference])
    {
        if RecordOrder.byContent(ours, theirs) == .same { return (nil, []) }
        var findings = PairFindings()
        let fields = fields(ours, theirs)
        findings.isOtherField = !fields.isEmpty
        let dates = dates(ours, theirs, &findings)
        if ours.currency != theirs.currency {
            // Amounts of two currencies have no difference; both records stand in the break.
            findings.isOtherCurrency = true
            let currency = Difference(
                column: "currency",
                values: .currency(ours: ours.currency, theirs: theirs.currency))
            return (findings.kind, [currency] + dates + fields)
        }
        let amounts = try amounts(ours, theirs, &findings)
        if findings.kind == .rounding, !layout.role.countsRounding { return (nil, []) }
        return (findings.kind, amounts + dates + fields)
    }

    /// Whether two records agree within tolerance and window.
    func isClose(_ ours: Record, _ theirs: Record) -> Bool {
        // A difference too large for 64 bits is reported when the pair is settled.
        guard let (kind, _) = try? compare(ours, theirs) else { return false }
        return kind?.isMatched ?? true
    }

    /// The amounts of a record the other side lacks, zero columns left out.
    func oneSided(_ record: Record, on side: Side) throws(ReconcilingError) -> [Difference] {
        var found: [Difference] = []
        for (index, amount) in record.amounts.enumerated() where amount != 0 {
            found.append(
                side == .ours
                    ? try difference(amount, nil, column: index, of: record)
                    : try difference(nil, amount, column: index, of: record))
        }
        return found
    }

    private func amounts(_ ours: Record, _ theirs: Record, _ findings: inout PairFindings)
        throws(ReconcilingError) -> [Difference]
    {
        var found: [Difference] = []
        for index in ours.amounts.indices where ours.amounts[index] != theirs.amounts[index] {
            let one = try difference(
                ours.amounts[index], theirs.amounts[index], column: index, of: ours)
            found.append(one)
            let closeness = Closeness(
                difference: Int128(one.minorUnits ?? 0), limit: Int128(tolerances[index]))
            findings.amounts = .worse(findings.amounts, closeness)
        }
        return found
    }

    private func difference(_ ours: Int64?, _ theirs: Int64?, column: Int, of record: Record)
        throws(ReconcilingError) -> Difference
    {
        let name = layout.amountColumns[column].name
        let (difference, overflow) = (ours ?? 0).subtractingReportingOverflow(theirs ?? 0)
        if overflow {
            throw .differenceOverflows(file: layout.name, key: record.key, column: name)
        }
        return Difference(
            column: name, values: .amount(ours: ours, theirs: theirs, difference: difference))
    }

    private func dates(_ ours: Record, _ theirs: Record, _ findings: inout PairFindings)
        -> [Difference]
    {
        guard let column = layout.dateColumn, ours.valueDate != theirs.valueDate else { return [] }
        findings.dates = .beyond
        if let ourDate = ours.valueDate, let theirDate = theirs.valueDate {
            findings.dates = Closeness(
                difference: Int128(ourDate.days(since: theirDate)), limit: Int128(windowDays))
        }
        return [
            Difference(
                column: column, values: .date(ours: ours.valueDate, theirs: theirs.valueDate))
        ]
    }

    private func fields(_ ours: Record, _ theirs: Record) -> [Difference] {
        zip(layout.fieldColumns, zip(ours.fields, theirs.fields)).compactMap { column, values in
            if RecordOrder.byBytes(values.0, values.1) == .same { return nil }
            return Difference(column: column, values: .text(ours: values.0, theirs: values.1))
        }
    }
}
