// When a fault strikes: for which requests, at which turn, with what chance, how often.

/// Which of the matching requests a rule is for, by their order.
struct Turn: Sendable {
    var nth: Int?
    var first: Int?
    var after: Int?
    var every: Int?
    /// How many in a row from each that `nth` or `every` names.
    var lasting = 1

    /// Whether the matching request with a number, from 1, is one of them.
    func holds(_ number: Int) -> Bool {
        if let nth, number < nth || number >= nth + lasting { return false }
        if let first, number > first { return false }
        if let after, number <= after { return false }
        if let every, number < every || number % every >= lasting { return false }
        return true
    }
}

/// The conditions under which a fault strikes.
struct Rule: Sendable {
    /// As given, or made of the kind and the place in the list.
    let name: String
    /// Whether the scenario gave the name.
    let isNamed: Bool
    /// The word of its draws.
    let word: String
    let probability: Probability
    let budget: Int?
    let match: Match?
    let turn: Turn?
    /// Matching requests that share one draw: all of a burst are struck, or none.
    let burst: Int?

    /// Whether it goes by the order of the matching requests.
    var counts: Bool { turn != nil || burst != nil }

    /// Whether the journal says why it did not strike.
    var explainsItself: Bool { match != nil || turn != nil }

    /// The name under which strikes are counted for the budget.
    func strikeName(_ kind: String) -> String { isNamed ? name : kind }

    func isDrawn(seed: String, _ occasion: Occasion, number: Int) -> Bool {
        if let burst {
            return Draw(seed, word, "burst", "\((number - 1) / burst)").hits(probability)
        }
        return Draw(seed, occasion.word, "\(occasion.attempt)", word).hits(probability)
    }
}

/// A fault with a rule.
protocol Ruled {
    /// Kind in the scenario.
    var kindName: String { get }
    var rule: Rule { get }
    /// The calls it is about when its rule does not say.
    var usualCalls: Set<Call> { get }
    /// Whether it can do anything to a request of a kind, whatever its rule says.
    func canStrike(_ call: Call) -> Bool
}

extension Ruled {
    func canStrike(_ call: Call) -> Bool { true }

    /// The fault as the journal names it.
    var faultName: FaultName { FaultName(kind: kindName, rule: rule.isNamed ? rule.name : nil) }

    /// Whether requests of a kind are looked at.
    func concerns(_ call: Call) -> Bool {
        guard canStrike(call) else { return false }
        guard let match = rule.match else { return usualCalls.contains(call) }
        if !match.calls.isEmpty || match.path != nil || match.method != nil { return true }
        return usualCalls.contains(call)
    }
}

/// What a request adds to the counts that rules go by, kept in the log with what was decided.
struct Seen: Equatable {
    /// A word whose attempts are counted by nothing else.
    var word: String?
    /// Names of rules by turn that it matched.
    var rules: [String] = []

    var isEmpty: Bool { word == nil && rules.isEmpty }
}

/// The counts that rules go by.
struct Tally {
    /// Requests that each rule by turn has matched.
    private(set) var matches: [String: Int] = [:]
    private(set) var attempts: [String: Int] = [:]
    /// Names of rules that are switched off.
    private(set) var off: Set<String> = []

    mutating func add(_ seen: Seen) {
        if let word = seen.word { attempts[word, default: 0] += 1 }
        for rule in seen.rules { matches[rule, default: 0] += 1 }
    }

    /// Another set of faults is in force: its rules count from one.
    mutating func restart() {
        matches = [:]
        off = []
    }

    mutating func turn(_ rule: String, isOn: Bool) {
        if isOn { off.remove(rule) } else { off.insert(rule) }
    }
}
