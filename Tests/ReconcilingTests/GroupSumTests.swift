import Reconciling
import Testing

/// The parts of a payment add up to its line, inside the partner's own files.
struct GroupSumTests {
    /// A payment of two instalments on both sides.
    private static func day(_ change: (inout Day) -> Void = { _ in }) -> Day {
        var day = Day()
        day.ourPayments = [Samples.payment("P")]
        day.ourParts = [
            Samples.part("P", 1, principal: 70_000, interest: 9_000, serviceFee: -900),
            Samples.part("P", 2, principal: 8_849, interest: 1_000, serviceFee: -100),
        ]
        day.theirPayments = day.ourPayments
        day.theirParts = day.ourParts
        change(&day)
        return day
    }

    private static func group(_ day: Day) throws -> ExplainedBreak? {
        try day.reconciled().first { $0.found.kind == .groupSum }
    }

    @Test func `parts that add up are no break`() throws {
        #expect(try Self.day().reconciled().isEmpty)
    }

    @Test func `a part left out is told of the group too, and the group follows from it`() throws {
        let day = Self.day { $0.theirParts.removeLast() }
        let group = try #require(try Self.group(day))
        #expect(group.found.key == ["P", "L-1"])
        #expect(group.found.claims.isEmpty)
        #expect(group.explanation.cause == .followsFrom)
        #expect(group.found.differences.map(\.column) == ["principal", "interest", "service_fee"])
        #expect(
            group.explanation.sentence.hasPrefix(
                """
                repayments-by-instalment P/L-1, group-sum; first at principal: \
                its line 788.49, the parts 700.00, difference 88.49;
                """))
    }

    @Test func `a line that is misprinted fails its group, which follows from it`() throws {
        let day = Self.day { $0.theirPayments = [Samples.payment("P", interest: 10_500)] }
        let breaks = try day.reconciled()
        let line = try #require(breaks.first { $0.found.kind == .amount })
        #expect(try Self.group(day)?.explanation.related == [line.found.id])
    }

    /// Our file lacks the parts, so nothing of ours stands against theirs.
    @Test func `what only the partner's files contradict is its own`() throws {
        let day = Self.day { day in
            day.tolerance = 2
            day.ourParts[0] = Samples.part(
                "P", 1, principal: 70_002, interest: 9_000, serviceFee: -900)
            day.theirParts[0] = Samples.part(
                "P", 1, principal: 70_003, interest: 9_000, serviceFee: -900)
        }
        #expect(try Self.group(day)?.explanation.cause == .brokenGroup)
        #expect(try Self.group(day)?.found.magnitude == 3)
    }

    @Test func `cents within tolerance, and payments of one file alone, are no group's`() throws {
        let cents = Self.day { day in
            day.tolerance = 1
            day.theirParts[1] = Samples.part(
                "P", 2, principal: 8_850, interest: 1_000, serviceFee: -100)
        }
        #expect(try Self.group(cents) == nil)
        let alone = Self.day { day in
            day.theirParts = []
            day.theirPayments.append(Samples.payment("Q"))
        }
        #expect(try Self.group(alone) == nil)
    }

    @Test func `checks come before lines, in the order of the rules`() throws {
        var day = Self.day { day in
            day.theirParts.removeLast()
            day.earlier = [Samples.stated(5)]
            day.ourBalances = [Samples.balance()]
            day.theirBalances = [Samples.balance(principal: 900_000)]
        }
        day.theirParts.reverse()
        #expect(
            try day.reconciled().map { "\($0.found.file) \($0.found.kind.rawValue)" } == [
                "repayments-by-instalment group-sum", "repayments-by-instalment ours-only",
                "balances balance-chain", "balances amount",
            ])
    }
}
