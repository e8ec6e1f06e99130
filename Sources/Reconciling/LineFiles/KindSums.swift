/// Counts and sums of breaks by their kind, the sums by currency too.
struct KindSums {
    private struct Key: Hashable {
        let kind: BreakKind
        let currency: String
    }

    private var counts: [BreakKind: Int] = [:]
    private var sums: [Key: WideAmount] = [:]

    /// - Parameter currency: empty where it makes no difference.
    /// - Throws: ``ExactAmount/Fault/overflow``.
    mutating func add(_ found: FoundBreak, _ currency: String) throws(ExactAmount.Fault) {
        counts[found.kind, default: 0] += 1
        guard let amount = found.amount else { return }
        try sums[Key(kind: found.kind, currency: currency), default: .zero].add(amount)
    }

    /// The kinds that occurred, in their order.
    func kinds(isMixed: Bool) -> [MatchSummary.Kind] {
        BreakKind.allCases.compactMap { kind in
            counts[kind].map { MatchSummary.Kind(kind: kind, count: $0, sum: sum(kind, isMixed)) }
        }
    }

    private func sum(_ kind: BreakKind, _ isMixed: Bool) -> SummedAmount {
        guard isMixed else {
            return .single((sums[Key(kind: kind, currency: "")] ?? .zero).text)
        }
        let parts = sums.filter { $0.key.kind == kind }.map { key, amount in
            SummedAmount.Part(currency: key.currency, amount: amount)
        }
        return .byCurrency(parts.sorted { $0.currency < $1.currency })
    }
}
