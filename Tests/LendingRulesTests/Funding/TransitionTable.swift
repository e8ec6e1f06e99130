/// Legal transitions as text, one a line: `state event state`; everything else is illegal.
struct TransitionTable {
    private let rows: [String: String]

    init(_ text: String) {
        let words = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        rows = Dictionary(uniqueKeysWithValues: words.map { ("\($0[0]) \($0[1])", $0[2]) })
    }

    /// How many transitions are legal.
    var count: Int { rows.count }

    /// The state after an event, or nil when the event is illegal there.
    func state(_ state: String, after event: String) -> String? { rows["\(state) \(event)"] }
}
