// Calls that only the connection can spoil: files, queries of payouts, and heads without a body.

extension House {
    /// Serves a call under the faults of the connection; `key`: that of the payout asked about.
    func attend(
        _ call: Call, _ request: WireRequest, key: String? = nil,
        _ serve: () throws(StateFault) -> WireAnswer
    ) throws(StateFault) -> Outcome {
        let heard = Heard(call, path: request.plainPath, key: key)
        guard state.transport.contains(where: { $0.concerns(call) }) else {
            return try answer(try serve(), to: heard)
        }
        let place = request.method + " " + request.plainPath
        let occasion = occasion(call, word: place, of: request, key: key)
        var choice = Choice()
        let fault = struck(state.transport, by: occasion, &choice)
        let answer: WireAnswer
        if let fault, fault.prevents { answer = .busy(fault) } else { answer = try serve() }
        let outcome = outcome(of: answer, fault, occasion)
        let told = heard.answered(
            outcome.status, fault?.hidesAnswer == true || key == nil ? nil : answer.state)
        try mark(fault, place, choice, told)
        return outcome
    }

    /// Keeps a request that does nothing, and answers it.
    func answer(_ answer: WireAnswer, to heard: Heard) throws(StateFault) -> Outcome {
        var record = LogLine<State.Change>()
        record.heard = heard.answered(answer.status, heard.key == nil ? nil : answer.state)
        try keep(record)
        return .answer(answer, delayMilliseconds: 0)
    }

    /// What becomes of a request by its head alone: only `reset-unread` strikes so early.
    package func glance(_ request: WireRequest) throws(StateFault) -> Outcome? {
        guard !state.unread.isEmpty, let call = Call(request) else { return nil }
        let place = request.method + " " + request.plainPath
        let occasion = occasion(call, word: "unread " + place, of: request)
        var choice = Choice()
        let fault = struck(state.unread, by: occasion, &choice)
        choice.seen.word = occasion.word
        let heard = Heard(call, path: request.plainPath, key: request.keyInPath)
        try mark(fault, place, choice, fault == nil ? nil : heard)
        guard let fault else { return nil }
        return .close(withReset: fault.resets(seed: seed, occasion))
    }

    private func mark(
        _ fault: TransportFault?, _ place: String, _ choice: Choice, _ heard: Heard?
    ) throws(StateFault) {
        var record = LogLine<State.Change>()
        record.seen.word = choice.seen.word ?? place
        record.heard = heard
        if let fault {
            var entry = entry(fault, key: nil)
            entry.detail = place
            record.entries = [entry]
        }
        try keep(record.closed(by: choice))
    }
}

extension WireAnswer {
    /// The state that an answer about a key tells.
    var state: String? { (try? JSON.parse(body))?["state"]?.text }
}

extension WireRequest {
    /// The path as sent, without the query.
    var plainPath: String { String(target.prefix { $0 != "?" }) }

    /// The key that a path names.
    var keyInPath: String? {
        let path = path
        guard path.count >= 3, ["funding-requests", "payouts"].contains(path[1]),
            RequestHead.isIdentifier(path[2])
        else { return nil }
        return path[2]
    }
}

extension Call {
    /// The call of a request, by its method and path; nil for the back door and for health.
    init?(_ request: WireRequest) {
        let path = request.path
        guard path.first == "v1", path.count >= 2 else { return nil }
        switch (request.method, path[1], path.count) {
        case ("POST", "funding-requests", 2): self = .fund
        case ("POST", "funding-requests:batch", 2): self = .batch
        case ("POST", "funding-requests", 4): self = .reversal
        case ("GET", "funding-requests", 3): self = .query
        case ("POST", "payouts", 2): self = .payout
        case ("GET", "payouts", 3): self = .payoutQuery
        case ("PUT", "files", 4): self = .fileIn
        case ("GET", "files", 4): self = .fileOut
        default: return nil
        }
    }
}
