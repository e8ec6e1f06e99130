// Payouts to borrowers: one payment per key, a failed one may be tried again under the same key.

extension ClearingHouse {
    private static let fields = ["key", "loan", "amount", "currency", "valueDate"]

    /// `POST /v1/payouts`.
    func takePayout(_ request: WireRequest) throws(StateFault) -> Outcome {
        let body = (try? JSON.parse(request.body)) ?? .null
        let asked: PayoutRecord
        do throws(Refusal) { asked = try read(body) } catch {
            return try answer(
                .refusal(422, error), to: Heard(.payout, key: body["key"]?.text, body))
        }
        let occasion = occasion(
            .payout, word: asked.key, of: request, key: asked.key, body: body)
        var choice = Choice()
        let fault = struck(state.transport, by: occasion, &choice)
        var record = ClearingRecord()
        record.entries = [entry(.arrival, key: asked.key)]
        if let fault { record.entries.append(entry(fault, key: asked.key)) }
        let heard = Heard(.payout, key: asked.key, body)
        if let fault, fault.prevents {
            let outcome = outcome(of: .busy(fault), fault, occasion)
            record.heard = heard.answered(outcome.status)
            try keep(record.closed(by: choice))
            return outcome
        }
        let answer = decide(asked, &record)
        let outcome = outcome(of: answer, fault, occasion)
        record.heard = heard.answered(
            outcome.status, fault?.hidesAnswer == true ? nil : answer.state)
        try keep(record.closed(by: choice))
        return outcome
    }

    /// `GET /v1/payouts/{key}`.
    func payout(_ key: String) throws(StateFault) -> WireAnswer {
        var record = ClearingRecord()
        let known = state.payouts[key]
        record.entries = [entry(.query, key: key, detail: known == nil ? "404" : "200")]
        record.entries[0].state = known.map { $0.isPaid ? "paid" : "failed" }
        try keep(record)
        guard let known else {
            return .refusal(404, "unknown-key", "no payout has this key")
        }
        return answer(known, status: 200)
    }

    /// A try is decided once; the next is taken when it failed.
    private func decide(_ asked: PayoutRecord, _ record: inout ClearingRecord) -> WireAnswer {
        if let known = state.payouts[asked.key] {
            guard known.isSame(as: asked) else {
                return .refusal(409, "key-reused", "this key came with other content")
            }
            if known.isPaid || asked.number == known.number { return answer(known, status: 200) }
            guard asked.number == known.number + 1 else {
                return .refusal(
                    409, "wrong-try",
                    "try \(known.number) failed last, so the next is \(known.number + 1)")
            }
        } else if asked.number != 1 {
            return .refusal(409, "wrong-try", "the key was never tried, so the first is 1")
        }
        let words = [asked.key, "\(asked.number)"]
        let fails = strikes(.payoutFailed, words)
        let returns = !fails && strikes(.payoutReturned, [asked.key])
        let on = max(asked.on, state.clock)
        let payout = PayoutRecord(
            key: asked.key, loan: asked.loan, amount: asked.amount, number: asked.number, on: on,
            isPaid: !fails, returnsOn: returns ? on.adding(days: 2) : nil)
        if fails { record.entries.append(mark("payout-failed", key: asked.key)) }
        if let day = payout.returnsOn {
            var entry = JournalEntry(.fault, on: day, key: asked.key)
            entry.fault = ClearingFaultKind.payoutReturned.rawValue
            entry.file = ClearingFile.cash.0
            entry.record = "RETURN " + asked.key
            record.entries.append(entry)
        }
        record.change = .payout(payout)
        return answer(payout, status: 201)
    }

    private func answer(_ payout: PayoutRecord, status: Int) -> WireAnswer {
        WireAnswer(
            status,
            .record([
                "key": .string(payout.key), "state": .string(payout.isPaid ? "paid" : "failed"),
                "try": .integer(payout.number),
                "reference": payout.isPaid ? .string(payout.reference) : nil,
                "reason": payout.isPaid ? nil : .string("the borrower's bank did not take it"),
                "valueDate": .string(payout.on.description),
                "amount": .string(scenario.currency.text(payout.amount)),
                "currency": .string(scenario.currency.code),
            ]))
    }

    private func read(_ body: JSON) throws(Refusal) -> PayoutRecord {
        let fields = ClearingHouse.fields
        guard let members = body.members, fields.allSatisfy({ members[$0] != nil }),
            members.keys.allSatisfy({ fields.contains($0) || $0 == "try" })
        else {
            throw Refusal.malformed(
                "the body",
                "an object of " + fields.joined(separator: ", ") + " and perhaps try")
        }
        guard let key = members["key"]?.text, RequestHead.isIdentifier(key) else {
            throw Refusal.malformed("key", "1 to 128 letters, digits or . _ : -")
        }
        guard members["currency"]?.text == scenario.currency.code else {
            throw Refusal(
                code: "unsupported-currency",
                reason: "the account is in "
                    + scenario.currency.code)
        }
        guard let amount = members["amount"]?.text.flatMap(scenario.currency.minorUnits),
            amount > 0
        else { throw Refusal(code: "malformed-amount", reason: "amount must be a decimal > 0") }
        guard let day = members["valueDate"]?.text.flatMap({ Day($0) }) else {
            throw Refusal.malformed("valueDate", "a date YYYY-MM-DD")
        }
        return PayoutRecord(
            key: key, loan: members["loan"]?.text ?? "", amount: amount,
            number: try number(members["try"], of: key), on: day, isPaid: false, returnsOn: nil)
    }

    /// Without one it is the first, or the one after the last that failed.
    private func number(_ value: JSON?, of key: String) throws(Refusal) -> Int {
        guard let value else {
            return state.payouts[key].map { $0.isPaid ? $0.number : $0.number + 1 } ?? 1
        }
        guard let number = value.integer, (1...1_000).contains(number) else {
            throw Refusal.malformed("try", "a whole number from 1 to 1000")
        }
        return Int(number)
    }
}

extension ClearingHouse {
    private func mark(_ fault: String, key: String) -> JournalEntry {
        var entry = entry(.fault, key: key)
        entry.fault = fault
        return entry
    }

    private func strikes(_ kind: ClearingFaultKind, _ words: [String]) -> Bool {
        guard let fault = state.faults.money.first(where: { $0.kind == kind }) else { return false }
        let isLeft = fault.budget.map { state.strikes[kind.rawValue, default: 0] < $0 } ?? true
        return isLeft
            && Draw(seed, words.joined(separator: " "), kind.rawValue).hits(fault.probability)
    }
}
