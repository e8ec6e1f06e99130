// What a bank and a clearing house have in common: signatures, the diary, the clock, the faults.

/// A house at work: takes whole requests, decides, and keeps everything before it answers.
protocol House: Desk {
    associatedtype State: HouseState
    var vault: Vault<State> { get }
    /// How it is named in the protocol.
    var party: String { get }
    /// The seed as text, the first word of every draw.
    var seed: String { get }
    /// Seconds by which its wall clock is wrong.
    var clockSkewSeconds: Int { get }
    /// Whether a nonce counts once.
    var deduplicates: Bool { get }
    /// A state that knows nothing yet.
    var fresh: State { get }
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
    var deduplicates: Bool { true }

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
        switch try checked(request, now: now + Int64(clockSkewSeconds)) {
        case .answer(let answer, let delay):
            return .answer(sign(answer, for: request, now: now), delayMilliseconds: delay)
        case .carried(let answer, let carriage):
            let stamp = now + Int64(carriage.skewSeconds)
            return .carried(sign(answer, for: request, now: stamp), carriage)
        case .close(let withReset): return .close(withReset: withReset)
        }
    }

    /// An answer to a request with the house's signature.
    package func sign(_ answer: WireAnswer, for request: WireRequest, now: Int64) -> WireAnswer {
        let nonce = request.header("colend-nonce") ?? ""
        var signed = answer
        signed.headers.append(("Colend-Key", party))
        signed.headers += vault.signer.headers(
            answer, nonce: nonce, now: now + Int64(clockSkewSeconds))
        return signed
    }

    /// Why a request is not signed as it must be; nil when it is.
    package func objection(to request: WireRequest, now: Int64) -> Refusal? {
        do {
            _ = try vault.signer.check(request, now: now + Int64(clockSkewSeconds))
            return nil
        } catch {
            return error
        }
    }

    private func checked(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome {
        let proof: Signer.Proof
        do throws(Refusal) { proof = try vault.signer.check(request, now: now) } catch {
            return try refuse(request, .refusedSignature, error, detail: error.reason)
        }
        if deduplicates, state.nonces[proof.nonce] != nil {
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
        let body = (try? JSON.parse(request.body)) ?? .null
        let key = request.keyInPath ?? Bank.key(of: body)
        record.entries = [entry(event, key: key, detail: detail)]
        let hasBody = ["/v1/funding-requests", "/v1/payouts"].contains(request.plainPath)
        record.heard = Call(request).map { call in
            hasBody ? Heard(call, key: key, body) : Heard(call, path: request.plainPath, key: key)
        }?.answered(401)
        try keep(record)
        return .answer(.refusal(401, refusal), delayMilliseconds: 0)
    }
}
