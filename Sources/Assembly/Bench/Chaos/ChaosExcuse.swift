/// What a bank's own mistake with the money may come to in the books; it explains nothing else.
///
/// A bank that does not remember a key for a while, say, leaves us in doubt. It does not explain
/// that we took its first word for proof and the money is at both ends.
enum ChaosExcuse {
    /// Whether the mistake explains that difference of a share.
    ///
    /// - Parameter own: The share as our books have it, nil when they do not.
    static func covers(
        _ mistake: String, _ verdict: ChaosComparison.Verdict, own: ChaosShare?
    ) -> Bool {
        // What we are not sure of is told to people, whatever the bank did.
        let isUndecided = own.map { !$0.isDecided } ?? false
        if verdict == .unexplained, isUndecided { return true }
        switch mistake {
        case "duplicate-execution": return verdict == .doubled
        case "overtaken-request": return verdict == .lost && own?.isFunded == false
        case _ where amounts.contains(mistake): return verdict == .unexplained
        default: return false
        }
    }

    /// Mistakes after which the two sides are sure of different amounts.
    private static let amounts: Set<String> = [
        "cent-off", "cent-off-in-answer", "wrong-currency", "wrong-currency-in-answer",
        "partial-funding",
    ]
}
