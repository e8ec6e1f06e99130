// The funding desk: one decision per key, kept before the answer leaves.

extension Bank {
    private var usualDelay: Int { scenario.answerDelayMilliseconds }

    /// `POST /v1/funding-requests`.
    func takeRequest(_ request: WireRequest) throws(StateFault) -> Outcome {
        let body: JSON
        do { body = try JSON.parse(request.body) } catch {
            let reason = "\(error.reason) at byte \(error.offset)"
            return try answer(
                .refusal(400, "malformed", reason), to: Heard(.fund, key: nil, .null))
        }
        let key = Bank.key(of: body)
        let occasion = occasion(.fund, word: key ?? "", of: request, key: key, body: body)
        var choice = Choice()
        let fault = key.flatMap { _ in struck(state.transport, by: occasion, &choice) }
        var record = LogRecord()
        record.entries = [entry(.arrival, key: key)]
        let heard = Heard(.fund, key: key, body)
        if let fault, fault.prevents {
            record.entries.append(entry(fault, key: key))
            return try end(record, choice, heard, fault, occasion, .busy(fault))
        }
        let leaves = fault?.hidesAnswer != true
        let decided = try decide(body, occasion, leaves: leaves, &choice, &record)
        guard let decided else {
            // Nothing leaves: the line has nothing to spoil.
            record.heard = heard
            try keep(record.closed(by: choice))
            return .close(withReset: false)
        }
        if let fault { record.entries.insert(entry(fault, key: key), at: 1) }
        if leaves { record.entries.append(answered(decided, key: key)) }
        let outcome = try end(
            record, choice, heard, fault, occasion, decided.sent(by: self),
            state: decided.body["state"]?.text)
        if let key { try announce(key, isAnswered: true) }
        return outcome
    }

    /// Keeps a request with what leaves in answer; `state`: what the answer tells of it.
    func end(
        _ record: LogRecord, _ choice: Choice, _ heard: Heard, _ fault: TransportFault?,
        _ occasion: Occasion, _ answer: WireAnswer, state: String? = nil
    ) throws(StateFault) -> Outcome {
        let isEmpty = occasion.call == .batch && occasion.key == nil
        let outcome = outcome(of: answer, fault, occasion, usual: isEmpty ? 0 : usualDelay)
        var record = record
        record.heard = heard.answered(outcome.status, fault?.hidesAnswer == true ? nil : state)
        try keep(record.closed(by: choice))
        return outcome
    }

    /// `POST /v1/funding-requests:batch`: each line decided as if it had come alone.
    func takeBatch(_ request: WireRequest) throws(StateFault) -> Outcome {
        let lines = request.body.lines.map { line in
            (try? JSON.parse(line)) ?? .null
        }
        let first = lines.lazy.compactMap(Bank.key).first
        let whole = occasion(.batch, word: first ?? "", of: request, key: first)
        var choice = Choice()
        let fault = first.flatMap { _ in struck(state.transport, by: whole, &choice) }
        var record = LogRecord()
        if let fault { record.entries = [entry(fault, key: first)] }
        let heard = Heard(.batch, key: first, .null)
        if let fault, fault.prevents {
            // No line counts as sent: the same batch must be another attempt.
            record.seen.word = whole.word
            return try end(record, choice, heard, fault, whole, .busy(fault))
        }
        var output: [UInt8] = []
        output.reserveCapacity(256 * lines.count)
        let leaves = fault?.hidesAnswer != true
        for body in lines { try takeLine(body, of: request, leaves: leaves, into: &output) }
        let reply = WireAnswer(200, file: output, contentType: "application/x-ndjson")
        return try end(record, choice, heard, fault, whole, reply)
    }

    private func takeLine(
        _ body: JSON, of request: WireRequest, leaves: Bool, into output: inout [UInt8]
    ) throws(StateFault) {
        let key = Bank.key(of: body)
        var record = LogRecord()
        record.entries = [entry(.arrival, key: key, detail: "batch")]
        var choice = Choice()
        let occasion =
            state.faults.money.isEmpty
            ? nil : self.occasion(.fund, word: key ?? "", of: request, key: key, body: body)
        let decided = try decide(body, occasion, leaves: leaves, &choice, &record)
        // A line of a batch cannot be left without an answer: one that is held is pending.
        let reply = decided ?? Reply(status: 202, body: Bank.pending(body))
        record.entries.append(answered(reply, key: key))
        let heard = Heard(.fund, key: key, body, isInBatch: true)
        record.heard =
            leaves ? heard.answered(reply.status, reply.body["state"]?.text) : heard
        try keep(record.closed(by: choice))
        if let key { try announce(key, isAnswered: true) }
        reply.body.write(to: &output, adding: ("status", .integer(reply.status)))
        output.append(UInt8(ascii: "\n"))
    }

    /// `GET /v1/funding-requests/{key}`.
    func query(_ key: String, _ request: WireRequest) throws(StateFault) -> Outcome {
        let isKey = RequestHead.isIdentifier(key)
        var occasion = occasion(
            .query, word: key + "#query", of: request, key: isKey ? key : nil)
        occasion.describe(state.requests[key])
        var choice = Choice()
        let fault = isKey ? struck(state.transport, by: occasion, &choice) : nil
        var record = LogRecord()
        if let fault { record.entries = [entry(fault, key: key)] }
        let heard = Heard(.query, path: request.plainPath, key: isKey ? key : nil)
        if let fault, fault.prevents {
            record.seen.word = occasion.word
            return try end(record, choice, heard, fault, occasion, .busy(fault))
        }
        try settle(key)
        let answer = answerToQuery(key)
        var seen = entry(.query, key: isKey ? key : nil)
        seen.state = answer.body["state"]?.text
        seen.detail = "\(answer.status)"
        record.entries.insert(seen, at: 0)
        if fault?.hidesAnswer != true, let known = state.requests[key],
            known.shows(in: answer.status, isFirst: false), let unseen = known.unseen
        {
            record.entries.append(entry(unseen, key: key))
        }
        return try end(
            record, choice, heard, fault, occasion, answer.sent(by: self), state: seen.state)
    }

    /// Does what had waited for a query: shows a pending decision, works off the queue.
    private func settle(_ key: String) throws(StateFault) {
        if let known = state.requests[key], state.state(of: known) == "pending",
            known.pendingAnswers >= scenario.pendingQueries
        {
            try showDecision(key)
        }
        if let held = state.held[key], held.queriesLeft <= 0 { try release(held) }
    }

    private func answerToQuery(_ key: String) -> Reply {
        guard let record = state.requests[key],
            record.unknownAnswers >= record.twist?.unknownQueries ?? 0
        else {
            let reason = "never seen; proof only after \(scenario.settleSeconds) seconds"
            return Reply(404, Refusal(code: "unknown-key", reason: reason), key: key)
        }
        if isForgotten(record) {
            return Reply(410, Refusal(code: "forgotten", reason: "kept once, dropped"), key: key)
        }
        return Reply(status: 200, body: current(record))
    }
}

extension Bank {
    static func key(of body: JSON) -> String? {
        body["key"]?.text.flatMap { RequestHead.isIdentifier($0) ? $0 : nil }
    }

    private static func pending(_ body: JSON) -> JSON {
        .record([
            "key": body["key"], "state": .string("pending"), "amount": body["amount"],
            "currency": body["currency"], "valueDate": body["valueDate"],
            "sequence": .integer(0),
        ])
    }

    private func answered(_ reply: Reply, key: String?) -> JournalEntry {
        var answer = entry(.answer, key: key, detail: "\(reply.status)")
        answer.state = reply.body["state"]?.text
        if let code = reply.body["reasonCode"]?.text {
            answer.reason = code + ": " + (reply.body["reason"]?.text ?? "")
        }
        return answer
    }

    func current(_ record: RequestRecord) -> JSON {
        record.answer(party: party, isPaidOut: state.state(of: record) == "confirmed")
    }

    func isForgotten(_ record: RequestRecord) -> Bool {
        record.twist?.isForgotten == true || isOutOfWindow(record)
    }

    /// Whether the key is older than this bank keeps keys.
    func isOutOfWindow(_ record: RequestRecord) -> Bool {
        guard let window = scenario.keyWindowDays else { return false }
        return state.clock.days(since: record.decidedOn) > window
    }
}

extension LogLine {
    /// With what a choice leaves behind: counts, and the nearest miss in the first entry.
    func closed(by choice: Choice) -> LogLine {
        var line = self
        line.seen.rules += choice.seen.rules
        if let miss = choice.nearMiss, !line.entries.isEmpty { line.entries[0].nearMiss = miss }
        return line
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
