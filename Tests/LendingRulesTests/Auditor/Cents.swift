/// One cent that somebody owes a lender.
struct Cent: Equatable {
    let owner: Int
    /// Whether it is what the borrower pays beyond the lenders' own rates.
    var isSpread = false
}

/// Cents in the order in which they will be paid.
struct CentQueue {
    private var cents: [Cent] = []
    private var first = 0

    init(_ cents: [Cent] = []) { self.cents = cents }

    var count: Int { cents.count - first }

    /// Those that are left, the next to be paid first.
    var all: ArraySlice<Cent> { cents[first...] }

    mutating func add(_ more: some Sequence<Cent>) { cents.append(contentsOf: more) }

    /// Takes so many from the front, or all when there are fewer.
    mutating func take(_ number: Int) -> [Cent] {
        let last = first + max(0, min(number, count))
        defer { first = last }
        return Array(cents[first..<last])
    }

    /// Lays some in front of the others.
    mutating func putBack(_ more: [Cent]) { self = CentQueue(more + all) }

    mutating func takeAll() -> [Cent] { take(count) }
}

/// Cents of one component as they come into being, each with its owner's name on it.
struct CentStream {
    let book: CentBook
    /// Weights and the cent from which they hold.
    private var pieces: [(from: Int, weights: [Int])]
    private var next = 0

    init(_ book: CentBook, _ weights: [Int]) {
        self.book = book
        pieces = [(0, weights)]
    }

    mutating func draw(_ number: Int) -> [Cent] {
        defer { next += max(0, number) }
        return (0..<max(0, number)).map { cent(next + $0) }
    }

    private func cent(_ number: Int) -> Cent {
        let piece = pieces.last { $0.from <= number } ?? pieces[0]
        return Cent(owner: book.owner(number - piece.from, of: piece.weights))
    }

    /// By which the next cent is dealt.
    var latest: [Int] { pieces[pieces.count - 1].weights }

    /// Other weights from here on.
    mutating func turn(_ weights: [Int]) {
        pieces.append((max(next, pieces[pieces.count - 1].from), weights))
    }

    /// Takes cents back that never came into being.
    mutating func putBack(_ number: Int) { next -= number }

    /// Begins with the first cent again.
    mutating func rewind() { next = 0 }
}

extension Sequence<Cent> {
    /// How many each lender owns.
    func counts(_ lenders: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: lenders)
        for cent in self { counts[cent.owner] += 1 }
        return counts
    }
}
