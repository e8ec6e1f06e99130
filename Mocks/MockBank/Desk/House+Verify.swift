// Counting requests after the fact: was it asked, how often, and if not, what came nearest.
import Yams

/// One request as rules would have seen it, with what became of it.
private struct Counted {
    let heard: Heard
    let occasion: Occasion

    /// What it has of one of the outcomes that a question names.
    func texts(_ name: String) -> [String] {
        switch name {
        case "state": heard.state.map { [$0] } ?? []
        case "status": heard.status.map { ["\($0)"] } ?? []
        case "fault": heard.faults
        default: heard.rules
        }
    }
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
        if match?.calls.contains(.callback) == true {
            faults.report(root.child("match"), "callbacks are not counted, the journal has them")
        }
        let said = root.section("outcome", allowed: Question.outcomes)
        outcome = Question.outcomes.compactMap { name in
            said.optional(name, "a text", Pattern.init).map { (name, $0) }
        }
        func count(_ name: String) -> Int? {
            root.has(name) ? root.whole(name, default: nil, in: 0...1_000_000_000) : nil
        }
        let exactly = count("exactly")
        if root.has("exactly"), root.has("atLeast") || root.has("atMost") {
            faults.report(root.child("exactly"), "exactly goes without atLeast and atMost")
        }
        atLeast = exactly ?? count("atLeast") ?? (root.has("atMost") ? 0 : 1)
        atMost = exactly ?? count("atMost") ?? .max
        if atLeast > atMost { faults.report(root.child("atMost"), "atMost is below atLeast") }
        try faults.throwIfAny()
    }

    var expected: String {
        if atLeast == atMost { return "exactly \(atLeast)" }
        return atMost == .max ? "at least \(atLeast)" : "\(atLeast) to \(atMost)"
    }

    func differences(_ counted: Counted) -> [String] {
        var found = match?.differences(counted.occasion) ?? []
        for (name, pattern) in outcome {
            let texts = counted.texts(name)
            if texts.contains(where: pattern.matches) { continue }
            let text = texts.isEmpty ? "absent" : texts.joined(separator: " and ")
            found.append("\(name) is \(text), not \(pattern)")
        }
        return found
    }
}

extension House {
    /// `POST /admin/v1/verify`: 200 when the count fits, 409 with the closest requests when not.
    func verify(_ body: [UInt8]) -> WireAnswer {
        let question: Question
        do { question = try Question(String(decoding: body, as: UTF8.self)) } catch {
            return .refusal(400, "malformed", error.messages.joined(separator: "; "))
        }
        var count = 0
        var others: [(request: Counted, differences: [String])] = []
        for request in counted() {
            let differences = question.differences(request)
            if differences.isEmpty { count += 1 } else { others.append((request, differences)) }
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
                closest.prefix(3).map { $0.element.request.json($0.element.differences) })
        }
        return WireAnswer(isRight ? 200 : 409, .object(answer))
    }

    /// The requests of the protocol in order, each as rules would have seen it.
    private func counted() -> [Counted] {
        var attempts: [String: Int] = [:]
        var asked: [String: Heard] = [:]
        for heard in state.heard {
            if let key = heard.key, heard.loan != nil, asked[key] == nil { asked[key] = heard }
        }
        return state.heard.map { heard in
            let subject = heard.key ?? heard.path ?? ""
            let word = "\(heard.call) \(subject)"
            let attempt = attempts[word, default: 0] + 1
            // What was not signed counts for no rule either.
            if heard.status != 401 { attempts[word] = attempt }
            var occasion = Occasion(
                call: heard.call, word: subject, date: heard.date, time: heard.time,
                attempt: attempt)
            occasion.key = heard.key
            (occasion.method, occasion.path) = heard.place
            occasion.lender = heard.lender ?? party
            // A question about a key is about the loan for which the key was sent.
            let request = heard.loan == nil ? heard.key.flatMap { asked[$0] } : heard
            occasion.loan = request?.loan
            occasion.amount = request?.amount.flatMap { Figure($0) }
            return Counted(heard: heard, occasion: occasion)
        }
    }
}

extension Counted {
    func json(_ differences: [String]) -> JSON {
        .record([
            "sequence": heard.sequence.map { .integer($0) },
            "call": .string(heard.call.rawValue), "key": heard.key.map(JSON.string),
            "differed": .array(differences.map(JSON.string)),
        ])
    }
}

extension Heard {
    /// Method and path.
    fileprivate var place: (String, String) {
        let subject = key ?? ""
        let (method, usual) =
            switch call {
            case .fund: ("POST", "/v1/funding-requests" + (isInBatch ? ":batch" : ""))
            case .batch: ("POST", "/v1/funding-requests:batch")
            case .query: ("GET", "/v1/funding-requests/\(subject)")
            case .reversal: ("POST", "/v1/funding-requests/\(subject)/reversal")
            case .payout: ("POST", "/v1/payouts")
            case .payoutQuery: ("GET", "/v1/payouts/\(subject)")
            case .fileIn: ("PUT", "")
            case .fileOut: ("GET", "")
            case .callback: ("POST", "")
            }
        return (method, path ?? usual)
    }
}
