package import BusinessCalendar
import Monetary

/// Reads a statement of the platform's account, in the columns of the protocol's `cash` file.
package enum StatementImport {
    /// Columns that every statement has.
    package static let columns = ["bank_ref", "amount", "currency", "value_date", "remittance"]

    /// The lines of a table.
    ///
    /// - Parameter openDate: No line is of a later date; nil while it is not known.
    /// - Throws: ``ImportRefused`` with every fault of the file.
    package static func read(_ table: ImportTable, by openDate: BusinessDate? = nil)
        throws(ImportRefused) -> [CashReceipt]
    {
        let columns = try table.columnIndex(required: columns, optional: [])
        var faults: [ImportFault] = []
        var lines: [String: Int] = [:]
        var receipts: [CashReceipt] = []
        for row in table.rows {
            var reader = RecordReader(
                file: table.file, columns: columns, row: row, idColumn: "bank_ref")
            if let receipt = receipt(&reader) {
                check(receipt, by: openDate, &reader)
                if let first = lines.updateValue(row.line, forKey: receipt.bankRef) {
                    reader.fault(
                        "INTAKE-009", "bank_ref",
                        "statement line \(receipt.bankRef) stands twice, first on line \(first)")
                }
                receipts.append(receipt)
            }
            faults += reader.faults
        }
        if !faults.isEmpty { throw ImportRefused(faults: faults) }
        return receipts
    }

    private static func check(
        _ receipt: CashReceipt, by openDate: BusinessDate?, _ reader: inout RecordReader
    ) {
        guard let openDate, receipt.valueDate > openDate else { return }
        reader.fault(
            "INTAKE-018", "value_date",
            "value date \(receipt.valueDate) is after the open business date \(openDate)")
    }

    private static func receipt(_ reader: inout RecordReader) -> CashReceipt? {
        let bankRef = reader.identifier("bank_ref")
        let currency = reader.currency("currency")
        let amount = reader.amount("amount", currency, isSigned: true)
        let valueDate = reader.optionalDate("value_date")
        if valueDate == .some(nil) {
            reader.fault("INTAKE-008", "value_date", "value_date is empty")
        }
        guard let bankRef, let currency, let amount, let valueDate = valueDate ?? nil else {
            return nil
        }
        return CashReceipt(
            bankRef: bankRef, amount: amount, currency: currency, valueDate: valueDate,
            remittance: reader.text("remittance"))
    }
}
