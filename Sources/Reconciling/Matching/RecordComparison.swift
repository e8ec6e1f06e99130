/// Compares two records of one key, column by column.
struct RecordComparison {
    private let layout: FileLayout
    /// Minor units, one per amount column.
    private let tolerances: [Int64]

    init(_ layout: FileLayout, _ tolerance: Tolerance) {
        self.layout = layout
        tolerances = layout.amountColumns.map { tolerance.minorUnits(for: $0.name) }
    }

    /// The kind of break two records make, or nil when they agree, and all their differences.
    ///
    /// One break per pair, the gravest kind first: currency, amount, date, field, rounding.
    func compare(_ ours: Record, _ theirs: Record) throws(ReconcilingError)
        -> (kind: BreakKind?, differences: [Difference])
    {
        if RecordOrder.byContent(ours, theirs) == .same { return (nil, []) }
        if ours.currency != theirs.currency {
            // Amounts of two currencies have no difference; both records stand in the break.
            let currency = Difference(
                column: "currency",
                values: .currency(ours: ours.currency, theirs: theirs.currency))
            return (.field, [currency] + dates(ours, theirs) + fields(ours, theirs))
        }
        let (amounts, isBeyond) = try amounts(ours, theirs)
        let (dates, fields) = (dates(ours, theirs), fields(ours, theirs))
        let kind: BreakKind =
            isBeyond ? .amount : !dates.isEmpty ? .date : !fields.isEmpty ? .field : .rounding
        return (kind, amounts + dates + fields)
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

    private func amounts(_ ours: Record, _ theirs: Record) throws(ReconcilingError)
        -> (found: [Difference], isBeyondTolerance: Bool)
    {
        var found: [Difference] = []
        var isBeyond = false
        for index in ours.amounts.indices where ours.amounts[index] != theirs.amounts[index] {
            let one = try difference(
                ours.amounts[index], theirs.amounts[index], column: index, of: ours)
            found.append(one)
            let size = one.minorUnits?.magnitude ?? 0
            if size > tolerances[index].magnitude { isBeyond = true }
        }
        return (found, isBeyond)
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

    private func dates(_ ours: Record, _ theirs: Record) -> [Difference] {
        guard let column = layout.dateColumn, ours.valueDate != theirs.valueDate else { return [] }
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
