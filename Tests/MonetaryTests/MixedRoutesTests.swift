import Monetary
import TestSupport
import Testing

/// The ways in which part of an instalment can leave its bucket (RULES § 2).
private enum Route: CaseIterable { case paid, waived, chargedOff, compensated, movedToOverdue }

/// One loan's principal: every route takes the next interval of its instalment from one scale.
private struct MixedRoutes {
    let scale: ProportionalScale
    /// Cumulative ends of the instalments.
    let ends: [Int64]
    /// Up to where each instalment has left, and up to where it has moved to overdue or left.
    var left: [Int64]
    var moved: [Int64]
    /// Each lender's normal and overdue principal.
    var normal: [Int64]
    var overdue: [Int64]

    init(_ random: inout SeededGenerator) throws {
        let weights = (0..<random.pick(2...8)).map { _ in
            random.pick(0...50 as ClosedRange<Int64>)
        }
        scale = try ProportionalScale(weights: weights.allSatisfy { $0 == 0 } ? [7, 3] : weights)
        let total = scale.total
        let cuts = (0..<random.pick(0...5)).map { _ in random.pick(0...total) }
        ends = cuts.sorted() + [total]
        left = [0] + ends.dropLast()
        moved = left
        normal = scale.weights
        overdue = scale.weights.map { _ in 0 }
    }

    /// Takes a drawn amount along a drawn route; a payment takes what is overdue first.
    mutating func step(_ random: inout SeededGenerator) throws {
        let open = ends.indices.filter { left[$0] < ends[$0] }
        let index = random.pick(open)
        let route = random.pick(Route.allCases)
        if route == .movedToOverdue {
            let end = random.pick(moved[index]...ends[index])
            try move(from: moved[index], to: end)
            moved[index] = end
        } else {
            let end = random.pick(left[index]...ends[index])
            try take(from: left[index], to: min(end, moved[index]), of: \.overdue)
            try take(from: max(left[index], moved[index]), to: end, of: \.normal)
            left[index] = end
            moved[index] = max(moved[index], end)
        }
        try hold(
            (normal + overdue).allSatisfy { $0 >= 0 },
            "\(scale.weights) \(ends): \(route) leaves \(normal) and \(overdue)")
    }

    private mutating func take(
        from start: Int64, to end: Int64, of bucket: WritableKeyPath<MixedRoutes, [Int64]>
    ) throws {
        guard start < end else { return }
        for (lender, part) in try scale.parts(from: start, to: end).enumerated() {
            self[keyPath: bucket][lender] -= part
        }
    }

    private mutating func move(from start: Int64, to end: Int64) throws {
        try take(from: start, to: end, of: \.normal)
        for (lender, part) in try scale.parts(from: start, to: end).enumerated() {
            overdue[lender] += part
        }
    }
}

@Test func `mixed routes on one scale end at zero`() throws {
    try Property.check(100_000) { random in
        var loan = try MixedRoutes(&random)
        while loan.left != loan.ends { try loan.step(&random) }
        try hold(
            (loan.normal + loan.overdue).allSatisfy { $0 == 0 },
            "\(loan.scale.weights) \(loan.ends): \(loan.normal) and \(loan.overdue) are left over")
    }
}

@Test func `a counter for each route would break the claims that one scale keeps`() throws {
    let scale = try ProportionalScale(weights: [7, 3])
    let paid = try scale.parts(of: 5)
    #expect(paid == [4, 1])
    let ownCounter = try scale.parts(of: 5)
    #expect(zip(paid, ownCounter).map(+) == [8, 2])
    let sameScale = try scale.parts(from: 5, to: 10)
    #expect(zip(paid, sameScale).map(+) == [7, 3])
}
