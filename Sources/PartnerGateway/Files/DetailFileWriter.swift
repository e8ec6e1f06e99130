// One detail file as it grows: its rows and the control totals of its amount columns.

internal import BusinessCalendar
internal import Monetary
internal import Operations
package import Reconciling

/// Writes one detail file and sums its amount columns.
struct DetailFileWriter {
    private struct Total {
        var sum: Int128 = 0
        var absolute: Int128 = 0
    }

    private let name: String
    private let amountColumns: [String]
    private var csv: CSVWriter
    private var totals: [Currency: [Total]] = [:]

    /// A file of one layout with its columns in the protocol's order.
    init(_ layout: FileLayout, columns: [String]) {
        precondition(
            Set(columns) == layout.allColumns, "the columns are those of \(layout.name)")
        name = layout.fileName
        amountColumns = layout.amountColumns.map(\.name)
        csv = CSVWriter(columns: columns)
    }

    /// Writes a row: `before`, then the amounts, then the currency, then `after`.
    mutating func row(
        _ before: [String], _ amounts: [Int64], _ currency: Currency, _ after: [String]
    ) {
        row(
            before + amounts.map { Money(minorUnits: $0, currency: currency).text }
                + [currency.code] + after, summing: amounts, currency)
    }

    /// Writes a row as its fields stand and sums its amounts, which are in the layout's order.
    mutating func row(_ fields: [String], summing amounts: [Int64], _ currency: Currency) {
        precondition(amounts.count == amountColumns.count, "a row has every amount")
        csv.row(fields)
        var sums = totals[currency] ?? amounts.map { _ in Total() }
        for (index, amount) in amounts.enumerated() {
            sums[index].sum += Int128(amount)
            sums[index].absolute += Int128(amount.magnitude)
        }
        totals[currency] = sums
    }

    /// Writes a row of a file without amounts.
    mutating func row(_ fields: [String]) {
        precondition(amountColumns.isEmpty, "a row has every amount")
        csv.row(fields)
    }

    /// The file's bytes.
    var bytes: [UInt8] { csv.bytes }

    /// What the manifest says of the file: totals by column, then currency.
    ///
    /// - Throws: ``AmountError/overflow`` when a total exceeds 64 bits.
    func listing() throws(AmountError) -> PartnerManifest.File {
        var listed: [ControlTotal] = []
        for (index, column) in amountColumns.enumerated() {
            for (currency, sums) in totals.sorted(by: { $0.key < $1.key }) {
                guard let sum = Int64(exactly: sums[index].sum),
                    let absolute = Int64(exactly: sums[index].absolute)
                else { throw .overflow }
                listed.append(
                    ControlTotal(column: column, currency: currency, sum: sum, absolute: absolute))
            }
        }
        return PartnerManifest.File(
            name: name, sha256: HexText.digest(of: csv.bytes),
            entry: ManifestEntry(rows: csv.rows, totals: listed))
    }
}

extension FileLayout {
    /// The file's name on the wire.
    package var fileName: String { name + ".csv" }

    /// Every column a file of this layout has; amounts always stand beside their currency.
    var allColumns: Set<String> {
        Set(keyColumns + amountColumns.map(\.name) + fieldColumns + ignoredColumns)
            .union(hasCurrency ? ["currency"] : []).union(dateColumn.map { [$0] } ?? [])
    }
}
