/// Whose each cent of a row is, dealt out by weights: the largest has its part rounded half up, the
/// next its part of the rest, and so on (RULES § 2).
final class CentDeal {
    let weights: [Int]
    /// By falling weight; of equal ones the earlier first.
    private let ranking: [Int]

    init(_ weights: [Int]) {
        self.weights = weights
        ranking = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
    }

    /// Adds what each has of the first cents, `sign` times.
    func deal(_ cents: Int, _ sign: Int, to parts: inout [Int]) {
        var (left, whole) = (cents, weights.reduce(0, +))
        for holder in ranking where whole > 0 && left > 0 {
            let part = Plain.round(
                Int128(left) * Int128(weights[holder]), Int128(whole), .halfUp)
            parts[holder] += sign * part
            left -= part
            whole -= weights[holder]
        }
    }
}

/// Cents in the order in which they will be paid, by runs of one deal.
struct CentHeap {
    private struct Run {
        let deal: CentDeal
        var from: Int
        var to: Int
    }

    private var runs: [Run] = []
    private(set) var count = 0

    init() {}

    init(_ deal: CentDeal, _ from: Int, _ to: Int) {
        guard from < to else { return }
        runs = [Run(deal: deal, from: from, to: to)]
        count = to - from
    }

    mutating func add(_ more: CentHeap) {
        for run in more.runs {
            if let last = runs.last, last.deal === run.deal, last.to == run.from {
                runs[runs.count - 1].to = run.to
            } else {
                runs.append(run)
            }
        }
        count += more.count
    }

    /// Takes so many from the front, or all when there are fewer.
    mutating func take(_ number: Int) -> CentHeap {
        var (left, taken) = (min(number, count), CentHeap())
        while left > 0, let first = runs.first {
            let end = min(first.to, first.from + left)
            taken.add(CentHeap(first.deal, first.from, end))
            left -= end - first.from
            if end == first.to { runs.removeFirst() } else { runs[0].from = end }
        }
        count -= taken.count
        return taken
    }

    mutating func takeAll() -> CentHeap {
        defer { self = CentHeap() }
        return self
    }

    /// Counts whose they are.
    func count(to parts: inout [Int]) {
        for run in runs {
            run.deal.deal(run.to, 1, to: &parts)
            run.deal.deal(run.from, -1, to: &parts)
        }
    }

    func parts(_ holders: Int) -> [Int] {
        var parts = [Int](repeating: 0, count: holders)
        count(to: &parts)
        return parts
    }
}

/// Cents as they come into being.
struct CentSource {
    private(set) var deal: CentDeal
    private var next = 0

    init(_ deal: CentDeal) { self.deal = deal }

    mutating func draw(_ number: Int) -> CentHeap {
        defer { next += number }
        return CentHeap(deal, next, next + number)
    }

    /// Other weights from here on.
    mutating func turn(_ weights: [Int]) {
        if weights != deal.weights { self = CentSource(CentDeal(weights)) }
    }
}
