// Which fault strikes a request, and which nearly did.

/// Chooses among rules for one request, remembering what must be counted and the nearest miss.
struct Choice {
    /// What the log must count.
    var seen = Seen()
    private var nearest: (differences: Int, text: String)?
    private var hasStruck = false

    /// Why the rule that came nearest did not strike; nil when one struck or none has conditions.
    var nearMiss: String? { hasStruck ? nil : nearest?.text }

    init() {}

    /// The first fault that strikes. Rules by turn count every match, also behind a strike.
    mutating func choose<Fault: Ruled>(
        _ faults: [Fault], for occasion: Occasion, seed: String, tally: Tally,
        strikes: [String: Int]
    ) -> Fault? {
        var chosen: Fault?
        for fault in faults where fault.concerns(occasion.call) {
            let rule = fault.rule
            if tally.off.contains(rule.name) { continue }
            let differences = rule.match?.differences(occasion) ?? []
            if !differences.isEmpty {
                miss(rule, differences.count, differences.joined(separator: ", "))
                continue
            }
            let number = tally.matches[rule.name, default: 0] + 1
            if rule.counts { seen.rules.append(rule.name) }
            if chosen != nil { continue }
            let used = strikes[rule.strikeName(fault.kindName), default: 0]
            if let objection = objection(rule, occasion, number, used, seed) {
                miss(rule, 0, "it matches, but " + objection)
            } else {
                chosen = fault
            }
        }
        hasStruck = hasStruck || chosen != nil
        return chosen
    }

    private func objection(
        _ rule: Rule, _ occasion: Occasion, _ number: Int, _ used: Int, _ seed: String
    ) -> String? {
        if let turn = rule.turn, !turn.holds(number) {
            return "this is match \(number) and not one of its turns"
        }
        if let budget = rule.budget, used >= budget { return "its budget of \(budget) is used up" }
        if !rule.isDrawn(seed: seed, occasion, number: number) { return "it was not drawn" }
        return nil
    }

    private mutating func miss(_ rule: Rule, _ differences: Int, _ text: @autoclosure () -> String)
    {
        guard rule.explainsItself, nearest.map({ differences < $0.differences }) ?? true
        else { return }
        nearest = (differences, "\(rule.name): \(text())")
    }
}

extension House {
    /// The first fault of a list that strikes.
    func struck<Fault: Ruled>(
        _ faults: [Fault], by occasion: Occasion, _ choice: inout Choice
    ) -> Fault? {
        faults.isEmpty
            ? nil
            : choice.choose(
                faults, for: occasion, seed: seed, tally: state.tally, strikes: state.strikes)
    }

    /// The occasion of a request under a word; `body` is that of a request for money.
    func occasion(
        _ call: Call, word: String, of request: WireRequest? = nil, key: String? = nil,
        body: JSON = .null
    ) -> Occasion {
        var occasion = Occasion(
            call: call, word: word, date: state.clock, time: state.time,
            attempt: state.attempts(word) + 1)
        occasion.key = key
        occasion.body = body
        occasion.loan = body["loan"]?.text
        occasion.lender = body["lender"]?.text
        occasion.amount = body["amount"]?.text.flatMap { Figure($0) }
        if let request {
            occasion.method = request.method
            occasion.path = String(request.target.prefix { $0 != "?" })
            occasion.headers = request.headers
        }
        return occasion
    }

    /// The entry of a fault that strikes.
    func entry(_ fault: some Ruled, key: String?) -> JournalEntry {
        entry(fault.faultName, key: key)
    }

    func entry(_ fault: FaultName, key: String?) -> JournalEntry {
        var entry = entry(.fault, key: key)
        entry.fault = fault.kind
        entry.rule = fault.rule
        return entry
    }
}
