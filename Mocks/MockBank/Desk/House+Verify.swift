// Counting requests after the fact: was it asked, how often, and if not, what came nearest.
import Yams

/// One request as the journal remembers it.
private struct Heard {
    let sequence: Int
    let occasion: Occasion
    var outcome: [String: String] = [:]
}

/// What `POST /admin/v1/verify` asks.
private struct Question {
    static let outcomes = ["state", "status", "fault", "rule"]
    let match: Match?
    let outcome: [(name: String, pattern: Pattern)]
    let atLeast: Int
    let atMost: Int

    init(_ text: String) throws(ScenarioFaults) {
        let faults = FaultCollector(file: "verify")
        let root = Section(
            try Scenario.compose(text, file: "verify"), path: "",
            allowed: ["match", "outcome", "exactly", "atLeast", "atMost"], faults)
        let kept = Match.keys.filter { !["header", "body"].contains($0) }
        match = root.has("match") ? Match(root.section("match", allowed: kept)) : nil
        let said = root.section("outcome", allowed: Question.outcomes)
        outcome = Question.outcomes.compactMap { name in
            said.optional(name, "a text", Pattern.init).map { (name, $0) }
        }
        func count(_ name: String) -> Int? {
            root.has(name) ? root.whole(name, default: nil, in: 0...1_000_000_000) : nil
        }
        let exactly = count("exactly")
        atLeast = exactly ?? count("atLeast") ?? (root.has("atMost") ? 0 : 1)
        atMost = exactly ?? count("atMost") ?? .max
        try faults.throwIfAny()
    }

    var expected: String {
        if atLeast == atMost { return "exactly \(atLeast)" }
        return atMost == .max ? "at least \(atLeast)" : "\(atLeast) to \(atMost)"
    }

    func differences(_ heard: Heard) -> [String] {
        var found = match?.differences(heard.occasion) ?? []
        for (name, pattern) in outcome {
            let text = heard.outcome[name]
            if text.map(pattern.matches) == true { continue }
            found.append("\(name) is \(text ?? "absent"), not \(pattern)")
        }
        return found
    }
}

extension House {
    /// `POST /admin/v1/verify`: 200 when the count fits, 409 with the closest requests when not.
    func verify(_ body: [UInt8]) -> WireAnswer {
        let question: Question
        do { question = try Question(String(decoding: body, as: UTF8.self)) } catch {
            return .refusal(422, "malformed", error.messages.joined(separator: "; "))
        }
        var count = 0
        var others: [(heard: Heard, differences: [String])] = []
        for heard in heard() {
            let differences = question.differences(heard)
            if differences.isEmpty { count += 1 } else { others.append((heard, differences)) }
        }
        let isRight = (question.atLeast...question.atMost).contains(count)
        var answer: Members = [
            "ok": .bool(isRight), "count": .integer(count), "expected": .string(question.expected),
        ]
        if !isRight {
            let closest = others.enumerated().sorted {
                ($0.element.differences.count, $0.offset) < (
                    $1.element.differences.count, $1.offset
                )
            }
            answer["closest"] = .array(
                closest.prefix(3).map { other in
                    .record([
                        "sequence": .integer(other.element.heard.sequence),
                        "call": .string(other.element.heard.occasion.call.rawValue),
                        "key": other.element.heard.occasion.key.map(JSON.string),
                        "differed": .array(other.element.differences.map(JSON.string)),
                    ])
                })
        }
        return WireAnswer(isRight ? 200 : 409, .object(answer))
    }

    /// The requests that the journal has, in order, with what became of each.
    private func heard() -> [Heard] {
        var all: [Heard] = []
        var attempts: [String: Int] = [:]
        for entry in state.journal {
            if let call = call(of: entry) {
                all.append(heard(entry, call, &attempts))
            } else if !all.isEmpty, all[all.count - 1].occasion.key == entry.key {
                let last = all.count - 1
                if entry.event == .answer {
                    all[last].outcome["state"] = entry.state
                    all[last].outcome["status"] = entry.detail
                }
                if let fault = entry.fault { all[last].outcome["fault"] = fault }
                if let rule = entry.rule { all[last].outcome["rule"] = rule }
            }
        }
        return all
    }

    private func heard(
        _ entry: JournalEntry, _ call: Call, _ attempts: inout [String: Int]
    ) -> Heard {
        let subject = entry.key ?? entry.file ?? ""
        attempts["\(call) \(subject)", default: 0] += 1
        var occasion = Occasion(
            call: call, word: subject, date: entry.date, time: .midnight,
            attempt: attempts["\(call) \(subject)", default: 1])
        occasion.key = entry.key
        (occasion.method, occasion.path) = call.place(subject, entry.date)
        occasion.lender = party
        if let key = entry.key {
            let asked = state.asked(key)
            occasion.loan = asked.loan
            occasion.amount = asked.amount
        }
        var heard = Heard(sequence: entry.sequence, occasion: occasion)
        heard.outcome["state"] = entry.state
        if call == .query || call == .payoutQuery { heard.outcome["status"] = entry.detail }
        return heard
    }

    private func call(of entry: JournalEntry) -> Call? {
        let isBank = self is Bank
        switch entry.event {
        case .arrival: return isBank ? .fund : .payout
        case .query: return isBank ? .query : .payoutQuery
        case .reversal: return .reversal
        case .fileReceived: return .fileIn
        default: return nil
        }
    }
}

extension Call {
    /// Method and path of a call about a key or a file.
    fileprivate func place(_ subject: String, _ date: Day) -> (String, String) {
        switch self {
        case .fund: ("POST", "/v1/funding-requests")
        case .batch: ("POST", "/v1/funding-requests:batch")
        case .query: ("GET", "/v1/funding-requests/\(subject)")
        case .reversal: ("POST", "/v1/funding-requests/\(subject)/reversal")
        case .payout: ("POST", "/v1/payouts")
        case .payoutQuery: ("GET", "/v1/payouts/\(subject)")
        case .fileIn: ("PUT", "/v1/files/\(date)/\(subject)")
        case .fileOut: ("GET", "/v1/files/\(date)/\(subject)")
        case .callback: ("POST", "")
        }
    }
}
