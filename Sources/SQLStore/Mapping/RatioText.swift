internal import LendingRules
internal import Monetary

/// A ratio change in one cell: the treatment, every holder's share and, behind a plus sign, what
/// holders take over: `actuals platform:1/5 harbor:4/5 + harbor:30000`.
enum RatioText {
    /// The cell of a change; names of parties hold no blank and no colon.
    static func text(_ change: RatioChange) -> String {
        var words = [change.treatment.rawValue]
        words += change.parts.map { "\($0.party.name):\($0.share)" }
        if !change.growth.isEmpty { words += ["+", HolderList.text(change.growth)] }
        return words.joined(separator: " ")
    }

    /// The change in a cell; throws `StoreError.unexpectedValue` for another text.
    static func read(_ row: borrowing Row, _ column: Int) throws(StoreError) -> RatioChange {
        let text = try row.text(column)
        guard let change = change(text) else {
            throw .unexpectedValue(column: column, expected: "a ratio change", found: text)
        }
        return change
    }

    private static func change(_ text: String) -> RatioChange? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard let treatment = words.first.flatMap({ RatioChange.Treatment(rawValue: String($0)) })
        else { return nil }
        let halves = words.dropFirst().split(
            separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        var parts: [RatioChange.Part] = []
        for word in halves[0] {
            guard let (name, share) = pair(word), let share = try? Share(share) else { return nil }
            parts.append(RatioChange.Part(party: PartyID(name), share: share))
        }
        var growth: [PlannedShare] = []
        for word in halves.count > 1 ? halves[1] : [] {
            guard let (name, amount) = pair(word), let amount = Int64(amount) else { return nil }
            growth.append(PlannedShare(party: PartyID(name), amount: amount))
        }
        let change = RatioChange(parts: parts, treatment: treatment, growth: growth)
        return change.isSound ? change : nil
    }

    private static func pair(_ word: Substring) -> (String, Substring)? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        return (String(parts[0]), parts[1])
    }
}
