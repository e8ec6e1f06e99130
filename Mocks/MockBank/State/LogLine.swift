// One step of a house, written as one line: what is seen together is kept together.

/// What a step of a house changes, as its log keeps it.
protocol StoredChange {
    /// The change as a line of the log has it.
    var json: JSON { get }
    /// The change behind a line's; nil when there is none like it.
    init?(_ json: JSON)
    /// The clock moved to a date.
    static func clock(_ day: Day) -> Self
    /// The body of the request that it decides, when it holds one.
    var body: JSON? { get }
    /// Other faults are in force.
    static func faults(_ text: String) -> Self
    /// The clock shows a time of its date.
    static func time(_ time: TimeOfDay) -> Self
    /// A rule is switched on or off.
    static func rule(_ name: String, isOn: Bool) -> Self
}

extension StoredChange {
    var body: JSON? { nil }
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
            "change": change?.json, "heard": heardAsKept, "nonce": nonce.map { .string($0.text) },
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
        heard = json["heard"].flatMap { heard(from: $0) }
        seen.word = json["word"]?.text
        seen.rules = (json["rules"]?.elements ?? []).compactMap(\.text)
    }
}

extension LogLine {
    /// The request, by its call alone where the rest stands in the line anyway.
    private var heardAsKept: JSON? {
        guard let heard else { return nil }
        let isPlain =
            heard.status != nil && change?.body != nil && entries.first?.event == .arrival
            && entries.last?.event == .answer
        return isPlain ? .string(heard.call.rawValue) : heard.json
    }

    private func heard(from json: JSON) -> Heard? {
        guard let name = json.text else { return Heard(json) }
        guard let call = Call(rawValue: name), let first = entries.first, let last = entries.last
        else { return nil }
        let heard = Heard(
            call, key: first.key, change?.body ?? .null, isInBatch: first.detail == "batch")
        return heard.answered(last.detail.flatMap { Int($0) }, last.state)
    }
}
