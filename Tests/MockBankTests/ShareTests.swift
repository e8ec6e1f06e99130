import MockBank
import Testing

@Suite struct ShareTests {
    @Test(arguments: [
        (Int64(70), Int64(1), Int64(1)), (70, 2, 1), (70, 3, 2), (70, 10, 7), (30, 1, 0),
        (30, 2, 1), (30, 3, 1), (30, 9, 3), (30, 10, 3), (50, 1, 1),
    ])
    func `a running total splits by nested half-up`(own: Int64, total: Int64, part: Int64) {
        #expect(Scale(own: own, whole: 100).part(of: total) == part)
    }

    @Test func `parts never fall and reach the weight`() {
        for own in [Int64(0), 1, 333, 500, 667, 1_000] {
            let scale = Scale(own: own, whole: 1_000)
            let parts = (0...1_000).map { scale.part(of: Int64($0)) }
            #expect(zip(parts, parts.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(parts.last == own)
        }
    }

    private func share(_ computation: LenderComputation) throws -> ShareOfLoan {
        let terms = try Sample.terms()
        return try ShareOfLoan(
            terms: terms, amount: 3_333_33, start: terms.disbursedOn, computation: computation,
            own: OwnRounding())
    }

    @Test(arguments: [LenderComputation.scale, .perInstalment, .ownSchedule])
    func `principal adds up to the share in every way of computing`(
        computation: LenderComputation
    ) throws {
        let share = try share(computation)
        #expect(share.instalments.reduce(0) { $0 + $1.principal } == 3_333_33)
        #expect(share.instalments.allSatisfy { $0.principal > 0 && $0.interest > 0 })
    }

    @Test func `the three ways differ by cents`() throws {
        let ways = try [LenderComputation.scale, .perInstalment, .ownSchedule].map(share)
        let rows = ways.map { $0.instalments.map { [$0.principal, $0.interest] } }
        #expect(rows[0] != rows[1])
        #expect(rows[0] != rows[2])
        for other in rows.dropFirst() {
            for (left, right) in zip(rows[0], other) {
                #expect(abs(left[0] - right[0]) <= 12)
                #expect(abs(left[1] - right[1]) <= 1)
            }
        }
    }

    @Test func `per instalment each amount is rounded half-up on its own`() throws {
        let share = try share(.perInstalment)
        // 788.49 and 100.00 × 3,333.33 / 10,000.
        #expect(share.instalments[0].principal == 262_83)
        #expect(share.instalments[0].interest == 33_33)
    }
}
