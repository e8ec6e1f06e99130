// Calls that only the connection can spoil: files, queries of payouts, and heads without a body.

extension House {
    /// Serves a call under the faults of the connection.
    func attend(
        _ call: Call, _ request: WireRequest, _ serve: () throws(StateFault) -> WireAnswer
    ) throws(StateFault) -> Outcome {
        guard state.transport.contains(where: { $0.concerns(call) }) else {
            return .answer(try serve(), delayMilliseconds: 0)
        }
        let place = request.method + " " + request.target.prefix { $0 != "?" }
        let occasion = occasion(call, word: place, of: request)
        var choice = Choice()
        let fault = struck(state.transport, by: occasion, &choice)
        try mark(fault, place, &choice)
        if let fault, fault.prevents { return outcome(of: .busy(fault), fault, occasion) }
        return outcome(of: try serve(), fault, occasion)
    }

    /// What becomes of a request by its head alone: only `reset-unread` strikes so early.
    package func glance(_ request: WireRequest) throws(StateFault) -> Outcome? {
        guard !state.unread.isEmpty, let call = Call(request) else { return nil }
        let place = request.method + " " + request.target.prefix { $0 != "?" }
        let occasion = occasion(call, word: "unread " + place, of: request)
        var choice = Choice()
        let fault = struck(state.unread, by: occasion, &choice)
        choice.seen.word = occasion.word
        try mark(fault, place, &choice)
        guard let fault else { return nil }
        return .close(withReset: fault.resets(seed: seed, occasion))
    }

    private func mark(
        _ fault: TransportFault?, _ place: String, _ choice: inout Choice
    ) throws(StateFault) {
        var record = LogLine<State.Change>()
        record.seen.word = choice.seen.word ?? place
        if let fault {
            var entry = entry(fault, key: nil)
            entry.detail = place
            record.entries = [entry]
        }
        try keep(record.closed(by: choice))
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
