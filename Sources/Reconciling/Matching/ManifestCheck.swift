import Monetary

/// Compares a file with what its manifest says of it: rows, and totals by column and currency.
struct ManifestCheck {
    private struct Column: Hashable {
        let name: String
        let currency: Currency
    }

    private let layout: FileLayout
    private let rows: Int
    /// Sum and sum of sizes of what the file holds, minor units.
    private var computed: [Column: (sum: Int128, absolute: Int128)] = [:]

    /// The totals of a partner's records, which fit the layout.
    init(_ layout: FileLayout, _ records: [Record]) {
        self.layout = layout
        rows = records.count
        for currency in Set(records.map(\.currency)) {
            add(records.filter { $0.currency == currency }, currency)
        }
    }

    /// One break per wrong row count and per column and currency whose totals are wrong.
    func breaks(against manifest: ManifestEntry?, _ mint: inout BreakMint)
        throws(ReconcilingError) -> [Break]
    {
        var breaks: [Break] = []
        if manifest?.rows != rows {
            let count = Difference(
                column: "rows", values: .count(ours: rows, theirs: manifest?.rows))
            breaks.append(
                mint.make(.controlTotal, key: ["rows"], differences: [count], currency: nil))
        }
        guard let manifest else { return breaks }
        for (column, stated) in pairs(with: manifest) {
            let differences = try differences(column, stated)
            if differences.isEmpty { continue }
            breaks.append(
                mint.make(
                    .controlTotal, key: [column.name, column.currency.code],
                    differences: differences, currency: column.currency))
        }
        return breaks
    }

    private mutating func add(_ records: [Record], _ currency: Currency) {
        for (index, column) in layout.amountColumns.enumerated() {
            var (sum, absolute): (Int128, Int128) = (0, 0)
            for record in records {
                sum += Int128(record.amounts[index])
                absolute += Int128(record.amounts[index].magnitude)
            }
            computed[Column(name: column.name, currency: currency)] = (sum, absolute)
        }
    }

    /// Every total that is stated, and every one that should have been, in a fixed order.
    private func pairs(with manifest: ManifestEntry) -> [(Column, ControlTotal?)] {
        var pairs: [(Column, ControlTotal?)] = manifest.totals.map {
            (Column(name: $0.column, currency: $0.currency), $0)
        }
        let stated = Set(pairs.map(\.0))
        pairs += computed.keys.filter { !stated.contains($0) }.map { ($0, nil) }
        return pairs.sorted {
            if $0.0 != $1.0 {
                return ($0.0.name, $0.0.currency) < ($1.0.name, $1.0.currency)
            }
            return ($0.1?.sum ?? 0, $0.1?.absolute ?? 0) < ($1.1?.sum ?? 0, $1.1?.absolute ?? 0)
        }
    }

    private func differences(_ column: Column, _ stated: ControlTotal?) throws(ReconcilingError)
        -> [Difference]
    {
        let held = computed[column]
        let sum = try difference("sum", held?.sum, stated?.sum, column)
        let absolute = try difference("absolute", held?.absolute, stated?.absolute, column)
        return [sum, absolute].compactMap(\.self)
    }

    private func difference(_ name: String, _ held: Int128?, _ stated: Int64?, _ column: Column)
        throws(ReconcilingError) -> Difference?
    {
        let wide = (held ?? 0) - Int128(stated ?? 0)
        if wide == 0 { return nil }
        let ours = held.flatMap(Int64.init(exactly:))
        guard let difference = Int64(exactly: wide), held == nil || ours != nil else {
            throw .totalOverflows(
                file: layout.name, column: column.name, currency: column.currency.code)
        }
        return Difference(
            column: "\(name) of \(column.name)",
            values: .amount(ours: ours, theirs: stated, difference: difference))
    }
}
