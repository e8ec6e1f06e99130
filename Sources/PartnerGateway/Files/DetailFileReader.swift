// A partner's detail file as records to be matched.

internal import BusinessCalendar
internal import Monetary
internal import Operations
internal import Reconciling

/// Reads a partner's file under a layout: every column known and there, in any order.
///
/// Codes beside those of ``CSVReader``: FILE-006 wrong columns · FILE-007 no amount ·
/// FILE-008 no currency · FILE-009 no date · FILE-010 empty key.
struct DetailFileReader {
    private let layout: FileLayout
    private let table: ImportTable
    private let index: [String: Int]

    /// The file's records in file order.
    ///
    /// - Throws: ``UnreadableFile``, the first fault; nothing of the file counts then.
    static func records(
        _ file: FileContent, _ layout: FileLayout
    ) throws(UnreadableFile) -> [Record] {
        let table: ImportTable
        do throws(ImportRefused) {
            table = try CSVReader.read(file.bytes, file: file.name)
        } catch {
            throw UnreadableFile(error.faults[0])
        }
        let reader = try DetailFileReader(layout, table)
        var records: [Record] = []
        records.reserveCapacity(table.rows.count)
        for row in table.rows { records.append(try reader.record(row)) }
        return records
    }

    private init(_ layout: FileLayout, _ table: ImportTable) throws(UnreadableFile) {
        let expected = layout.allColumns
        guard table.columns.count == expected.count, Set(table.columns) == expected else {
            throw UnreadableFile(
                code: "FILE-006", file: table.file, line: 1, column: 1,
                what: "the columns of \(layout.name) are "
                    + expected.sorted().joined(separator: ","))
        }
        self.layout = layout
        self.table = table
        index = Dictionary(uniqueKeysWithValues: zip(table.columns, table.columns.indices))
    }

    private func record(_ row: ImportRow) throws(UnreadableFile) -> Record {
        var key: [String] = []
        for column in layout.keyColumns {
            let part = field(column, row)
            if part.text.isEmpty { throw fault("FILE-010", row, part, "\(column) is empty") }
            key.append(part.text)
        }
        let currency = layout.hasCurrency ? try currency(row) : .unstated
        var amounts: [Int64] = []
        for column in layout.amountColumns {
            amounts.append(try amount(column.name, currency, row))
        }
        var valueDate: BusinessDate?
        if let column = layout.dateColumn { valueDate = try date(column, row) }
        return Record(
            key: key, amounts: amounts, currency: currency, valueDate: valueDate,
            fields: layout.fieldColumns.map { field($0, row).text }, line: row.line,
            loanNumber: layout.loanNumberColumn.map { field($0, row).text } ?? "")
    }

    /// The initialiser has made sure that every column of the layout is there.
    private func field(_ column: String, _ row: ImportRow) -> ImportField {
        row.fields[index[column]!]
    }

    private func currency(_ row: ImportRow) throws(UnreadableFile) -> Currency {
        let field = field("currency", row)
        if let currency = Currency(code: field.text) { return currency }
        throw fault(
            "FILE-008", row, field, "'\(field.text.prefix(10))' is no ISO 4217 currency")
    }

    private func amount(
        _ column: String, _ currency: Currency, _ row: ImportRow
    ) throws(UnreadableFile) -> Int64 {
        let field = field(column, row)
        do throws(AmountError) {
            let amount = try Money(field.text, currency).minorUnits
            if amount.magnitude > ImportTable.largestAmount { throw .overflow }
            return amount
        } catch {
            throw fault(
                "FILE-007", row, field,
                "\(column) '\(field.text.prefix(40))' is no amount of \(currency)")
        }
    }

    private func date(_ column: String, _ row: ImportRow) throws(UnreadableFile) -> BusinessDate {
        let field = field(column, row)
        if let date = BusinessDate(field.text) { return date }
        throw fault(
            "FILE-009", row, field,
            "\(column) '\(field.text.prefix(20))' is no date such as 2026-01-31")
    }

    private func fault(
        _ code: String, _ row: ImportRow, _ field: ImportField, _ what: String
    ) -> UnreadableFile {
        UnreadableFile(
            code: code, file: table.file, line: row.line, column: field.column, what: what)
    }
}

extension UnreadableFile {
    /// A fault of a file's form, about a partner's file.
    init(_ fault: ImportFault) {
        self.init(
            code: fault.code, file: fault.file, line: fault.line, column: fault.column,
            what: fault.what)
    }
}
