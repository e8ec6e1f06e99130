// One request as the house took it, whole: what `verify` counts.

/// A request with what was asked and what left in answer, kept with the step that it led to.
struct Heard {
    let call: Call
    var key: String?
    /// Loan, amount and lender as the request's body says them.
    private(set) var loan: String?
    private(set) var amount: String?
    private(set) var lender: String?
    /// Path as sent, where it does not follow from call and key.
    private(set) var path: String?
    /// Whether it came as a line of a batch.
    private(set) var isInBatch = false
    /// The status that left; nil when none did that could be read.
    private(set) var status: Int?
    /// The state that the answer told.
    private(set) var state: String?

    /// The first journal entry of the same step.
    private(set) var sequence: Int?
    /// What the house's clock showed.
    private(set) var date = Day(number: 0)
    private(set) var time = TimeOfDay.midnight
    /// Kinds of the faults that struck, and names of their rules.
    private(set) var faults: [String] = []
    private(set) var rules: [String] = []

    /// A request for money, or a line of a batch of them.
    init(_ call: Call, key: String?, _ body: JSON, isInBatch: Bool = false) {
        self.call = call
        self.key = key
        self.isInBatch = isInBatch
        loan = body["loan"]?.text
        amount = body["amount"]?.text
        lender = body["lender"]?.text
    }

    /// A request whose path says what it is about.
    init(_ call: Call, path: String, key: String? = nil) {
        self.call = call
        self.key = key
        if key == nil { self.path = path }
    }

    /// With what was answered: nothing, where a fault took the answer's place.
    func answered(_ status: Int?, _ state: String? = nil) -> Heard {
        var heard = self
        heard.status = status
        heard.state = state
        return heard
    }

    /// Adds what the step knows in which it is kept.
    mutating func keep(with entries: [JournalEntry], _ date: Day, _ time: TimeOfDay) {
        self.date = date
        self.time = time
        sequence = entries.first?.sequence
        for entry in entries {
            if let fault = entry.fault { faults.append(fault) }
            if let rule = entry.rule { rules.append(rule) }
        }
    }
}

extension Heard {
    var json: JSON {
        func text(_ value: String?) -> JSON? { value.map(JSON.string) }
        return .record([
            "amount": text(amount), "batch": isInBatch ? .bool(true) : nil,
            "call": .string(call.rawValue), "key": text(key), "lender": text(lender),
            "loan": text(loan), "path": text(path), "state": text(state),
            "status": status.map { .integer($0) },
        ])
    }

    init?(_ json: JSON) {
        guard let call = json["call"]?.text.flatMap(Call.init(rawValue:)) else { return nil }
        self.init(call, key: json["key"]?.text, json, isInBatch: json["batch"] == .bool(true))
        path = json["path"]?.text
        status = json["status"]?.integer
        state = json["state"]?.text
    }
}

extension Outcome {
    /// The status that leaves; nil when none does.
    var status: Int? {
        switch self {
        case .answer(let answer, _): return answer.status
        case .close: return nil
        case .carried(let answer, let carriage):
            switch carriage.spoiling {
            case .none, .malformedChunk, .truncated: return answer.status
            case .silence, .bytes: return nil
            }
        }
    }
}
