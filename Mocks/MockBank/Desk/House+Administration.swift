// The back door that a bank and a clearing house share: clock, diary, faults, a new beginning.

extension House {
    /// Everything under `/admin/v1` that is the same for every house.
    func administerHouse(_ request: WireRequest) throws(StateFault) -> WireAnswer {
        let path = request.path.dropFirst(2)
        switch (request.method, path.first, path.count) {
        case ("POST", "clock", 1): return try setClock(request)
        case ("GET", "clock", 1): return request.plainly { clock }
        case ("GET", "journal", 1): return journal(request)
        case ("PUT", "faults", 1): return try setFaults(request.body)
        case ("GET", "faults", 1): return request.plainly { faults }
        case ("PUT", "faults", 2): return try turn(String(path.last ?? ""), request)
        case ("POST", "verify", 1): return verify(request.body)
        case ("POST", "reset", 1): return try reset(request)
        default: return .refusal(404, "no-such-path", "\(request.method) \(request.target)")
        }
    }

    private var clock: WireAnswer {
        WireAnswer(
            200,
            .record([
                "businessDate": .string(state.clock.description),
                "time": .string(state.time.description),
            ]))
    }

    private func setClock(_ request: WireRequest) throws(StateFault) -> WireAnswer {
        let (day, time): (Day, TimeOfDay?)
        do { (day, time) = try request.clock() } catch { return .misread(error) }
        if day < state.clock || (day == state.clock && time.map { $0 < state.time } ?? false) {
            return .refusal(
                409, "clock", "the clock already stands at \(state.clock) \(state.time)")
        }
        if day > state.clock {
            var record = LogLine<State.Change>()
            record.entries = [JournalEntry(.clock, on: day)]
            record.change = .clock(day)
            try keep(record)
            try meetDate()
        }
        guard let time else {
            return WireAnswer(200, .record(["businessDate": .string(day.description)]))
        }
        if time > state.time {
            var record = LogLine<State.Change>()
            record.entries = [entry(.clock, detail: time.description)]
            record.change = .time(time)
            try keep(record)
        }
        return clock
    }

    /// `after=N` for later entries, and `key`, `event`, `fault`, `rule` for those that have it.
    private func journal(_ request: WireRequest) -> WireAnswer {
        let after: Int
        do { after = try request.journalStart() } catch { return .misread(error) }
        var entries = Array(state.journal.dropFirst(after))
        func keep(_ name: String, _ value: (JournalEntry) -> String?) {
            guard let wanted = request.parameter(name) else { return }
            entries = entries.filter { value($0) == wanted }
        }
        keep("key", \.key)
        keep("event", \.event.rawValue)
        keep("fault", \.fault)
        keep("rule", \.rule)
        return WireAnswer(200, .record(["entries": .array(entries.map(\.json))]))
    }

    private func setFaults(_ body: [UInt8]) throws(StateFault) -> WireAnswer {
        let text = String(decoding: body, as: UTF8.self)
        do { try Self.check(faults: text) } catch {
            return .refusal(400, "malformed", error.messages.joined(separator: "; "))
        }
        var record = LogLine<State.Change>()
        record.entries = [entry(.faultsSet)]
        record.change = .faults(text)
        try keep(record)
        return WireAnswer(200, .record(["faults": .string("set")]))
    }

    /// The rules in force, whether each is on, and how often it matched and struck.
    private var faults: WireAnswer {
        let rules = state.rules.map { kind, rule in
            let chosen = state.strikes[rule.strikeName(kind), default: 0]
            return JSON.record([
                "name": .string(rule.name), "kind": .string(kind),
                "on": .bool(!state.tally.off.contains(rule.name)),
                "matched": rule.counts
                    ? .integer(state.tally.matches[rule.name, default: 0]) : nil,
                "chosen": .integer(chosen),
                "struck": .integer(chosen - state.unseen(rule.strikeName(kind))),
            ])
        }
        return WireAnswer(200, .record(["rules": .array(rules)]))
    }

    /// `PUT /admin/v1/faults/{name} {"on"}`.
    private func turn(_ name: String, _ request: WireRequest) throws(StateFault) -> WireAnswer {
        let isOn: Bool
        do { isOn = try request.onOrOff() } catch { return .misread(error) }
        guard state.rules.contains(where: { $0.rule.isNamed && $0.rule.name == name }) else {
            return .refusal(404, "no-such-rule", "no fault in force is named \(name)")
        }
        var record = LogLine<State.Change>()
        var entry = entry(.faultsSet, detail: isOn ? "on" : "off")
        entry.rule = name
        record.entries = [entry]
        record.change = .rule(name, isOn: isOn)
        try keep(record)
        return WireAnswer(200, .record(["name": .string(name), "on": .bool(isOn)]))
    }

    /// `POST /admin/v1/reset`: as at the first start, with the faults of the scenario.
    private func reset(_ request: WireRequest) throws(StateFault) -> WireAnswer {
        do { try request.requireNothing() } catch { return .misread(error) }
        try vault.reset(to: fresh)
        var record = LogLine<State.Change>()
        record.entries = [entry(.reset)]
        try keep(record)
        return WireAnswer(200, .record(["reset": .bool(true)]))
    }
}
