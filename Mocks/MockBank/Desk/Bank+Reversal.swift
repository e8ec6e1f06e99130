// Reversals, and the queue of requests that lie at the bank undecided.

extension Bank {
    /// `POST /v1/funding-requests/{key}/reversal`.
    func takeReversal(_ key: String, _ request: WireRequest) throws(StateFault) -> Outcome {
        guard RequestHead.isIdentifier(key) else {
            return try answer(
                .refusal(422, .malformed("key", "an identifier")),
                to: Heard(.reversal, path: request.plainPath))
        }
        var occasion = occasion(.reversal, word: key + "#reversal", of: request, key: key)
        occasion.describe(state.requests[key])
        var choice = Choice()
        let fault = struck(state.transport, by: occasion, &choice)
        var record = LogRecord()
        record.entries = [entry(.reversal, key: key)]
        if let fault { record.entries.append(entry(fault, key: key)) }
        let heard = Heard(.reversal, path: request.plainPath, key: key)
        if let fault, fault.prevents {
            return try end(record, choice, heard, fault, occasion, .busy(fault))
        }
        if let known = state.requests[key], isOutOfWindow(known) {
            record.entries[0].state = "reversed"
            // It knows the key no more, and says so as of one that it has never seen.
            let tombstone = RequestRecord(tombstone: key, on: state.clock)
            return try end(
                record, choice, heard, fault, occasion,
                Reply(status: 200, body: current(tombstone)).sent(by: self), state: "reversed")
        }
        let isPaidOut = state.requests[key].map { state.state(of: $0) == "confirmed" } ?? false
        if !isPaidOut { record.change = .reversed(key: key) }
        record.entries[0].state = isPaidOut ? "confirmed" : "reversed"
        let status = isPaidOut ? 409 : 200
        let sent = outcome(of: WireAnswer(status, .null), fault, occasion).status
        let isTold = fault?.hidesAnswer != true
        record.heard = heard.answered(sent, isTold ? record.entries[0].state : nil)
        try keep(record.closed(by: choice))
        let reply = Reply(status: status, body: reversal(key, isPaidOut))
        // The request that this reversal has overtaken comes up now, and nobody looks back.
        if let held = state.held[key] { try release(held) }
        try announce(key, isAnswered: true)
        return outcome(
            of: reply.sent(by: self), fault, occasion, usual: scenario.answerDelayMilliseconds)
    }

    private func reversal(_ key: String, _ isPaidOut: Bool) -> JSON {
        var members = state.requests[key].flatMap { current($0).members } ?? [:]
        if isPaidOut {
            members["reasonCode"] = .string("paid-out")
            members["reason"] = .string("the loan was paid out")
        }
        return .object(members)
    }

    /// Decides a request that was held, whatever came meanwhile.
    func release(_ held: HeldRequest) throws(StateFault) {
        let rules = scenario.rules
        guard let head = try? RequestHead(held.body, party: rules.party, currency: rules.currency)
        else { throw StateFault(description: "the log holds a request of another bank") }
        var decision: Decision
        do { decision = try self.decision(held.body, head) } catch {
            decision = Decision(
                body: held.body, on: state.clock, isPending: false, refusal: error)
        }
        var record = LogRecord()
        var entry = entry(.held, key: held.key, detail: "decided")
        entry.state = decision.refusal == nil ? "accepted" : "refused"
        record.entries = [entry]
        record.change = .decided(decision)
        try keep(record)
        try announce(held.key)
    }

    /// Shows the decision of a pending request.
    func showDecision(_ key: String) throws(StateFault) {
        var decided = LogRecord()
        if let known = state.requests[key], known.twist?.executions ?? 1 > 1,
            let fault = known.unseen
        {
            decided.entries = [entry(fault, key: key)]
        }
        decided.change = .settled(key: key)
        try keep(decided)
        try announce(key)
    }

    func meetDate() throws(StateFault) {
        for held in state.held.values.sorted(by: { $0.key < $1.key }) { try release(held) }
        try bookAndOffer()
    }
}

extension Occasion {
    /// Fills in what is known of a request.
    mutating func describe(_ record: RequestRecord?) {
        guard let head = record?.head else { return }
        loan = head.loanID
        amount = Figure(head.currency.text(head.amount))
    }
}
