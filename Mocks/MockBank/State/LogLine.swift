// One step of a house, written as one line: what is seen together is kept together.

/// What a step of a house changes, as its log keeps it.
protocol StoredChange {
    /// The change as a line of the log has it.
    var json: JSON { get }
    /// The change behind a line's; nil when there is none like it.
    init?(_ json: JSON)
    /// The clock moved to a date.
    static func clock(_ day: Day) -> Self
    /// Other faults are in force.
    static func faults(_ text: String) -> Self
    /// The clock shows a time of its date.
    static func time(_ time: TimeOfDay) -> Self
    /// A rule is switched on or off.
    static func rule(_ name: String, isOn: Bool) -> Self
}

/// One line of the log.
struct LogLine<Change: StoredChange>: Logged {
    var entries: [JournalEntry] = []
    var change: Change?
    /// A nonce that must not be used again, with its time stamp in Unix seconds.
    var nonce: (text: String, timestamp: Int64)?
    /// What rules must count.
    var seen = Seen()
    /// The request that led to the step.
    var heard: Heard?

    init() {}

    var json: JSON {
        .record([
            "entries": entries.isEmpty ? nil : .array(entries.map(\.json)),
            "change": change?.json, "heard": heard?.json, "nonce": nonce.map { .string($0.text) },
            "at": nonce.map { .integer($0.timestamp) },
            "word": seen.word.map(JSON.string),
            "rules": seen.rules.isEmpty ? nil : .array(seen.rules.map(JSON.string)),
        ])
    }

    init?(_ json: JSON) {
        for element in json["entries"]?.elements ?? [] {
            guard let entry = JournalEntry(element) else { return nil }
            entries.append(entry)
        }
        if let stored = json["change"] {
            guard let change = Change(stored) else { return nil }
            self.change = change
        }
        if let text = json["nonce"]?.text, let at = json["at"]?.integer {
            nonce = (text, Int64(at))
        }
        heard = json["heard"].flatMap { Heard($0) }
        seen.word = json["word"]?.text
        seen.rules = (json["rules"]?.elements ?? []).compactMap(\.text)
    }
}
