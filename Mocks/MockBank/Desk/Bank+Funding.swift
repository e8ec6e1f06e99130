// The funding desk: one decision per key, kept before the answer leaves.

extension Bank {
    private var usualDelay: Int { scenario.answerDelayMilliseconds }

    /// `POST /v1/funding-requests`.
    func takeRequest(_ request: WireRequest) throws(StateFault) -> Outcome {
        let body: JSON
        do { body = try JSON.parse(request.body) } catch {
            return .answer(
                .refusal(400, "malformed", "\(error.reason) at byte \(error.offset)"),
                delayMilliseconds: 0)
        }
        let key = Bank.key(of: body)
        let occasion = occasion(.fund, word: key ?? "", of: request, key: key, body: body)
        var choice = Choice()
        let fault = key.flatMap { _ in struck(state.transport, by: occasion, &choice) }
        var record = LogRecord()
        record.entries = [entry(.arrival, key: key)]
        if let fault { record.entries.append(entry(fault, key: key)) }
        if let fault, fault.prevents {
            try keep(record.closed(by: choice))
            return outcome(of: .busy(fault), fault, occasion, usual: usualDelay)
        }
        let decided = try decide(body, occasion, &choice, &record)
        if fault?.silences != true, let decided {
            record.entries.append(answered(decided, key: key))
        }
        try keep(record.closed(by: choice))
        guard let decided else { return .close(withReset: false) }
        if let key { try announce(key, isAnswered: true) }
        return outcome(of: decided.sent(by: self), fault, occasion, usual: usualDelay)
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
        if let fault, fault.prevents {
            try strike(fault, whole, choice)
            return outcome(of: .busy(fault), fault, whole, usual: usualDelay)
        }
        var output: [UInt8] = []
        output.reserveCapacity(256 * lines.count)
        for body in lines { try takeLine(body, of: request, into: &output) }
        if fault != nil || !choice.seen.isEmpty { try strike(fault, whole, choice) }
        let reply = WireAnswer(200, file: output, contentType: "application/x-ndjson")
        return outcome(of: reply, fault, whole, usual: first == nil ? 0 : usualDelay)
    }

    private func takeLine(
        _ body: JSON, of request: WireRequest, into output: inout [UInt8]
    ) throws(StateFault) {
        let key = Bank.key(of: body)
        var record = LogRecord()
        record.entries = [entry(.arrival, key: key, detail: "batch")]
        var choice = Choice()
        let occasion =
            state.faults.money.isEmpty
            ? nil : self.occasion(.fund, word: key ?? "", of: request, key: key, body: body)
        let decided = try decide(body, occasion, &choice, &record)
        // A line of a batch cannot be left without an answer: one that is held is pending.
        let reply = decided ?? Reply(status: 202, body: Bank.pending(body))
        record.entries.append(answered(reply, key: key))
        try keep(record.closed(by: choice))
        if let key { try announce(key, isAnswered: true) }
        reply.body.write(to: &output, adding: ("status", .integer(reply.status)))
        output.append(UInt8(ascii: "\n"))
    }

    private func strike(
        _ fault: TransportFault?, _ occasion: Occasion, _ choice: Choice
    ) throws(StateFault) {
        var record = LogRecord()
        if let fault { record.entries = [entry(fault, key: occasion.key)] }
        try keep(record.closed(by: choice))
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
        if let fault, fault.prevents {
            record.seen.word = occasion.word
            try keep(record.closed(by: choice))
            return outcome(of: .busy(fault), fault, occasion, usual: usualDelay)
        }
        try settle(key)
        let answer = answerToQuery(key)
        var seen = entry(.query, key: isKey ? key : nil)
        seen.state = answer.body["state"]?.text
        seen.detail = "\(answer.status)"
        record.entries.insert(seen, at: 0)
        try keep(record.closed(by: choice))
        return outcome(of: answer.sent(by: self), fault, occasion, usual: usualDelay)
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
