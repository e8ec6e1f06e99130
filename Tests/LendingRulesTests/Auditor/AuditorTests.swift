import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// A clerk's day-by-day walk agrees with `LoanContract.position` on every lender and bucket.
struct AuditorTests {
    @Test
    func `an audit of 1,000 random lives by all terms finds every bucket right`() throws {
        try Property.check(1_000) { random in
            try Audit(using: &random).run()
        }
    }

    @Test
    func `an audit of 1,000 random lives with every kind of fact finds every bucket right`() throws
    {
        try Property.check(1_000) { random in
            try Audit(isMixed: true, using: &random).run()
        }
    }

    @Test
    func `an audit of 1,000 lives in which claims change hands finds every bucket right`() throws {
        try Property.check(1_000) { random in
            try Audit(isMixed: random.isOne(in: 2), changesHands: true, using: &random).run()
        }
    }

    @Test
    func `an audit of 1,000 lives in which claims are paid for finds every bucket right`() throws {
        try Property.check(1_000) { random in
            try Audit(
                isMixed: random.isOne(in: 2), changesHands: random.isOne(in: 3), assigns: true,
                using: &random
            ).run()
        }
    }

    @Test
    func `a cent belongs to one lender`() {
        var owners = CentOwners(weights: [30, 70])
        #expect(owners.count(0..<1) == [0, 1])
        #expect(owners.count(0..<2) == [1, 1])
        #expect(owners.count(0..<3) == [1, 2])
        #expect(owners.count(0..<10) == [3, 7])
        #expect(owners.count(5..<5) == [0, 0])
    }

    @Test(
        arguments: [
            ("down", 2, 3), ("half-up", 3, 4), ("half-even", 2, 4), ("up", 3, 4),
        ])
    func `the auditor rounds a half on its own`(name: String, twoAndAHalf: Int, threeAndAHalf: Int)
    {
        #expect(ExactFraction(5, 2).rounded(name) == twoAndAHalf)
        #expect(ExactFraction(7, 2).rounded(name) == threeAndAHalf)
        #expect(ExactFraction(4, 2).rounded(name) == 2)
    }
}
