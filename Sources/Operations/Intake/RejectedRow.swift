/// A record of an import file that was left out, and why.
package struct RejectedRow: Hashable, Sendable {
    /// Line on which it starts, from 1.
    package let line: Int
    /// Its fields in the file's columns, or one text when it cannot be taken apart.
    package let fields: [String]
    package let faults: [ImportFault]

    /// Bytes kept of a record that cannot be taken apart: a quote never closed runs to the end.
    package static let textLimit = 65_536

    package init(line: Int, fields: [String], faults: [ImportFault]) {
        self.line = line
        self.fields = fields
        self.faults = faults
    }

    /// All its reasons in one text, each with its code and column.
    package var reasons: String {
        faults.map { fault in
            let column = fault.column > 0 ? " at column \(fault.column)" : ""
            return "\(fault.code): \(fault.what)\(column)"
        }.joined(separator: "; ")
    }
}

/// Where the rejected records of an import are left, so that its good ones may be kept.
package protocol Rejects: Sendable {
    /// Keeps rejected records in file order; nothing is done when there are none.
    ///
    /// - Throws: when they cannot be written; nothing is imported then.
    func take(_ rows: [RejectedRow], of table: ImportTable) throws
}

/// The records of an import after its desk has looked at all of them.
struct CheckedRecords<Desk> {
    /// The desk that took every record that is kept.
    let desk: Desk
    /// In file order.
    let rejected: [RejectedRow]

    /// Takes records to a desk until it finds no fault: all at once, or, when good ones are kept,
    /// without those that it faulted before. A record may stand on another one, so the desk starts
    /// anew each time; each round leaves out at least one record.
    ///
    /// - Parameter examine: a new desk that has taken the records, and what it faults.
    /// - Throws: ``ImportRefused`` unless good ones are kept.
    init(
        _ table: ImportTable, _ readers: [RecordReader], keepGood: Bool,
        _ examine: ([RecordReader]) -> (Desk, [ImportFault])
    ) throws(ImportRefused) {
        var (good, rejected) = (readers, table.rejected)
        while true {
            let (desk, faults) = examine(good)
            if faults.isEmpty {
                self.desk = desk
                self.rejected = rejected.sorted { $0.line < $1.line }
                return
            }
            let byLine = Dictionary(grouping: faults, by: \.line)
            let bad = good.filter { byLine[$0.row.line] != nil }
            guard keepGood, !bad.isEmpty else { throw ImportRefused(faults: faults) }
            good.removeAll { byLine[$0.row.line] != nil }
            rejected += bad.map {
                RejectedRow(
                    line: $0.row.line, fields: $0.row.fields.map(\.text),
                    faults: byLine[$0.row.line] ?? [])
            }
        }
    }
}
