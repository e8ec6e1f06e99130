package import LendingRules

/// The book by days past due at the end of a date, and how it came there from the evening before.
package struct Ageing: Hashable, Sendable {
    /// Where a loan stands at the end of a date.
    package enum Standing: Hashable, Comparable, Sendable {
        /// Not disbursed yet.
        case absent
        case bucket(DelinquencyBucket)
        /// Nothing is owed any more: repaid, written off or cancelled.
        case closed
    }

    /// From one evening to the next.
    package struct Move: Hashable, Sendable {
        package let from: Standing
        package let to: Standing

        package init(from: Standing, to: Standing) {
            self.from = from
            self.to = to
        }
    }

    /// Loans of a bucket and the principal they owe, minor units.
    package struct Line: Hashable, Sendable {
        package var loans = 0
        package var principal: Int64 = 0

        package init() {}
    }

    /// M0 to M7+ by their number.
    package private(set) var buckets = [Line](repeating: Line(), count: 8)
    /// Loans by where they came from and where they are.
    package private(set) var moves: [Move: Int] = [:]

    package init() {}

    /// Adds a loan and the principal it owes, minor units.
    package mutating func add(_ move: Move, principal: Int64) {
        moves[move, default: 0] += 1
        guard case .bucket(let bucket) = move.to else { return }
        buckets[bucket.number].loans += 1
        buckets[bucket.number].principal += principal
    }
}

extension Ageing {
    /// Everything that is owed, whatever its age.
    package var total: Line { sum(from: 0) }

    /// What is past due: M1 and beyond.
    package var pastDue: Line { sum(from: 1) }

    /// Buckets of a number and beyond.
    package func sum(from number: Int) -> Line {
        buckets[number...].reduce(into: Line()) {
            $0.loans += $1.loans
            $0.principal += $1.principal
        }
    }

    /// Loans that came to the book on the date.
    package var arrivals: Int { count { $0.from == .absent } }

    /// Loans that left the book on the date.
    package var departures: Int { count { $0.to == .closed && $0.from != .closed } }

    /// Loans in a worse bucket than the evening before.
    package var worse: Int { count { Ageing.isWorse($0) } }

    /// Loans in a better bucket than the evening before.
    package var better: Int { count { Ageing.isWorse(Move(from: $0.to, to: $0.from)) } }

    private static func isWorse(_ move: Move) -> Bool {
        guard case .bucket(let before) = move.from, case .bucket(let now) = move.to else {
            return false
        }
        return now > before
    }

    private func count(_ isCounted: (Move) -> Bool) -> Int {
        moves.reduce(0) { isCounted($1.key) ? $0 + $1.value : $0 }
    }
}
