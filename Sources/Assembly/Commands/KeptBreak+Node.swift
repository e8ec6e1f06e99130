import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling

extension KeptBreak {
    /// The columns of a list as CSV.
    static let columns = [
        "id", "party", "date", "file", "kind", "key", "loan", "state", "resolution", "severity",
        "cause", "owner", "age", "dueOn", "overdue", "currency", "difference", "held", "sentence",
        "rule", "ours.record", "ours.line", "theirs.record", "theirs.line",
    ]

    /// The break as JSON, with its age on the open date.
    func node(on open: BusinessDate, _ rules: BreakRules) -> Node {
        let age = BreakAge(self, on: open, rules: rules)
        return .object([
            "id": .text(id), "party": .text(party.name), "date": .date(firstDate),
            "file": .text(file), "kind": .text(kind.rawValue),
            "key": .array(key.map { .text($0) }), "loan": .text(loan),
            "state": .text(state.rawValue),
            "resolution": .optional(lifecycle.resolution?.rawValue),
            "severity": .text(severity.rawValue), "cause": .text(cause.rawValue),
            "owner": .optional(lifecycle.owner.isEmpty ? nil : lifecycle.owner),
            "age": age.map { .count($0.days) } ?? .null,
            "dueOn": age.map { .date($0.dueOn) } ?? .null,
            "overdue": .flag(age?.isOverdue ?? false), "currency": .text(currency),
            "difference": amount(due.difference), "held": amount(posted.held),
            "sentence": .text(sentence), "rule": .text(rule),
            "ours": side(ours, ourLine), "theirs": side(theirs, theirLine),
        ])
    }

    /// Decimal text of minor units in the break's currency; null where it has none.
    func amount(_ minorUnits: Int64?) -> Node {
        guard let minorUnits, let currency = Currency(code: currency) else { return .null }
        return .amount(minorUnits, currency)
    }

    /// The same for people.
    func text(_ minorUnits: Int64?) -> String {
        guard let minorUnits, let currency = Currency(code: currency) else { return "" }
        return minorUnits.text(currency)
    }

    private func side(_ record: String, _ line: Int) -> Node {
        record.isEmpty
            ? .null : .object(["record": .text(record), "line": .count(line)])
    }
}

extension DisputedDue {
    /// Ours − theirs in what is due; nil where no money is in dispute.
    var difference: Int64? {
        if ours == nil, theirs == nil { return nil }
        return (try? (ours ?? 0).minus(theirs ?? 0)) ?? nil
    }
}

extension BreakRecord {
    var node: Node {
        .object([
            "number": .count(number), "event": .text(event),
            "person": .optional(person.isEmpty ? nil : person),
            "object": .optional(object.isEmpty ? nil : object), "note": .text(note),
            "bookedOn": .date(bookedOn), "at": .text(Instant.text(instant)),
        ])
    }

    /// One line for people.
    var line: String {
        let who = person.isEmpty ? "by rule" : "by \(person)"
        let what = object.isEmpty ? event : "\(event) \(object)"
        return "\(bookedOn)  \(Instant.text(instant))  \(what), \(who)"
            + (note.isEmpty ? "" : ": \(note)")
    }
}
