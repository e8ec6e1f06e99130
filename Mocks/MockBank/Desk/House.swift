// What a bank and a clearing house have in common: signatures, the diary, the clock, the faults.

/// A house at work: takes whole requests, decides, and keeps everything before it answers.
protocol House: Desk {
    associatedtype State: HouseState
    var vault: Vault<State> { get }
    /// How it is named in the protocol.
    var party: String { get }
    /// `GET /v1/health`.
    var health: WireAnswer { get }
    /// Everything under `/admin/v1`; unsigned, since the house listens on this machine only.
    func administer(_ request: WireRequest) throws(StateFault) -> WireAnswer
    /// A request whose signature has been checked.
    func route(_ request: WireRequest) throws(StateFault) -> Outcome
    /// What a later date brings.
    func meetDate() throws(StateFault)
    /// Throws all faults of a fault set at once.
    static func check(faults text: String) throws(ScenarioFaults)
}

extension House {
    var state: State { vault.state }

    /// Applies a record and adds it to the log.
    func keep(_ record: LogLine<State.Change>) throws(StateFault) { try vault.keep(record) }

    func entry(_ event: JournalEntry.Event, key: String? = nil, detail: String? = nil)
        -> JournalEntry
    {
        JournalEntry(event, on: state.clock, key: key, detail: detail)
    }

    /// Decides a request: `now` is wall time in Unix seconds; it bounds signatures and nothing
    /// else.
    func decide(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome {
        let path = request.path
        if path.first == "admin" { return .answer(try administer(request), delayMilliseconds: 0) }
        if path == ["v1", "health"] { return .answer(health, delayMilliseconds: 0) }
        let outcome = try checked(request, now: now)
        guard case .answer(var answer, let delay) = outcome else { return outcome }
        let nonce = request.header("colend-nonce") ?? ""
        answer.headers.append(("Colend-Key", party))
        answer.headers += vault.signer.headers(answer, nonce: nonce, now: now)
        return .answer(answer, delayMilliseconds: delay)
    }

    private func checked(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome {
        let proof: Signer.Proof
        do throws(Refusal) { proof = try vault.signer.check(request, now: now) } catch {
            return try refuse(request, .refusedSignature, error, detail: error.reason)
        }
        if state.nonces[proof.nonce] != nil {
            return try refuse(
                request, .replayedNonce,
                Refusal(code: "nonce", reason: "this nonce was used before"),
                detail: "\(request.method) \(request.target)")
        }
        vault.forgetNonces(ifAfter: now)
        var seen = LogLine<State.Change>()
        seen.nonce = (proof.nonce, proof.timestamp)
        try keep(seen)
        return try route(request)
    }

    private func refuse(
        _ request: WireRequest, _ event: JournalEntry.Event, _ refusal: Refusal, detail: String
    ) throws(StateFault) -> Outcome {
        var record = LogLine<State.Change>()
        record.entries = [entry(event, key: request.namedKey, detail: detail)]
        try keep(record)
        return .answer(.refusal(401, refusal), delayMilliseconds: 0)
    }
}

// MARK: - The back door

extension House {
    func setClock(_ body: [UInt8]) throws(StateFault) -> WireAnswer {
        guard let text = (try? JSON.parse(body))?["businessDate"]?.text, let day = Day(text) else {
            return .refusal(422, "malformed", "the body must be {\"businessDate\":\"YYYY-MM-DD\"}")
        }
        if day < state.clock {
            return .refusal(409, "clock", "the clock already stands at \(state.clock)")
        }
        if day > state.clock {
            var record = LogLine<State.Change>()
            record.entries = [JournalEntry(.clock, on: day)]
            record.change = .clock(day)
            try keep(record)
            try meetDate()
        }
        return WireAnswer(200, .record(["businessDate": .string(day.description)]))
    }

    func journal(after text: String?) -> WireAnswer {
        let after = max(0, text.flatMap { Int($0) } ?? 0)
        let entries = state.journal.dropFirst(after).map(\.json)
        return WireAnswer(200, .record(["entries": .array(entries)]))
    }

    func setFaults(_ body: [UInt8]) throws(StateFault) -> WireAnswer {
        let text = String(decoding: body, as: UTF8.self)
        do { try Self.check(faults: text) } catch {
            return .refusal(422, "malformed", error.messages.joined(separator: "; "))
        }
        var record = LogLine<State.Change>()
        record.entries = [entry(.faultsSet)]
        record.change = .faults(text)
        try keep(record)
        return WireAnswer(200, .record(["faults": .string("set")]))
    }
}

extension WireRequest {
    /// The key that a request is about, by its path or its body.
    fileprivate var namedKey: String? {
        let path = path
        if path.count >= 3, ["funding-requests", "payouts"].contains(path[1]) {
            return RequestHead.isIdentifier(path[2]) ? path[2] : nil
        }
        guard let key = (try? JSON.parse(body))?["key"]?.text else { return nil }
        return RequestHead.isIdentifier(key) ? key : nil
    }
}
