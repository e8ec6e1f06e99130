// Callbacks: the platform is told what became of a request, sometimes badly.

extension Bank {
    /// Queues the callback about a key's latest state when it has not been announced.
    ///
    /// `isAnswered`: the state also stands in an answer; the first one then needs no callback
    /// unless the scenario sends it `immediate`.
    func announce(_ key: String, isAnswered: Bool = false) throws(StateFault) {
        guard state.outbox.url != nil, let known = state.requests[key], known.head != nil
        else { return }
        let body = current(known)
        let sequence = body["sequence"]?.integer ?? 0
        guard sequence > state.outbox.announced[key, default: 0],
            body["state"]?.text != "pending",
            sequence > 1 || !isAnswered || scenario.callbacks.isImmediate
        else { return }
        var occasion = occasion(
            .callback, word: "\(key)#callback\(sequence)", key: key, body: body)
        occasion.loan = known.head?.loanID
        var choice = Choice()
        let fault = struck(state.faults.money, by: occasion, &choice)
        var record = LogRecord()
        if let fault { record.entries = [entry(fault, key: key)] }
        record.change = .announced(
            key: key, sequence: sequence, callbacks(about: key, body, fault))
        try keep(record.closed(by: choice))
    }

    private func callbacks(about key: String, _ body: JSON, _ fault: MoneyFault?) -> [Callback] {
        let id = state.outbox.nextID
        let delay = fault?.delayMilliseconds ?? 0
        switch fault?.kind {
        case .callbackLost: return []
        case .callbackLate:
            return [Callback(id: id, key: key, body: body, delayMilliseconds: delay)]
        case .callbackReordered:
            return [
                Callback(
                    id: id, key: key, body: body, delayMilliseconds: delay, waitsForNext: true)
            ]
        case .callbackDoubled:
            return (0..<(fault?.times ?? 2)).map { Callback(id: id + $0, key: key, body: body) }
        case .callbackForged:
            return [
                Callback(id: id, key: key, body: Bank.forged(body), isForged: true),
                Callback(id: id + 1, key: key, body: body),
            ]
        default: return [Callback(id: id, key: key, body: body)]
        }
    }

    /// The opposite of what the bank says.
    private static func forged(_ body: JSON) -> JSON {
        var members = body.members ?? [:]
        let isGood = ["accepted", "confirmed"].contains(members["state"]?.text ?? "")
        members["state"] = .string(isGood ? "refused" : "accepted")
        members["sequence"] = .integer((members["sequence"]?.integer ?? 0) + 1)
        return .object(members)
    }

    /// `PUT /admin/v1/callbacks {"url"}`: where callbacks go from now on.
    func setCallbacks(_ request: WireRequest) throws(StateFault) -> WireAnswer {
        let url: String
        do { url = try request.callbackURL() } catch { return .misread(error) }
        var record = LogRecord()
        record.change = .callbacksTo(url)
        try keep(record)
        return callbacks
    }

    /// `GET /admin/v1/callbacks`: where they go and which wait.
    var callbacks: WireAnswer {
        let waiting = state.outbox.waiting.values.sorted { $0.id < $1.id }.map { callback in
            JSON.record([
                "id": .integer(callback.id), "key": .string(callback.key),
                "state": callback.body["state"],
            ])
        }
        return WireAnswer(
            200,
            .record([
                "url": state.outbox.url.map(JSON.string), "waiting": .array(waiting),
            ]))
    }
}

// MARK: - Errands

extension Bank {
    package var hasErrands: Bool { state.hasWork }

    /// Callbacks that wait and decisions that are due to show, each handed over once.
    package func errands(atMost limit: Int) -> [Errand] {
        var errands: [Errand] = []
        while errands.count < limit, let errand = nextErrand() { errands.append(errand) }
        return errands
    }

    private func nextErrand() -> Errand? {
        if let (callback, isLetGo) = vault.take({ $0.nextDue() }) {
            // Let go, it is another errand than the wait for its delay.
            return Errand(
                id: "callback \(callback.id)" + (isLetGo ? " now" : ""),
                delayMilliseconds: isLetGo ? 0 : callback.delayMilliseconds,
                attempts: scenario.callbacks.attempts,
                retryMilliseconds: scenario.callbacks.retryMilliseconds)
        }
        guard let key = vault.take({ $0.nextToDecide() }) else { return nil }
        return Errand(
            id: "decide " + key, delayMilliseconds: scenario.pendingAfterMilliseconds ?? 0)
    }

    /// The signed request of a callback.
    package func letter(for errand: Errand, now: Int64, nonce: String) -> Letter? {
        guard let callback = callback(of: errand), let url = state.outbox.url,
            let to = Destination(url)
        else { return nil }
        let target =
            to.path + scenario.callbacks.path.replacing("{party}", with: party)
        let request = WireRequest(
            method: "POST", target: target, headers: [], body: callback.body.bytes)
        let stamp = "\(now + Int64(clockSkewSeconds))"
        let text = Signer.requestText(request, stamp: stamp, nonce: nonce)
        return Letter(
            host: to.host, port: to.port, target: target,
            headers: [
                ("Colend-Key", party), ("Colend-Timestamp", stamp), ("Colend-Nonce", nonce),
                (
                    "Colend-Signature",
                    vault.signer.signature(callback.isForged ? text + "!" : text)
                ),
            ], body: request.body)
    }

    /// Notes that a callback was taken or given up, or shows a decision.
    package func finish(_ errand: Errand, status: Int?) throws(StateFault) {
        if let key = errand.key {
            guard let known = state.requests[key], state.state(of: known) == "pending"
            else { return }
            return try showDecision(key)
        }
        guard let callback = callback(of: errand) else { return }
        var record = LogRecord()
        var entry = entry(.callback, key: callback.key)
        entry.state = callback.body["state"]?.text
        entry.detail = status.map { "\($0)" } ?? "given up"
        if callback.isForged { entry.detail = "forged, " + (entry.detail ?? "") }
        record.entries = [entry]
        record.change = .delivered(id: callback.id)
        try keep(record)
    }

    private func callback(of errand: Errand) -> Callback? {
        let words = errand.id.split(separator: " ")
        guard words.first == "callback", words.count > 1, let id = Int(words[1])
        else { return nil }
        return state.outbox.waiting[id]
    }
}

extension Errand {
    /// The key of the request that is to be decided; nil for a callback.
    fileprivate var key: String? {
        id.hasPrefix("decide ") ? String(id.dropFirst("decide ".count)) : nil
    }
}
