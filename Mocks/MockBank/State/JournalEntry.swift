// What the bank saw and did, one entry each, for people and for harnesses.

/// One line of the bank's diary.
package struct JournalEntry: Equatable, Sendable {
    /// What happened.
    package enum Event: String, Sendable, CaseIterable {
        case arrival, answer, fault, query, reversal, clock, booked
        case fileReceived = "file-received"
        case fileOffered = "file-offered"
        case planRefused = "plan-refused"
        case replayedNonce = "replayed-nonce"
        case refusedSignature = "refused-signature"
        case faultsSet = "faults-set"
        case callback, held, reset
    }

    /// Place in the diary, from 1; given when the entry is kept.
    package var sequence = 0
    /// Business date: of the file for files, of the bank's clock otherwise.
    package var date: Day
    /// What happened.
    package var event: Event
    /// Funding key concerned.
    package var key: String?
    /// State of the request afterwards.
    package var state: String?
    /// Kind of an injected fault.
    package var fault: String?
    /// File concerned.
    package var file: String?
    /// Key of the line that a fault struck.
    package var record: String?
    /// Column that a fault changed.
    package var column: String?
    /// Name of the rule by which a fault struck, when it has one.
    package var rule: String?
    /// Why a request was refused.
    package var reason: String?
    /// The rule that came nearest to striking, and what differed.
    package var nearMiss: String?
    /// Anything else worth knowing.
    package var detail: String?

    /// An entry that is not kept yet.
    package init(_ event: Event, on date: Day, key: String? = nil, detail: String? = nil) {
        self.event = event
        self.date = date
        self.key = key
        self.detail = detail
    }

    var json: JSON {
        func text(_ value: String?) -> JSON? { value.map(JSON.string) }
        return .record([
            "sequence": .integer(sequence), "date": .string(date.description),
            "event": .string(event.rawValue), "key": text(key), "state": text(state),
            "fault": text(fault), "file": text(file), "record": text(record),
            "column": text(column), "rule": text(rule), "reason": text(reason),
            "nearMiss": text(nearMiss), "detail": text(detail),
        ])
    }

    init?(_ json: JSON) {
        guard let sequence = json["sequence"]?.integer,
            let date = json["date"]?.text.flatMap({ Day($0) }),
            let event = json["event"]?.text.flatMap(Event.init(rawValue:))
        else { return nil }
        self.init(event, on: date, key: json["key"]?.text, detail: json["detail"]?.text)
        self.sequence = sequence
        state = json["state"]?.text
        fault = json["fault"]?.text
        file = json["file"]?.text
        record = json["record"]?.text
        column = json["column"]?.text
        rule = json["rule"]?.text
        reason = json["reason"]?.text
        nearMiss = json["nearMiss"]?.text
    }
}
