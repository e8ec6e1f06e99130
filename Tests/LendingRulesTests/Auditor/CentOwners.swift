/// Who owns each single cent of a component, decided cent by cent (RULES § 2).
///
/// Of `n` cents the lender with the largest weight has its share rounded half up, the next its
/// share of the rest, and so on. The n-th cent is the one's whose number grew from n − 1 to n.
struct CentOwners {
    private let weights: [Int]
    /// Lenders by falling weight; of equal ones the earlier first.
    private let ranking: [Int]
    private(set) var owners: [Int] = []
    private var counts: [Int]

    init(weights: [Int]) {
        self.weights = weights
        counts = weights.map { _ in 0 }
        var ranking: [Int] = []
        for lender in weights.indices {
            let place = ranking.firstIndex { weights[$0] < weights[lender] } ?? ranking.count
            ranking.insert(lender, at: place)
        }
        self.ranking = ranking
    }

    /// The owner of a cent; the first is number 0.
    mutating func owner(_ cent: Int) -> Int {
        while owners.count <= cent { addCent() }
        return owners[cent]
    }

    /// How many of the cents numbered `range` each lender owns.
    mutating func count(_ range: Range<Int>) -> [Int] {
        var result = weights.map { _ in 0 }
        for cent in range { result[owner(cent)] += 1 }
        return result
    }

    private mutating func addCent() {
        let next = split(owners.count + 1)
        let growing = weights.indices.filter { next[$0] != counts[$0] }
        precondition(
            growing.count == 1 && next[growing[0]] == counts[growing[0]] + 1,
            "one more cent makes exactly one lender richer")
        owners.append(growing[0])
        counts = next
    }

    private func split(_ cents: Int) -> [Int] {
        var parts = weights.map { _ in 0 }
        var (left, weightLeft) = (cents, weights.reduce(0, +))
        for lender in ranking where weightLeft > 0 {
            parts[lender] = ExactFraction(
                Int128(left) * Int128(weights[lender]), Int128(weightLeft)
            ).rounded("half-up")
            left -= parts[lender]
            weightLeft -= weights[lender]
        }
        return parts
    }
}

/// The owners' names for every set of weights, so that a walk that starts anew need not write them
/// again.
final class CentBook {
    private var pages: [[Int]: CentOwners] = [:]

    func owner(_ cent: Int, of weights: [Int]) -> Int {
        pages[weights, default: CentOwners(weights: weights)].owner(cent)
    }
}
