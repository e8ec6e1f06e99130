import Monetary

/// Whose a loan's claims are, place after place of its scales: those of every instalment that has
/// fallen due where single ones have holders of their own, and behind them the rest.
struct ClaimPieces {
    /// How claims go that are in several places.
    enum Order {
        /// Of every place the same part, rounded down on what has gone so far.
        case evenly
        /// Of single instalments the newest first: what is left of older ones had its turn before.
        case newestFirst
    }

    /// By lender, for each place; penalties are in that of the instalment that they accrued on.
    private(set) var places: [[ScaleAmounts]]

    init(_ places: [[ScaleAmounts]]) { self.places = places }

    /// All that a holder has in some places.
    func held(by holder: Int, in reach: Range<Int>) -> ScaleAmounts {
        places[reach].reduce(ScaleAmounts()) { $0 + $1[holder] }
    }

    /// Moves some of what a holder has in some places to another.
    mutating func move(
        _ amounts: ScaleAmounts, from: Int, to: Int, in reach: Range<Int>, _ order: Order
    ) {
        for component in ScaleAmounts.components where amounts[keyPath: component] > 0 {
            let there = places[reach].map { $0[from][keyPath: component] }
            let parts = ClaimPieces.parts(of: amounts[keyPath: component], among: there, order)
            for (place, part) in zip(reach, parts) {
                places[place][from][keyPath: component] -= part
                places[place][to][keyPath: component] += part
            }
        }
    }

    private static func parts(of amount: Int64, among there: [Int64], _ order: Order) -> [Int64] {
        var parts = there.map { _ in Int64(0) }
        switch order {
        case .newestFirst:
            var left = amount
            for place in there.indices.reversed() {
                parts[place] = min(left, there[place])
                left -= parts[place]
            }
        case .evenly:
            let whole = there.reduce(Int128(0)) { $0 + Int128($1) }
            var (passed, gone) = (Int128(0), Int64(0))
            for place in there.indices {
                passed += Int128(there[place])
                let part = Int64(Int128(amount) * passed / whole)
                parts[place] = part - gone
                gone = part
            }
        }
        return parts
    }

    /// One component, place by place.
    func amounts(_ component: KeyPath<ScaleAmounts, Int64>) -> [[Int64]] {
        places.map { $0.map { $0[keyPath: component] } }
    }

    /// Principal by lender: where instalments have holders of their own what has not fallen due,
    /// but all of it where none is left to fall due; nil where there is none at all.
    func holders(isParted: Bool) -> [Int64]? {
        let principal = amounts(\.principal)
        if isParted, let rest = principal.last, rest.contains(where: { $0 > 0 }) { return rest }
        let all = places[0].indices.map { lender in principal.reduce(0) { $0 + $1[lender] } }
        return all.contains { $0 > 0 } ? all : nil
    }
}

extension ScaleAmounts {
    static var components: [WritableKeyPath<ScaleAmounts, Int64>] {
        [\.principal, \.interest, \.penalty, \.penaltyOnInterest, \.fee]
    }

    init(_ claims: Components) {
        self.init(
            principal: claims.allPrincipal, interest: claims.allInterest, penalty: claims.penalty,
            penaltyOnInterest: claims.penaltyOnInterest, fee: claims.fee)
    }

    static func + (left: ScaleAmounts, right: ScaleAmounts) -> ScaleAmounts {
        var sum = left
        for component in components { sum[keyPath: component] += right[keyPath: component] }
        return sum
    }

    static func - (left: ScaleAmounts, right: ScaleAmounts) -> ScaleAmounts {
        var rest = left
        for component in components { rest[keyPath: component] -= right[keyPath: component] }
        return rest
    }

    var total: Int64 {
        ScaleAmounts.components.reduce(0) { $0 + self[keyPath: $1] }
    }

    /// The same by component of a claim.
    var claim: ClaimAmounts {
        ClaimAmounts(
            principal: principal, interest: interest, penalty: penalty + penaltyOnInterest,
            fee: fee)
    }

    /// So much of each, of penalties those on principal first; what there is where it is less.
    func first(_ amounts: ClaimAmounts) -> ScaleAmounts {
        let onPrincipal = min(amounts.penalty, penalty)
        return ScaleAmounts(
            principal: min(amounts.principal, principal), interest: min(amounts.interest, interest),
            penalty: onPrincipal,
            penaltyOnInterest: min(amounts.penalty - onPrincipal, penaltyOnInterest),
            fee: min(amounts.fee, fee))
    }
}
