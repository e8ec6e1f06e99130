import BusinessCalendar
import LendingRules
import Monetary

/// Reads one record's fields by name and collects what is wrong with them.
struct RecordReader {
    let file: String
    let columns: [String: Int]
    let row: ImportRow
    /// Name of the column that identifies the record.
    let idColumn: String
    private(set) var faults: [ImportFault] = []

    init(file: String, columns: [String: Int], row: ImportRow, idColumn: String) {
        self.file = file
        self.columns = columns
        self.row = row
        self.idColumn = idColumn
    }

    /// The text of an optional column, empty when the file lacks it.
    func text(_ column: String) -> String {
        columns[column].map { row.fields[$0].text } ?? ""
    }

    /// Names of the fields that the record has.
    var present: [String] {
        columns.filter { row.fields[$0.value].column > 0 }.map(\.key).sorted()
    }

    mutating func fault(_ code: String, _ column: String, _ what: String) {
        faults.append(
            ImportFault(
                code: code, file: file, line: row.line, column: self.column(of: column),
                record: text(idColumn), what: what))
    }

    /// Where a field stands in its line, from 1; 0 when the record does not have it.
    func column(of name: String) -> Int { columns[name].map { row.fields[$0].column } ?? 0 }

    /// Characters that an identifier has at most.
    static let idLength = 64

    /// An identifier: 1 to 64 letters, digits, `.`, `_` or `-`, since it stands in paths and keys.
    mutating func identifier(_ column: String) -> String? {
        let value = text(column)
        let isUsable =
            (1...RecordReader.idLength).contains(value.utf8.count)
            && value.utf8.allSatisfy(isIDByte)
        if isUsable { return value }
        fault(
            "INTAKE-002", column,
            "\(column) '\(value.prefix(70))' is not an id of 1 to 64 letters, digits, "
                + "'.', '_', '-'")
        return nil
    }

    private func isIDByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || [45, 46, 95].contains(byte)
    }

    mutating func currency(_ column: String) -> Currency? {
        let value = text(column)
        if let currency = Currency(code: value) { return currency }
        fault("INTAKE-003", column, "\(column) '\(value)' is no ISO 4217 currency code")
        return nil
    }

    /// The largest amount taken in, minor units: 9,000 of them still sum within 64 bits, so no
    /// mistyped record can stop a close.
    static let largestAmount: Int64 = 1_000_000_000_000_000

    /// An amount in minor units: above zero, or of either sign, but never zero.
    /// `advice` is said behind an amount that is not above zero.
    mutating func amount(
        _ column: String, _ currency: Currency?, isSigned: Bool = false, advice: String = ""
    ) -> Int64? {
        guard let currency else { return nil }
        let value = text(column)
        do throws(AmountError) {
            let amount = try AmountText.parse(value, decimals: currency.exponent)
            if amount.magnitude > RecordReader.largestAmount.magnitude { throw .overflow }
            if isSigned ? amount != 0 : amount > 0 { return amount }
            let allowed = isSigned ? "is zero" : "is not above zero"
            fault("INTAKE-006", column, "\(column) \(value) \(allowed)\(advice)")
        } catch {
            amountFault(error, column, value)
        }
        return nil
    }

    private mutating func amountFault(_ error: AmountError, _ column: String, _ value: String) {
        switch error {
        case .tooManyDecimals(_, let allowed):
            fault("INTAKE-004", column, "\(column) \(value) has more than \(allowed) decimals")
        case .overflow:
            fault("INTAKE-005", column, "\(column) \(value) is beyond the range of amounts")
        default:
            fault("INTAKE-007", column, "\(column) '\(value)' is not a decimal number")
        }
    }

    mutating func rate(_ column: String) -> AnnualRate? {
        let value = text(column)
        do throws(AmountError) {
            if try AmountText.parse(value, decimals: 6) < 0 {
                fault("INTAKE-006", column, "\(column) \(value) is below zero")
                return nil
            }
            let rate = try AnnualRate(percent: value)
            if rate.units <= 10 * AnnualRate.unitsPerOne { return rate }
            fault("INTAKE-006", column, "\(column) \(value) is above 1000")
        } catch {
            amountFault(error, column, value)
        }
        return nil
    }

    mutating func count(_ column: String) -> Int? {
        let value = text(column)
        let isDigits = !value.isEmpty && value.utf8.allSatisfy { (48...57).contains($0) }
        if isDigits, let count = Int(value), (1...1200).contains(count) { return count }
        fault("INTAKE-007", column, "\(column) '\(value)' is not a whole number from 1 to 1200")
        return nil
    }

    /// An instant whose business date is at most a day after the open date: clocks differ, and what
    /// comes after the cut-off belongs to the next date.
    mutating func instant(_ column: String, by open: BusinessDate, _ cutOff: CutOff) -> Int64? {
        guard let instant = instant(column) else { return nil }
        let date = cutOff.businessDate(of: instant)
        if date <= open.adding(days: 1) { return instant }
        fault(
            "INTAKE-020", column,
            "\(column) \(text(column)) belongs to \(date), more than a day after the open business "
                + "date \(open)")
        return nil
    }

    mutating func instant(_ column: String) -> Int64? {
        let value = text(column)
        if let instant = Instant.microseconds(value) { return instant }
        fault(
            "INTAKE-008", column,
            "\(column) '\(value)' is no RFC 3339 instant such as 2026-01-03T09:15:00Z")
        return nil
    }

    /// An optional date: nil inside when the field is empty, nil outside when it is no date.
    mutating func date(_ column: String) -> BusinessDate? {
        let value = text(column)
        if let date = BusinessDate(value) { return date }
        fault(
            "INTAKE-008", column,
            "\(column) '\(value.prefix(40))' is no date such as 2026-01-31")
        return nil
    }

    /// The date of a column, an empty one counting as none.
    mutating func optionalDate(_ column: String) -> BusinessDate?? {
        let value = text(column)
        if value.isEmpty { return .some(nil) }
        if let date = BusinessDate(value) { return .some(date) }
        fault("INTAKE-008", column, "\(column) '\(value)' is no date such as 2026-01-31")
        return nil
    }
}

extension ImportTable {
    /// Positions of the columns by name.
    ///
    /// - Throws: ``ImportRefused`` when one is missing, unknown or doubled.
    func columnIndex(required: [String], optional: [String]) throws(ImportRefused)
        -> [String: Int]
    {
        var faults: [ImportFault] = []
        func fault(_ what: String, at index: Int = 0) {
            faults.append(
                ImportFault(
                    code: "INTAKE-001", file: file, line: 1,
                    column: columnPlaces.indices.contains(index) ? columnPlaces[index] : 0,
                    what: what))
        }
        let allowed = required + optional
        for (index, name) in columns.enumerated() {
            if !allowed.contains(name) {
                let list = allowed.joined(separator: ", ")
                fault("unknown column '\(name.prefix(70))'; allowed: \(list)", at: index)
            }
            if columns[..<index].count(where: { $0 == name }) == 1 {
                fault("column '\(name.prefix(70))' stands twice", at: index)
            }
        }
        for name in required where !columns.contains(name) {
            fault("column '\(name)' is missing")
        }
        let ordered = faults.sorted { ($0.column, $0.what) < ($1.column, $1.what) }
        if !ordered.isEmpty { throw ImportRefused(faults: ordered) }
        return Dictionary(uniqueKeysWithValues: zip(columns, columns.indices))
    }
}
