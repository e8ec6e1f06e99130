/// The nearest valid word to a mistyped one, by edit distance.
enum Nearest {
    /// The closest candidate within a third of the word's length, or nil; ties in candidate order.
    ///
    /// Words above `longest` are no typing slips, and the distance costs their product. Words that
    /// begin alike differ by less than their length says: `most` slips then.
    static func word(
        to word: String, among candidates: [String], longest: Int = 40, most: Int = .max
    ) -> String? {
        let limit = min(most, max(1, word.count / 3))
        guard word.count <= longest else { return nil }
        var best: (word: String, distance: Int)? = nil
        for candidate in candidates {
            let distance = distance(word.lowercased(), candidate.lowercased())
            if distance <= limit, distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var row = [i + 1]
            for (j, other) in right.enumerated() {
                let replaced = last[j] + (letter == other ? 0 : 1)
                var cost = min(replaced, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
