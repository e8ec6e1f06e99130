// The funding desk: one decision per key, kept before the answer leaves.

extension Bank {
    /// `POST /v1/funding-requests`.
    func takeRequest(_ request: WireRequest) throws(StateFault) -> Outcome {
        let body: JSON
        do { body = try JSON.parse(request.body) } catch {
            return .answer(
                .refusal(400, "malformed", "\(error.reason) at byte \(error.offset)"),
                delayMilliseconds: 0)
        }
        let key = body["key"]?.text.flatMap { RequestHead.isIdentifier($0) ? $0 : nil }
        let attempt = (key.flatMap { state.arrivals[$0] } ?? 0) + 1
        let fault = key.flatMap { transportFault($0, attempt: attempt) }
        var record = LogRecord()
        record.entries = [entry(.arrival, key: key)]
        if let key, let fault { record.entries.append(entry(fault, key: key)) }
        if let fault, fault.kind == .dropBeforeReading || fault.kind == .busy {
            try keep(record)
            return outcome(of: .busy(fault), fault, key: key ?? "", attempt: attempt)
        }
        let answer = try decide(body, key: key, &record)
        let hasAnswer = fault?.kind != .dropAfterCommit
        if hasAnswer { record.entries.append(answered(answer, key: key)) }
        try keep(record)
        return outcome(of: answer.sent(by: self), fault, key: key ?? "", attempt: attempt)
    }

    /// `POST /v1/funding-requests:batch`: each line decided as if it had come alone.
    func takeBatch(_ request: WireRequest) throws(StateFault) -> Outcome {
        var output: [UInt8] = []
        var first: (key: String, attempt: Int)?
        for line in request.body.split(separator: UInt8(ascii: "\n")) {
            let body = (try? JSON.parse(Array(line))) ?? .null
            let key = body["key"]?.text.flatMap { RequestHead.isIdentifier($0) ? $0 : nil }
            if let key, first == nil { first = (key, (state.arrivals[key] ?? 0) + 1) }
            var record = LogRecord()
            record.entries = [entry(.arrival, key: key, detail: "batch")]
            let answer = try decide(body, key: key, &record)
            record.entries.append(answered(answer, key: key))
            try keep(record)
            var members = answer.body.members ?? [:]
            members["status"] = .integer(answer.status)
            output += JSON.object(members).bytes + [UInt8(ascii: "\n")]
        }
        let reply = WireAnswer(200, file: output, contentType: "application/x-ndjson")
        guard let first else { return .answer(reply, delayMilliseconds: 0) }
        return try batchOutcome(reply, key: first.key, attempt: first.attempt)
    }

    private func batchOutcome(
        _ reply: WireAnswer, key: String, attempt: Int
    ) throws(StateFault) -> Outcome {
        let fault = transportFault(key, attempt: attempt)
        guard let fault, fault.kind == .dropAfterCommit || fault.kind == .lateAnswer else {
            return .answer(reply, delayMilliseconds: scenario.answerDelayMilliseconds)
        }
        var record = LogRecord()
        record.entries = [entry(fault, key: key)]
        try keep(record)
        return outcome(of: reply, fault, key: key, attempt: attempt)
    }

    /// `GET /v1/funding-requests/{key}`.
    func query(_ key: String) throws(StateFault) -> Outcome {
        var record = LogRecord()
        if let known = state.requests[key], state.state(of: known) == "pending",
            known.pendingAnswers >= scenario.pendingQueries
        {
            var decided = LogRecord()
            decided.change = .settled(key: key)
            try keep(decided)
        }
        let answer = answerToQuery(key)
        var seen = entry(.query, key: RequestHead.isIdentifier(key) ? key : nil)
        seen.state = answer.body["state"]?.text
        seen.detail = "\(answer.status)"
        record.entries = [seen]
        try keep(record)
        return .answer(answer.sent(by: self), delayMilliseconds: scenario.answerDelayMilliseconds)
    }

    private func answerToQuery(_ key: String) -> Reply {
        guard let record = state.requests[key] else {
            let reason = "never seen; proof only after \(scenario.settleSeconds) seconds"
            return Reply(404, Refusal(code: "unknown-key", reason: reason), key: key)
        }
        if isForgotten(record) {
            return Reply(410, Refusal(code: "forgotten", reason: "kept once, dropped"), key: key)
        }
        return Reply(status: 200, body: current(record))
    }

    /// `POST /v1/funding-requests/{key}/reversal`.
    func takeReversal(_ key: String) throws(StateFault) -> Outcome {
        guard RequestHead.isIdentifier(key) else {
            return .answer(.refusal(422, .malformed("key", "an identifier")), delayMilliseconds: 0)
        }
        let drawKey = key + "#reversal"
        let attempt = (state.arrivals[drawKey] ?? 0) + 1
        let fault = transportFault(drawKey, attempt: attempt)
        var record = LogRecord()
        record.entries = [entry(.reversal, key: key)]
        if let fault { record.entries.append(entry(fault, key: key)) }
        if let fault, fault.kind == .dropBeforeReading || fault.kind == .busy {
            try keep(record)
            return outcome(of: .busy(fault), fault, key: drawKey, attempt: attempt)
        }
        let isPaidOut = state.requests[key].map { state.state(of: $0) == "confirmed" } ?? false
        if !isPaidOut { record.change = .reversed(key: key) }
        record.entries[0].state = isPaidOut ? "confirmed" : "reversed"
        try keep(record)
        let reply = Reply(status: isPaidOut ? 409 : 200, body: reversal(key, isPaidOut))
        return outcome(of: reply.sent(by: self), fault, key: drawKey, attempt: attempt)
    }

    private func reversal(_ key: String, _ isPaidOut: Bool) -> JSON {
        var members = state.requests[key].flatMap { current($0).members } ?? [:]
        if isPaidOut {
            members["reasonCode"] = .string("paid-out")
            members["reason"] = .string("the loan was paid out")
        }
        return .object(members)
    }

    private func answered(_ reply: Reply, key: String?) -> JournalEntry {
        var answer = entry(.answer, key: key, detail: "\(reply.status)")
        answer.state = reply.body["state"]?.text
        return answer
    }

    func current(_ record: RequestRecord) -> JSON {
        record.answer(party: party, isPaidOut: state.state(of: record) == "confirmed")
    }

    func isForgotten(_ record: RequestRecord) -> Bool {
        guard let window = scenario.keyWindowDays else { return false }
        return state.clock.days(since: record.decidedOn) > window
    }
}

/// An answer before it is put on the wire.
struct Reply {
    let status: Int
    let body: JSON

    init(status: Int, body: JSON) {
        self.status = status
        self.body = body
    }

    init(_ status: Int, _ refusal: Refusal, key: String?, state: String? = nil) {
        self.status = status
        body = WireAnswer.refusalBody(refusal, key: key, state: state)
    }

    func sent(by bank: Bank) -> WireAnswer { WireAnswer(status, body) }
}
