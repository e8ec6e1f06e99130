import BusinessCalendar
import Operations
import PartnerGateway

/// A loan as one JSON object: the columns of a loans import by name, `approved_at` left out where
/// it does not matter.
struct LoanFile {
    private let input: CalculatorInput

    /// - Throws: ``CalculatorFault`` for what is no such object, ``UnreadableInput``.
    init(_ path: String) throws {
        input = try CalculatorInput.read(path)
        try input.allow(LoanImport.requiredColumns + LoanImport.optionalColumns)
        for name in LoanImport.requiredColumns where name != Self.approvedAt {
            _ = try input.required(name)
        }
    }

    private static let approvedAt = "approved_at"

    /// The one record of a loans import, approved at noon of a date where it does not say.
    ///
    /// - Throws: ``CalculatorFault`` for a value that is neither a text nor a whole number.
    func table(on date: BusinessDate) throws(CalculatorFault) -> ImportTable {
        var columns: [String] = []
        var fields: [ImportField] = []
        for name in LoanImport.requiredColumns + LoanImport.optionalColumns {
            guard let value = input.optional(name) else { continue }
            guard let text = value.text ?? value.integer.map(String.init) else {
                throw input.fault(
                    "CALC-003", "\(name) must be a text in quotes, not \(value.kind)", at: value)
            }
            columns.append(name)
            // Where it stands in the file, until faults are placed.
            fields.append(ImportField(text: text, column: value.offset + 1))
        }
        if !columns.contains(Self.approvedAt) {
            columns.append(Self.approvedAt)
            fields.append(ImportField(text: "\(date)T12:00:00Z", column: 0))
        }
        return ImportTable(
            file: input.file.name, columns: columns, rows: [ImportRow(line: 1, fields: fields)])
    }

    /// A fault where it stands in the file.
    func placed(_ fault: ImportFault) -> ImportFault {
        let place = TextPlace(offset: max(0, fault.column - 1), in: input.file.bytes)
        return ImportFault(
            code: fault.code, file: fault.file, line: place.line, column: place.column,
            record: fault.record, what: fault.what)
    }
}
