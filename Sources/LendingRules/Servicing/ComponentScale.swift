package import Monetary

/// The scale of one component in a holding epoch: what lies from a to b of it gives each lender
/// `S(b) − S(a)` (RULES § 2).
///
/// Its weights may turn at a place, when a drawdown or a restructuring gives lenders other parts
/// of what comes after; what lies before stays as it was.
package struct ComponentScale: Hashable, Sendable {
    private struct Piece: Hashable {
        let start: Int64
        let scale: ProportionalScale
        /// The place of the piece's own scale at which it starts.
        var offset: Int64 = 0
    }

    private var pieces: [Piece]

    init(_ scale: ProportionalScale) { pieces = [Piece(start: 0, scale: scale)] }

    /// The weights of what comes last.
    package var latest: ProportionalScale { pieces[pieces.count - 1].scale }

    /// Where the latest weights begin.
    package var latestStart: Int64 { pieces[pieces.count - 1].start }

    /// Gives what lies from `place` on other weights; what lies before the last turn stays as it
    /// was, also where another plan has accrued a cent less than had been accrued by then.
    mutating func turn(at place: Int64, to scale: ProportionalScale) {
        let place = max(place, latestStart)
        if place == latestStart { pieces.removeLast() }
        pieces.append(Piece(start: place, scale: scale))
    }

    /// Gives what lies from `place` on other weights, whatever it had.
    mutating func overlay(from place: Int64, with scale: ProportionalScale) {
        while let last = pieces.last, last.start >= place, pieces.count > 1 { pieces.removeLast() }
        turn(at: place, to: scale)
    }

    /// The scale without its first places: what was `count` is 0.
    func dropping(first count: Int64) -> ComponentScale {
        var rest = self
        rest.pieces = pieces.enumerated().compactMap { index, piece in
            let end = index + 1 < pieces.count ? pieces[index + 1].start : Int64.max
            if end <= count { return nil }
            let start = max(piece.start, count)
            return Piece(
                start: start - count, scale: piece.scale,
                offset: piece.offset + start - piece.start)
        }
        return rest
    }

    /// Each lender's part from `start` to `end`, in agreement order.
    ///
    /// - Throws: ``AmountError/negativeCumulative(_:)`` when either end is below zero.
    func parts(from start: Int64, to end: Int64) throws(AmountError) -> [Int64] {
        if pieces.count == 1 {
            let shift = pieces[0].offset
            return try pieces[0].scale.parts(from: start + shift, to: end + shift)
        }
        var sums = [Int64](repeating: 0, count: latest.weights.count)
        for (index, piece) in pieces.enumerated() {
            let isLast = index + 1 == pieces.count
            let low = max(start, piece.start)
            let high = isLast ? end : min(end, pieces[index + 1].start)
            guard low < high else { continue }
            let shift = piece.offset - piece.start
            let parts = try piece.scale.parts(from: low + shift, to: high + shift)
            for lender in sums.indices { sums[lender] += parts[lender] }
        }
        return sums
    }
}
