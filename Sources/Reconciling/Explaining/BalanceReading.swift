/// Which breaks a loan's two balances have taken in: the breaks whose effects add up to the
/// difference between the balances.
enum BalanceReading {
    /// The rows that would tell are not both there, or nothing adds up.
    case inconclusive
    /// The breaks in the balance; every other one is not in it. `first` names some of
    /// them in order, `rest` is what they leave over.
    case conclusive(inBalance: Set<BreakID>, first: [BreakID], rest: Rest)

    /// What the breaks leave of the difference.
    enum Rest {
        case nothing
        case penalty
        /// Within the partner's rounding or the limit of a misprint.
        case cents
    }

    /// Beyond this many breaks of one loan only "none", "carried" and "all" are tried.
    private static let searchLimit = 8

    /// Reads one loan's evidence.
    ///
    /// `rounding` is what a partner that computes in its own way may be off by, minor units.
    init(_ evidence: LoanEvidence, rounding: Int64?, misprintLimit: Int64) {
        guard case .both(let difference) = evidence.rows else {
            self = .inconclusive
            return
        }
        let search = Search(evidence, difference: difference, isRounding: rounding != nil)
        self =
            search.first(.nothing, where: \.isNone)
            ?? rounding.flatMap { limit in search.first(.cents) { $0.isWithin(limit) } }
            ?? search.first(.penalty, isEmptyAllowed: false) {
                $0.isWithin(rounding ?? 0, except: .penalty)
            }
            ?? search.first(.cents) { $0.isWithin(max(rounding ?? 0, misprintLimit)) }
            ?? .inconclusive
    }

    /// Whether a break is in the balance, or nil when the balances do not tell.
    func isInBalance(_ id: BreakID) -> Bool? {
        switch self {
        case .inconclusive: nil
        case .conclusive(let breaks, _, _): breaks.contains(id)
        }
    }

    /// The sets of breaks to try, and the difference each leaves over.
    private struct Search {
        private let candidates: [(ids: [BreakID], rest: BalanceEffect)]

        /// Carried breaks vary fastest, so that among equal explanations an old difference that
        /// persists is preferred to a new one that happens to be as large.
        init(_ evidence: LoanEvidence, difference: BalanceEffect, isRounding: Bool) {
            let carried = evidence.carried.map { (id: $0.id, effect: $0.effect) }
            let today = evidence.movements
                .filter { !$0.effect.isNone && !(isRounding && $0.found.kind == .rounding) }
                .map { (id: $0.found.id, effect: $0.effect) }
            let breaks = carried + today
            let sets =
                breaks.count <= searchLimit
                ? (0..<(1 << breaks.count)).map { mask in
                    breaks.indices.filter { mask >> $0 & 1 == 1 }
                }
                : [[], Array(carried.indices), Array(breaks.indices)]
            candidates = sets.map { set in
                (set.map { breaks[$0].id }, set.reduce(difference) { $0 - breaks[$1].effect })
            }
        }

        func first(
            _ rest: Rest, isEmptyAllowed: Bool = true, where fits: (BalanceEffect) -> Bool
        ) -> BalanceReading? {
            candidates.first { (isEmptyAllowed || !$0.ids.isEmpty) && fits($0.rest) }
                .map {
                    .conclusive(
                        inBalance: Set($0.ids),
                        first: Array($0.ids.prefix(Explanation.relatedLimit)), rest: rest)
                }
        }
    }
}
