// What the back door is asked for, read strictly: a test that is mistyped must not seem to pass.

extension WireRequest {
    /// The members of a body that may have `allowed` and nothing else.
    ///
    /// - Throws: ``Refusal`` that names what is wrong with it.
    func members(allowed: [String]) throws(Refusal) -> Members {
        let wanted =
            allowed.isEmpty ? "empty" : "a JSON object of \(allowed.joined(separator: ", "))"
        guard let members = (try? JSON.parse(body))?.members else {
            throw Refusal.malformed("the body", wanted)
        }
        if let stranger = members.keys.first(where: { !allowed.contains($0) }) {
            throw Refusal(
                code: "malformed",
                reason: "\"\(stranger)\" means nothing here; the body must be \(wanted)")
        }
        return members
    }

    /// Refuses a parameter of the query that is none of `allowed`, has no value, or is there twice.
    ///
    /// - Throws: ``Refusal`` that names it.
    func require(parameters allowed: [String]) throws(Refusal) {
        var seen: Set<String> = []
        for (name, hasValue) in parameters {
            guard allowed.contains(name) else {
                let known = allowed.isEmpty ? "none is" : allowed.joined(separator: ", ") + " are"
                throw Refusal(
                    code: "malformed",
                    reason: "the parameter \"\(name)\" means nothing here; \(known) allowed")
            }
            guard hasValue else { throw Refusal.malformed(name, "given as \(name)=…") }
            guard seen.insert(name).inserted else {
                throw Refusal(code: "malformed", reason: "the parameter \"\(name)\" is given twice")
            }
        }
    }

    /// A whole number in the query; nil when it is absent.
    ///
    /// - Throws: ``Refusal`` when it is none, or below `least`.
    func whole(_ name: String, from least: Int) throws(Refusal) -> Int? {
        guard let text = parameter(name) else { return nil }
        guard let number = Int(text), number >= least else {
            throw Refusal.malformed(name, "a whole number from \(least) on")
        }
        return number
    }

    private var parameters: [(name: String, hasValue: Bool)] {
        guard let start = target.firstIndex(of: "?") else { return [] }
        return target[target.index(after: start)...].split(separator: "&").map {
            (String($0.prefix { $0 != "=" }), $0.contains("="))
        }
    }
}

extension WireRequest {
    /// `{"businessDate"}`, perhaps with `"time"`.
    ///
    /// - Throws: ``Refusal`` that names the member.
    func clock() throws(Refusal) -> (day: Day, time: TimeOfDay?) {
        let members = try members(allowed: ["businessDate", "time"])
        guard let day = members["businessDate"]?.text.flatMap({ Day($0) }) else {
            throw Refusal.malformed("businessDate", "a date YYYY-MM-DD")
        }
        guard let text = members["time"] else { return (day, nil) }
        guard let time = text.text.flatMap({ TimeOfDay($0) }) else {
            throw Refusal.malformed("time", "HH:MM")
        }
        return (day, time)
    }

    /// `{"on"}`.
    ///
    /// - Throws: ``Refusal`` that names the member.
    func onOrOff() throws(Refusal) -> Bool {
        switch try members(allowed: ["on"])["on"] {
        case .bool(let isOn): return isOn
        default: throw Refusal.malformed("on", "true or false")
        }
    }

    /// `{"url"}`.
    ///
    /// - Throws: ``Refusal`` that names the member.
    func callbackURL() throws(Refusal) -> String {
        let url = try members(allowed: ["url"])["url"]?.text
        guard let url, Destination(url) != nil else {
            throw Refusal.malformed("url", "http://HOST:PORT")
        }
        return url
    }

    /// What of the diary is asked for.
    ///
    /// - Throws: ``Refusal`` that names the parameter.
    func journalStart() throws(Refusal) -> Int {
        try require(parameters: ["after", "key", "event", "fault", "rule"])
        if let event = parameter("event"), JournalEntry.Event(rawValue: event) == nil {
            let events = JournalEntry.Event.allCases.map(\.rawValue).sorted()
            throw Refusal.malformed("event", "one of " + events.joined(separator: ", "))
        }
        return try whole("after", from: 0) ?? 0
    }

    /// How many requests of the book are asked for; nil for all of it.
    ///
    /// - Throws: ``Refusal`` that names the parameter.
    func pageLimit() throws(Refusal) -> Int? {
        try require(parameters: ["limit", "after"])
        let limit = try whole("limit", from: 1)
        if limit == nil, parameter("after") != nil {
            throw Refusal.malformed("after", "given with limit")
        }
        return limit
    }

    /// Nothing: neither parameters nor a body that says something.
    ///
    /// - Throws: ``Refusal`` that names what is there.
    func requireNothing() throws(Refusal) {
        try require(parameters: [])
        if !body.isEmpty { _ = try members(allowed: []) }
    }
}

extension WireRequest {
    /// The answer to a request that says nothing more.
    func plainly(_ answer: () -> WireAnswer) -> WireAnswer {
        do {
            try requireNothing()
            return answer()
        } catch { return .misread(error) }
    }
}

extension WireAnswer {
    /// Why a call at the back door was not understood.
    static func misread(_ refusal: Refusal) -> WireAnswer { .refusal(400, refusal) }
}
