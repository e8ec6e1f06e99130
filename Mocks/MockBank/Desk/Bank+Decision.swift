// How the bank decides a request.

extension Bank {
    /// Decides a body; a decision that must be kept is put into `record`. Nil when the request is
    /// put aside undecided. Without an occasion no fault of money is looked for. `leaves`: the
    /// answer goes out as it is decided.
    func decide(
        _ body: JSON, _ occasion: Occasion?, leaves: Bool, _ choice: inout Choice,
        _ record: inout LogRecord
    ) throws(StateFault) -> Reply? {
        let rules = scenario.rules
        let head: RequestHead
        do { head = try RequestHead(body, party: rules.party, currency: rules.currency) } catch {
            return Reply(
                body.members == nil ? 400 : 422, error, key: Bank.key(of: body), state: "refused")
        }
        if let held = state.held[head.key] { try release(held) }
        if let known = state.requests[head.key] {
            if !scenario.deduplicates, known.isHeld {
                record.change = .executedAgain(key: known.key)
            }
            let reply = answerAgain(known, body)
            if leaves, known.shows(in: reply.status, isFirst: true), let fault = known.unseen {
                record.entries.append(entry(fault, key: known.key))
            }
            return reply
        }
        var decision: Decision
        do { decision = try self.decision(body, head) } catch {
            return Reply(422, error, key: head.key, state: "refused")
        }
        if decision.refusal == nil, let occasion,
            let fault = struck(state.faults.money, by: occasion, &choice)
        {
            if fault.kind == .heldRequest {
                record.entries.append(entry(fault, key: head.key))
                record.change = .held(
                    HeldRequest(
                        key: head.key, body: body, queriesLeft: fault.queries,
                        honoursReversal: fault.honoursReversal))
                return nil
            }
            decision.twist = fault.twist(head)
            if fault.shows(isPending: decision.isPending, leaves: leaves) {
                record.entries.append(entry(fault, key: head.key))
            } else {
                decision.twist?.unseen = fault.faultName
            }
        }
        decision.written = body.bytes
        let made = RequestRecord(decision, head: head, terms: decision.terms, party: rules.party)
        decision.made = made
        record.change = .decided(decision)
        let status = decision.isPending ? 202 : decision.refusal == nil ? 201 : 422
        return Reply(status: status, body: made.firstAnswer)
    }

    private func answerAgain(_ known: RequestRecord, _ body: JSON) -> Reply {
        if isForgotten(known) {
            return Reply(
                409, Refusal(code: "forgotten", reason: "this key is out of its window"),
                key: known.key)
        }
        if known.head != nil, known.digest != digestText(body.bytes) {
            return Reply(
                409, Refusal(code: "key-reused", reason: "this key came with other content"),
                key: known.key)
        }
        if state.state(of: known) == "reversed" {
            return Reply(
                422, Refusal(code: "reversed", reason: "this key was reversed"), key: known.key,
                state: "refused")
        }
        return Reply(status: 200, body: known.firstAnswer)
    }

    /// The decision by terms and rules; throws for a request that is malformed in its terms.
    func decision(_ body: JSON, _ head: RequestHead) throws(Refusal) -> Decision {
        var refusal: Refusal?
        var read: LoanTerms?
        do throws(Refusal) {
            let terms = try LoanTerms(body["terms"] ?? .null)
            guard terms.principal == head.loanAmount, terms.currency == head.currency else {
                throw Refusal.malformed("terms.principal and currency", "those of the loan")
            }
            if !terms.isPlain {
                _ = try ShareOfLoan(
                    terms: terms, amount: head.amount, start: terms.disbursedOn,
                    computation: scenario.rules.computation, own: scenario.rules.ownRounding)
            }
            read = terms
            refusal = rule(against: head, terms)
        } catch {
            if error.code != "unsupported-terms" { throw error }
            refusal = error
        }
        let isPending =
            scenario.pending != .never && Draw(seed, head.key, "pending").hits(scenario.pending)
        return Decision(
            body: body, on: state.clock, isPending: isPending, refusal: refusal, terms: read)
    }

    private func rule(against head: RequestHead, _ terms: LoanTerms) -> Refusal? {
        if let expiresOn = head.expiresOn, expiresOn < state.clock {
            return Refusal(code: "expired", reason: "the request expired on \(expiresOn)")
        }
        if let refusal = scenario.calendar.refusal(head, state.clock, state.time) {
            return refusal
        }
        if let live = state.liveKey(ofLoan: head.loanID) {
            return Refusal(code: "duplicate-loan", reason: "\(head.loanID) is funded by \(live)")
        }
        return scenario.refuse.first { $0.refuses(head, terms, seed: seed) }
            .map { Refusal(code: $0.reasonCode, reason: $0.reason) }
    }
}
