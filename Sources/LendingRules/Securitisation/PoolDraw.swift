/// The search for shares that together break no limit.
///
/// Limits are parts of the final pool, which nobody knows before it is drawn. So a size is assumed,
/// at first everything on offer, and shares are taken in order as far as the limits of a pool of
/// that size allow. Where less is taken than was assumed, the size was too large: it is lowered to
/// what was taken and the walk repeated. Once as much is taken as was assumed, every limit holds
/// for the pool as it is. What was passed over is then tried again against the pool's real size,
/// which it raises itself, until nothing more can be added.
struct PoolDraw {
    private(set) var tally: PoolTally
    private let eligible: [PoolCandidate]
    private let target: Int64?
    private var isTaken: [Bool]

    init(_ eligible: [PoolCandidate], limits: [PoolLimit], target: Int64?) {
        self.eligible = eligible
        self.target = target
        isTaken = eligible.map { _ in false }
        tally = PoolTally(limits: limits)
        var size = eligible.reduce(0) { $0 + $1.principal }
        if let target { size = min(size, max(0, target)) }
        walk(assuming: size)
        while tally.total < size {
            size = tally.total
            walk(assuming: size)
        }
        while fill() {}
    }

    /// In the order in which they were taken.
    var taken: [PoolCandidate] { zip(eligible, isTaken).filter(\.1).map(\.0) }

    /// Why each of the others cannot be added.
    var exclusions: [PoolExclusion] {
        zip(eligible, isTaken).filter { !$0.1 }.map { share, _ in
            let room = target.map { max(0, $0 - tally.total) } ?? .max
            let reason: PoolReason =
                share.principal > room
                ? .target(room: room)
                : .concentrations(
                    tally.broken(adding: share, whole: tally.total + share.principal))
            return PoolExclusion(share: share, reason: reason)
        }
    }

    private mutating func walk(assuming size: Int64) {
        tally = PoolTally(limits: tally.limits)
        for (place, share) in eligible.enumerated() {
            isTaken[place] = fits(share) && tally.broken(adding: share, whole: size).isEmpty
            if isTaken[place] { tally.add(share) }
        }
    }

    /// Adds what now can be added; false when nothing could.
    private mutating func fill() -> Bool {
        let before = tally.total
        for (place, share) in eligible.enumerated() where !isTaken[place] && fits(share) {
            let whole = tally.total + share.principal
            guard tally.broken(adding: share, whole: whole).isEmpty else { continue }
            isTaken[place] = true
            tally.add(share)
        }
        return tally.total > before
    }

    private func fits(_ share: PoolCandidate) -> Bool {
        target.map { share.principal <= $0 - tally.total } ?? true
    }
}
