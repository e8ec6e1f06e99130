import Monetary

/// The nested split over at most three lenders, without an allocation (RULES § 2).
///
/// Weights stand largest first; `seats` tells which lender of the agreement each belongs to.
struct LenderSplit: Hashable {
    let first: Int64
    let second: Int64
    let third: Int64

    /// The parts of a cumulative amount, largest weight first.
    @inline(__always)
    func parts(of cumulative: Int64) -> (first: Int64, second: Int64, third: Int64) {
        if second == 0 { return (cumulative, 0, 0) }
        let rest = second + third
        let largest = Proportion.halfUp(cumulative, first, first + rest)
        let remainder = cumulative - largest
        if third == 0 { return (largest, remainder, 0) }
        let middle = Proportion.halfUp(remainder, second, rest)
        return (largest, middle, remainder - middle)
    }

    /// The weights in order of size, ties in agreement order, and the seat of each.
    static func ordered(_ weights: [Int64]) -> (split: LenderSplit, seats: LenderSeats) {
        precondition((1...3).contains(weights.count), "the kernel splits over one to three lenders")
        let order = weights.indices.sorted { (weights[$0], $1) > (weights[$1], $0) }
        func weight(_ rank: Int) -> Int64 { rank < order.count ? weights[order[rank]] : 0 }
        func seat(_ rank: Int) -> Int { rank < order.count ? order[rank] : rank }
        return (
            LenderSplit(first: weight(0), second: weight(1), third: weight(2)),
            LenderSeats(first: seat(0), second: seat(1), third: seat(2))
        )
    }
}

/// Which lender of the agreement has the largest, the next and the smallest weight; two bits each.
struct LenderSeats: Hashable {
    private let packed: UInt8

    init(first: Int, second: Int, third: Int) {
        packed = UInt8(first | second << 2 | third << 4)
    }

    var first: Int { Int(packed & 3) }
    var second: Int { Int(packed >> 2 & 3) }
    var third: Int { Int(packed >> 4 & 3) }
}
