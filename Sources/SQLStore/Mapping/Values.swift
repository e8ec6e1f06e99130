internal import BusinessCalendar
internal import LendingRules
internal import Monetary

extension SQLValue {
    static func date(_ date: BusinessDate) -> SQLValue { .int64(Int64(date.dayNumber)) }

    static func date(_ date: BusinessDate?) -> SQLValue { .int64(date.map { Int64($0.dayNumber) }) }

    /// The shard of a loan and its id: the first two values of every statement about a loan.
    static func loan(_ loan: LoanID) -> [SQLValue] {
        [.int64(shard(of: loan.text)), .text(loan.text)]
    }
}

extension RowWriter {
    func date(_ date: BusinessDate) { int64(Int64(date.dayNumber)) }

    func date(_ date: BusinessDate?) { int64(date.map { Int64($0.dayNumber) }) }

    /// The shard of a loan and its id.
    func loan(_ loan: LoanID) {
        int64(shard(of: loan.text))
        text(loan.text)
    }
}

extension Row {
    borrowing func date(_ column: Int) throws(StoreError) -> BusinessDate {
        let number = try int64(column)
        guard let number = Int32(exactly: number) else {
            throw .unexpectedValue(column: column, expected: "a date", found: "\(number)")
        }
        return BusinessDate(dayNumber: number)
    }

    borrowing func dateOrNil(_ column: Int) throws(StoreError) -> BusinessDate? {
        if isNull(column) { nil } else { try date(column) }
    }

    borrowing func loan(_ column: Int) throws(StoreError) -> LoanID {
        LoanID(try text(column))
    }

    borrowing func party(_ column: Int) throws(StoreError) -> PartyID {
        PartyID(try text(column))
    }

    borrowing func currency(_ column: Int) throws(StoreError) -> Currency {
        let code = try text(column)
        guard let currency = Currency(code: code) else {
            throw .unexpectedValue(column: column, expected: "a currency", found: code)
        }
        return currency
    }

    borrowing func flag(_ column: Int) throws(StoreError) -> Bool {
        switch try int64(column) {
        case 0: return false
        case 1: return true
        case let other:
            throw .unexpectedValue(column: column, expected: "0 or 1", found: "\(other)")
        }
    }

    /// A case stored by its name.
    borrowing func named<Value: RawRepresentable<String>>(
        _ column: Int, _ type: Value.Type = Value.self
    ) throws(StoreError) -> Value {
        let name = try text(column)
        guard let value = Value(rawValue: name) else {
            throw .unexpectedValue(column: column, expected: "a \(type)", found: name)
        }
        return value
    }

    borrowing func count(_ column: Int) throws(StoreError) -> Int { Int(try int64(column)) }
}
