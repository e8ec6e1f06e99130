// Reading the conditions of a rule.
import Yams

extension Rule {
    /// Keys that every fault of a request has.
    static let keys = ["kind", "name", "probability", "budget", "match", "sequence", "burst"]

    /// Reads the rule of one element; without a probability it strikes whenever it matches.
    init(_ section: Section, kind: String, list: String) {
        let given = section.optional("name", "a name of letters, digits, - and .") {
            RequestHead.isIdentifier($0) ? $0 : nil
        }
        isNamed = given != nil
        name = given ?? "\(list)[\(section.index)] \(kind)"
        word = given ?? kind
        match = section.has("match") ? Match(section.section("match", allowed: Match.keys)) : nil
        turn =
            section.has("sequence")
            ? Turn(section.section("sequence", allowed: Turn.keys)) : nil
        burst = section.has("burst") ? section.whole("burst", default: nil, in: 1...1_000_000) : nil
        let isConditional = match != nil || turn != nil
        probability = section.probability("probability", default: isConditional ? .always : nil)
        budget = section.budget
    }
}

extension Turn {
    fileprivate static let keys = ["nth", "first", "after", "every", "lasting"]

    fileprivate init(_ section: Section) {
        func count(_ name: String) -> Int? {
            section.has(name) ? section.whole(name, default: nil, in: 1...1_000_000) : nil
        }
        self.init(
            nth: count("nth"), first: count("first"), after: count("after"),
            every: count("every"), lasting: count("lasting") ?? 1)
        let isEmpty = ["nth", "first", "after", "every"].allSatisfy { !section.has($0) }
        if isEmpty {
            section.faults.report(
                section.node, "\(section.path) needs one of nth, first, after, every")
        }
    }
}

extension Match {
    static let keys = [
        "call", "method", "path", "header", "body", "key", "loan", "party", "amount", "date",
        "weekday", "time", "attempt",
    ]

    /// Reads conditions; what is wrong is collected with its place.
    init(_ section: Section) {
        calls = section.words("call", "one of " + Call.names, Call.init(rawValue:))
        method = section.optional("method", "GET, POST or PUT") {
            ["GET", "POST", "PUT"].contains($0) ? $0 : nil
        }
        path = section.pattern("path")
        headers = section.patterns("header").map { ($0.name.lowercased(), $0.pattern) }
        body = section.patterns("body")
        key = section.pattern("key")
        loan = section.pattern("loan")
        lender = section.pattern("party")
        amount = section.span("amount", "a decimal amount") { Figure($0) }
        date = section.span("date", "a date") { Day($0) }
        weekdays = Set(
            section.words("weekday", "one of " + Day.weekdays.joined(separator: ", ")) {
                Day.weekdays.firstIndex(of: $0)
            })
        time = section.span("time", "a time HH:MM") { TimeOfDay($0) }
        attempt = section.span("attempt", "a whole number from 1") {
            Int($0).flatMap { $0 > 0 ? $0 : nil }
        }
        if section.node.mapping?.isEmpty ?? false {
            section.faults.report(section.node, "\(section.path) needs at least one condition")
        }
    }
}

extension Call {
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Section {
    fileprivate func pattern(_ name: String) -> Pattern? {
        optional(name, "a text, * for any characters") { $0.isEmpty ? nil : Pattern($0) }
    }

    /// A mapping of names to patterns.
    fileprivate func patterns(_ name: String) -> [(name: String, pattern: Pattern)] {
        guard let node = child(name) else { return [] }
        guard let mapping = node.mapping, !mapping.isEmpty else {
            faults.report(node, "\(path).\(name) must be a mapping of names to patterns")
            return []
        }
        return mapping.compactMap { key, value in
            guard let member = key.scalar?.string, let text = value.scalar?.string else {
                faults.report(value, "\(path).\(name) must be a mapping of names to patterns")
                return nil
            }
            return (member, Pattern(text))
        }
    }

    /// One word or a list of them.
    fileprivate func words<Value>(
        _ name: String, _ expected: String, _ parse: (String) -> Value?
    ) -> [Value] {
        guard let node = child(name) else { return [] }
        let nodes = node.sequence.map(Array.init) ?? [node]
        return nodes.compactMap { node in
            let value = node.scalar.flatMap { parse($0.string) }
            if value == nil { faults.report(node, "\(path).\(name) must be \(expected)") }
            return value
        }
    }

    /// One value, or a mapping with `from`, `to` or both.
    fileprivate func span<Value>(
        _ name: String, _ expected: String, _ parse: (String) -> Value?
    ) -> Span<Value>? {
        guard let node = child(name) else { return nil }
        guard node.mapping != nil else {
            let value = optional(name, expected + ", or a mapping of from and to", parse)
            return value.map { Span(from: $0, to: $0) }
        }
        let ends = section(name, allowed: ["from", "to"])
        let span = Span(
            from: ends.optional("from", expected, parse), to: ends.optional("to", expected, parse))
        if !ends.has("from"), !ends.has("to") {
            faults.report(node, "\(path).\(name) needs from, to or both")
        }
        if let from = span.from, let to = span.to, to < from {
            faults.report(node, "\(path).\(name) ends before it begins")
        }
        return span
    }
}
