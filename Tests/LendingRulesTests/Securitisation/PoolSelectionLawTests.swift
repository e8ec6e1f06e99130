import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Laws of every selection, held against pools drawn at random.
struct PoolSelectionLawTests {
    @Test func `no limit is broken and nothing more could be added in 20,000 random pools`() throws
    {
        try Property.check(20_000) { random in
            let offered = try Self.offer(using: &random)
            let terms = try Self.terms(of: offered, using: &random)
            let selection = try terms.select(offered)
            let all = selection.taken + selection.left.map(\.share)
            try hold(all.sorted() == offered.sorted(), "a share is lost or doubled")
            try Self.checkLimits(terms, selection.taken)
            for exclusion in selection.left {
                try Self.checkReason(exclusion, terms, selection)
            }
            let turned = try terms.select(offered.shuffled(using: &random))
            try hold(turned == selection, "the order of the offer matters")
        }
    }

    /// Counted anew, by sums over the shares.
    private static func checkLimits(_ terms: PoolTerms, _ taken: [PoolCandidate]) throws {
        let total = taken.reduce(0) { $0 + $1.principal }
        if let target = terms.target { try hold(total <= target, "more than the target") }
        for limit in terms.limits {
            for dimension in LimitDimension.allCases where limit.scope.dimension == dimension {
                let values = Set(taken.compactMap { $0.traits[dimension] })
                for value in values where limit.scope.subject ?? value == value {
                    let part = taken.filter { $0.traits[dimension] == value }
                        .reduce(0) { $0 + $1.principal }
                    try hold(
                        part * limit.share.denominator <= total * limit.share.numerator,
                        "\(value) is \(part) of \(total), above \(limit.share)")
                }
            }
        }
    }

    /// Adding the share alone does what its reason says.
    private static func checkReason(
        _ exclusion: PoolExclusion, _ terms: PoolTerms, _ selection: PoolSelection
    ) throws {
        let unmet = terms.criteria.unmet(by: exclusion.share, on: terms.cutOff)
        if case .criteria(let told) = exclusion.reason {
            try hold(!told.isEmpty && told == unmet, "a share is left for nothing")
            return
        }
        try hold(unmet.isEmpty, "a share that may not be sold is left for another reason")
        if case .target(let room) = exclusion.reason {
            let total = selection.principal
            try hold(terms.target == total + room, "the room is not what is left of the target")
            try hold(exclusion.share.principal > room, "it would fit")
            return
        }
        do { try checkLimits(terms, selection.taken + [exclusion.share]) } catch { return }
        throw Violation(description: "\(exclusion.share.loan) could be added: \(exclusion.reason)")
    }

    private static func offer(using random: inout SeededGenerator) throws -> [PoolCandidate] {
        let top = random.pick([5, 100, 100_000] as [Int64])
        return try (0..<random.pick(0...40)).map { number in
            let amount = AmountText.format(random.pick(1...top), decimals: 2)
            let borrower = "b\(random.pick(0...12))"
            let (month, days) = (random.pick(1...6), random.isOne(in: 8) ? 40 : 0)
            return try SelectionStory.share(
                "L\(number) harbor \(borrower) \(amount) region=r\(random.pick(0...3)) "
                    + "grade=\(random.pick(["A", "B"])) from=2026-0\(month)-01 DPD=\(days)")
        }
    }

    private static func terms(
        of offered: [PoolCandidate], using random: inout SeededGenerator
    ) throws -> PoolTerms {
        let scopes: [LimitScope] = [
            .each(.borrower), .each(.region), .each(.grade), .one(.region, "r1"),
            .one(.borrower, "b3"),
        ]
        let limits = try scopes.filter { _ in random.isOne(in: 2) }.map {
            PoolLimit($0, atMost: try Share(random.pick(5...100), of: 100))
        }
        var criteria = PoolCriteria(currency: SampleLoan.dollars)
        criteria.latestDaysPastDue = 30
        let all = offered.reduce(0) { $0 + $1.principal }
        return PoolTerms(
            cutOff: SelectionStory.cutOff, criteria: criteria, limits: limits,
            target: random.isOne(in: 2) ? random.pick(0...all) : nil)
    }
}
