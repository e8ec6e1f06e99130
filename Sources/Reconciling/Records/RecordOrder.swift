import BusinessCalendar
import Monetary

/// Total orders over records that no file position enters, byte-wise on texts.
enum RecordOrder {
    /// By currency, then amounts.
    static func byMoney(_ left: Record, _ right: Record) -> Ordering {
        let byCurrency = Ordering(left.currency, right.currency)
        if byCurrency != .same { return byCurrency }
        for (one, other) in zip(left.amounts, right.amounts) where one != other {
            return Ordering(one, other)
        }
        return .same
    }

    /// By everything that is compared: money, date, fields.
    static func byContent(_ left: Record, _ right: Record) -> Ordering {
        let byAmount = byMoney(left, right)
        if byAmount != .same { return byAmount }
        let leftDay = left.valueDate?.dayNumber ?? .min
        let rightDay = right.valueDate?.dayNumber ?? .min
        if leftDay != rightDay { return Ordering(leftDay, rightDay) }
        for (one, other) in zip(left.fields, right.fields) {
            let byText = byBytes(one, other)
            if byText != .same { return byText }
        }
        return .same
    }

    /// By the bytes of the texts: Swift's own comparison treats different byte sequences of
    /// one accented letter as equal, which two banks' identifiers are not.
    static func byBytes(_ left: String, _ right: String) -> Ordering {
        if left.utf8.elementsEqual(right.utf8) { return .same }
        return left.utf8.lexicographicallyPrecedes(right.utf8) ? .before : .after
    }
}

/// The outcome of a three-way comparison.
enum Ordering {
    case before
    case same
    case after

    init<Value: Comparable>(_ left: Value, _ right: Value) {
        self = left < right ? .before : left == right ? .same : .after
    }
}
