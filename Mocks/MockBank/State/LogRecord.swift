// What a step of a bank changes.

/// What a step changes.
enum Change {
    /// A request was decided: the body as received and the decision.
    case decided(Decision)
    /// A pending request's decision became visible.
    case settled(key: String)
    /// A request was reversed, or a key never seen was forbidden for good.
    case reversed(key: String)
    /// A request came again to a bank that does not look at keys.
    case executedAgain(key: String)
    case fileReceived(Day, name: String, sha256: String)
    case booked(Day, files: [String: String])
    case offered(Day, files: [String: String], held: [String: HeldFile], truth: String)
    case clock(Day)
    case faults(String)
    case time(TimeOfDay)
    case rule(String, isOn: Bool)
    /// A request was put aside, to be decided later.
    case held(HeldRequest)
    /// Callbacks about a request wait to be sent; none when they are lost.
    case announced(key: String, sequence: Int, [Callback])
    /// A callback was taken by the platform, or given up.
    case delivered(id: Int)
    /// Where callbacks go from now on.
    case callbacksTo(String)
}

/// The bank's decision about a request.
struct Decision {
    let body: JSON
    let on: Day
    /// The decision is kept back and `pending` is shown first.
    let isPending: Bool
    /// Nil when accepted.
    let refusal: Refusal?
    /// What a fault of money made of it.
    var twist: Twist?
    /// The body in canonical form, when it has been written already.
    var written: [UInt8]?
    /// The terms, when they have been read already.
    var terms: LoanTerms?
    /// What follows from it, when it has been worked out already; the log does without.
    var made: RequestRecord?
}

/// One line of a bank's log.
typealias LogRecord = LogLine<Change>

extension Change: StoredChange {
    var body: JSON? {
        if case .decided(let decision) = self { decision.body } else { nil }
    }

    var json: JSON {
        switch self {
        case .decided(let decision):
            .record([
                "kind": .string("decided"),
                "body": decision.written.map(JSON.written) ?? decision.body,
                "on": .string(decision.on.description), "pending": .bool(decision.isPending),
                "reasonCode": decision.refusal.map { .string($0.code) },
                "reason": decision.refusal.map { .string($0.reason) },
                "twist": decision.twist?.json,
            ])
        case .settled(let key): .record(["kind": .string("settled"), "key": .string(key)])
        case .reversed(let key): .record(["kind": .string("reversed"), "key": .string(key)])
        case .executedAgain(let key):
            .record(["kind": .string("executed-again"), "key": .string(key)])
        case .fileReceived(let day, let name, let sha256):
            .record([
                "kind": .string("file"), "date": .string(day.description), "name": .string(name),
                "sha256": .string(sha256),
            ])
        case .booked(let day, let files):
            .record([
                "kind": .string("booked"), "date": .string(day.description),
                "files": Change.json(files),
            ])
        case .offered(let day, let files, let held, let truth):
            .record([
                "kind": .string("offered"), "date": .string(day.description),
                "files": Change.json(files), "truth": .string(truth),
                "held": held.isEmpty ? nil : .object(Members(held.mapValues(Change.json))),
            ])
        case .clock(let day):
            .record(["kind": .string("clock"), "date": .string(day.description)])
        case .faults(let text): .record(["kind": .string("faults"), "text": .string(text)])
        case .time(let time):
            .record(["kind": .string("time"), "time": .string(time.description)])
        case .rule(let name, let isOn):
            .record(["kind": .string("rule"), "name": .string(name), "on": .bool(isOn)])
        case .held(let request): request.json
        case .announced(let key, let sequence, let callbacks):
            .record([
                "kind": .string("announced"), "key": .string(key),
                "sequence": .integer(sequence), "callbacks": .array(callbacks.map(\.json)),
            ])
        case .delivered(let id): .record(["kind": .string("delivered"), "id": .integer(id)])
        case .callbacksTo(let url):
            .record(["kind": .string("callbacks-to"), "text": .string(url)])
        }
    }

    init?(_ json: JSON) {
        func text(_ name: String) -> String { json[name]?.text ?? "" }
        let day = Day(text("date")) ?? Day(number: 0)
        switch json["kind"]?.text {
        case "decided":
            guard let body = json["body"], let on = Day(text("on")) else { return nil }
            self = .decided(
                Decision(
                    body: body, on: on, isPending: json["pending"] == .bool(true),
                    refusal: json["reasonCode"]?.text.map {
                        Refusal(code: $0, reason: text("reason"))
                    }, twist: Twist(json["twist"])))
        case "settled": self = .settled(key: text("key"))
        case "reversed": self = .reversed(key: text("key"))
        case "executed-again": self = .executedAgain(key: text("key"))
        case "file": self = .fileReceived(day, name: text("name"), sha256: text("sha256"))
        case "booked": self = .booked(day, files: Change.names(json["files"]))
        case "offered":
            self = .offered(
                day, files: Change.names(json["files"]), held: Change.held(json["held"]),
                truth: text("truth"))
        case "clock": self = .clock(day)
        case "faults": self = .faults(text("text"))
        case "time": self = .time(TimeOfDay(text("time")) ?? .midnight)
        case "rule": self = .rule(text("name"), isOn: json["on"] == .bool(true))
        case "held":
            guard let request = HeldRequest(json) else { return nil }
            self = .held(request)
        case "announced":
            self = .announced(
                key: text("key"), sequence: json["sequence"]?.integer ?? 0,
                (json["callbacks"]?.elements ?? []).compactMap(Callback.init))
        case "delivered": self = .delivered(id: json["id"]?.integer ?? 0)
        case "callbacks-to": self = .callbacksTo(text("text"))
        default: return nil
        }
    }

    private static func json(_ names: [String: String]) -> JSON {
        .object(Members(names.mapValues(JSON.string)))
    }

    private static func json(_ held: HeldFile) -> JSON {
        .record([
            "until": .string(held.until.description), "instead": held.instead.map(JSON.string),
        ])
    }

    private static func held(_ json: JSON?) -> [String: HeldFile] {
        (json?.members ?? [:]).compactMapValues { stored in
            stored["until"]?.text.flatMap { Day($0) }.map {
                HeldFile(until: $0, instead: stored["instead"]?.text)
            }
        }
    }

    private static func names(_ json: JSON?) -> [String: String] {
        (json?.members ?? [:]).compactMapValues(\.text)
    }
}
