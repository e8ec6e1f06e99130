// Which requests a rule is about, and what was different about the others.

/// A text with `*` for any characters and `?` for one.
struct Pattern: Sendable, CustomStringConvertible {
    let description: String
    private let bytes: [UInt8]

    init(_ text: String) {
        description = text
        bytes = Array(text.utf8)
    }

    func matches(_ text: String) -> Bool {
        let text = Array(text.utf8)
        var (at, position) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while position < text.count {
            if at < bytes.count, bytes[at] == UInt8(ascii: "*") {
                star = (at, position)
                at += 1
            } else if at < bytes.count, [text[position], UInt8(ascii: "?")].contains(bytes[at]) {
                at += 1
                position += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                at = last.pattern + 1
                position = last.text + 1
            } else {
                return false
            }
        }
        return bytes[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// A range that may be open at either end; both ends belong to it.
struct Span<Value: Comparable & Sendable & CustomStringConvertible>: Sendable {
    var from: Value?
    var to: Value?

    /// Why a value is outside; nil when it is inside.
    func objection(_ value: Value) -> String? {
        if let from, value < from {
            return from == to ? "\(value), not \(from)" : "\(value), below \(from)"
        }
        if let to, value > to {
            return from == to ? "\(value), not \(to)" : "\(value), above \(to)"
        }
        return nil
    }
}

/// The conditions of a rule; all that are given must hold.
struct Match: Sendable {
    var calls: [Call] = []
    var method: String?
    var path: Pattern?
    var headers: [(name: String, pattern: Pattern)] = []
    /// Members of the body, the names of nested ones joined by dots.
    var body: [(name: String, pattern: Pattern)] = []
    var key: Pattern?
    var loan: Pattern?
    var lender: Pattern?
    var amount: Span<Figure>?
    var date: Span<Day>?
    /// Days of the week, 0 for Monday.
    var weekdays: Set<Int> = []
    var time: Span<TimeOfDay>?
    var attempt: Span<Int>?

    /// What is different about an occasion, a few words each; empty when all conditions hold.
    func differences(_ occasion: Occasion) -> [String] {
        var found: [String] = []
        func note(_ name: String, _ objection: String?) {
            if let objection { found.append(name + " is " + objection) }
        }
        if !calls.isEmpty, !calls.contains(occasion.call) {
            let wanted = calls.map(\.rawValue).joined(separator: " or ")
            note("call", "\(occasion.call.rawValue), not \(wanted)")
        }
        if let method, method != occasion.method {
            note("method", "\(occasion.method), not \(method)")
        }
        note("path", Match.objection(path, occasion.path))
        for (name, pattern) in headers {
            note("header " + name, Match.objection(pattern, occasion.header(name)))
        }
        for (name, pattern) in body {
            note("body " + name, Match.objection(pattern, occasion.body.text(at: name)))
        }
        note("key", Match.objection(key, occasion.key))
        note("loan", Match.objection(loan, occasion.loan))
        note("party", Match.objection(lender, occasion.lender))
        if let amount { note("amount", occasion.amount.map(amount.objection) ?? "absent") }
        note("date", date?.objection(occasion.date))
        if !weekdays.isEmpty, !weekdays.contains(occasion.date.weekday) {
            note("weekday", "\(Day.weekdays[occasion.date.weekday]), not among those of the rule")
        }
        note("time", time?.objection(occasion.time))
        note("attempt", attempt?.objection(occasion.attempt))
        return found
    }

    private static func objection(_ pattern: Pattern?, _ text: String?) -> String? {
        guard let pattern else { return nil }
        guard let text else { return "absent" }
        return pattern.matches(text) ? nil : "\(text), not \(pattern)"
    }
}

extension JSON {
    /// The text of a member, `terms.method` for a nested one; of numbers as they are written.
    func text(at path: String) -> String? {
        var value: JSON? = self
        for name in path.split(separator: ".") { value = value?[String(name)] }
        return switch value {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        default: nil
        }
    }
}

extension Day {
    /// Names of the days of the week, Monday first.
    static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// The day of the week, 0 for Monday; 1970-01-01 was a Thursday.
    var weekday: Int { ((number + 3) % 7 + 7) % 7 }
}
