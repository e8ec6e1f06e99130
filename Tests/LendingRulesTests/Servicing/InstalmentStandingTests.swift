import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Where every cent of an instalment has gone, by the end of a date.
struct InstalmentStandingTests {
    /// `paid/waived/written off/unbilled/open principal/open interest/open penalty`, instalment by
    /// instalment.
    private func line(_ facts: String, _ date: String) throws -> [String] {
        let story = try Story(facts)
        return try story.contract.standings(of: story.position(date)).map { standing in
            [
                standing.paid, standing.waived, standing.writtenOff, standing.unbilled,
                standing.open.principal, standing.open.interest, standing.open.penalty,
            ].map(Story.text).joined(separator: "/")
        }
    }

    private static let second = "0.00/0.00/0.00/0.00/400.00/8.00/0.00"
    private static let third = "0.00/0.00/0.00/0.00/400.00/4.00/0.00"

    @Test(
        arguments: [
            ("", "01-15", "0.00/0.00/0.00/0.00/400.00/12.00/0.00"),
            ("P1 02-01 412.00", "02-01", "412.00/0.00/0.00/0.00/0.00/0.00/0.00"),
            // 9 days of penalty on 400.00 are waived, a tenth runs on the 300.00 that is left.
            (
                "W1 02-10 waiver 100.00/12.00/1.78", "02-10",
                "0.00/112.00/0.00/0.00/300.00/0.00/0.14"
            ),
            (
                "P1 02-01 200.00; W1 02-01 waiver 212.00/0.00/0.00", "02-01",
                "200.00/212.00/0.00/0.00/0.00/0.00/0.00"
            ),
            // The payment is taken back; what was waived stays.
            (
                "P1 02-01 200.00; W1 02-01 waiver 100.00/0.00/0.00; -P1 02-03", "02-03",
                "0.00/100.00/0.00/0.00/300.00/12.00/0.00"
            ),
            // A refund of waiting cash touches no instalment.
            (
                "P1 02-01 500.00; F1 02-02 refund 88.00", "02-02",
                "412.00/0.00/0.00/0.00/0.00/0.00/0.00"
            ),
            (
                "C1 02-10 partial 100.00/12.00/0.00", "02-10",
                "0.00/0.00/112.00/0.00/300.00/0.00/1.92"
            ),
        ])
    func `the first instalment is split into what became of it`(
        facts: String, date: String, expected: String
    ) throws {
        #expect(try line(facts, date) == [expected, Self.second, Self.third])
    }

    @Test func `a full charge-off writes off what was billed and bills no more`() throws {
        // 9 of 31 days of the third period have passed: 1.16 of its 4.00 is billed.
        #expect(
            try line("P1 02-01 412.00; C1 03-10 full all", "03-10") == [
                "412.00/0.00/0.00/0.00/0.00/0.00/0.00",
                "0.00/0.00/408.00/0.00/0.00/0.00/0.00",
                "0.00/0.00/401.16/2.84/0.00/0.00/0.00",
            ])
    }

    @Test(arguments: ["cancelled none", "cancelled interest", "payout-returned"])
    func `of a loan undone nothing was ever billed`(kind: String) throws {
        let undone = try line("X1 01-10 \(kind)", "02-05")
        #expect(
            undone == ["412.00", "408.00", "404.00"].map { "0.00/0.00/0.00/\($0)/0.00/0.00/0.00" })
    }

    @Test func `before the disbursement all of it is open`() throws {
        let story = try Story()
        let standings = try story.contract.standings(of: nil)
        #expect(standings.map(\.unpaid) == story.contract.schedule.instalments.map(\.total))
        #expect(standings.allSatisfy { $0.open.penalty == 0 && $0.paid == 0 })
    }

    @Test
    func `every scheduled cent is somewhere, and what is open is owed to lenders, in 5,000 lives`()
        throws
    {
        try Property.check(5_000) { random in
            let contract = SampleLoan.contract(using: &random)
            let payments = SampleFacts.facts(of: contract, using: &random)
            let last = SampleFacts.horizon(of: contract, facts: payments)
            let span = last.days(since: contract.disbursedOn)
            let reliefs = (0..<random.pick(0...4)).map { number in
                relief("W\(number)", of: contract, within: span, using: &random)
            }
            let date = contract.disbursedOn.adding(days: random.pick(0...span))
            let facts = payments + reliefs
            let position = try contract.position(facts: facts, at: date)
            try StandingLaws(
                standings: contract.standings(of: position), position: position
            ).check()
        }
    }

    private func relief(
        _ id: String, of contract: LoanContract, within days: Int,
        using random: inout SeededGenerator
    ) -> LoanFact {
        let most = max(1, contract.schedule.terms.principal / 3)
        let claims = ClaimAmounts(
            principal: random.pick(1...most), interest: random.pick(0...most), penalty: 1)
        let kinds: [LoanFact.Kind] = [
            .waiver(claims, borneBy: nil), .chargeOff(claims, isFull: false),
            .chargeOff(.everything, isFull: true),
        ]
        let date = contract.disbursedOn.adding(days: random.pick(0...days))
        return LoanFact(
            id: id, kind: random.pick(kinds), valueDate: date, bookingDate: date, instant: 5)
    }
}

/// What instalments say, against what the position says of lenders, payments and reliefs.
private struct StandingLaws {
    let standings: [InstalmentStanding]
    let position: LoanPosition

    func check() throws {
        for standing in standings {
            let sum =
                standing.paid + standing.waived + standing.writtenOff + standing.unbilled
                + standing.open.principal + standing.open.interest
            try hold(sum == standing.instalment.total, "an instalment lost or won a cent")
        }
        try hold(
            sum(\.open.principal) == owed(\.principal) + owed(\.overduePrincipal),
            "open principal is not what lenders are owed")
        try hold(sum(\.open.penalty) == owed(\.penalty), "open penalty is not what is owed")
        try hold(sum(\.paid) == paid, "instalments are not paid what payments brought")
        try hold(sum(\.waived) == taken(byWaiver: true), "waivers took something else")
        try hold(sum(\.writtenOff) == taken(byWaiver: false), "charge-offs took something else")
    }

    private func sum(_ amount: KeyPath<InstalmentStanding, Int64>) -> Int64 {
        standings.reduce(0) { $0 + $1[keyPath: amount] }
    }

    private func owed(_ amount: KeyPath<LenderPosition, Int64>) -> Int64 {
        position.lenders.reduce(0) { $0 + $1[keyPath: amount] }
    }

    private var paid: Int64 {
        position.payments.flatMap(\.parts).reduce(0) {
            $0 + $1.components.total - $1.components.penalty
        }
    }

    private func taken(byWaiver isWaiver: Bool) -> Int64 {
        position.effects.reduce(0) { sum, effect in
            var isOne = false
            switch effect.kind {
            case .waiver: isOne = isWaiver
            case .chargeOff: isOne = !isWaiver
            case .recovery, .collectionCost, .refund, .transfer, .assignment, .indemnity: break
            }
            return isOne ? sum + effect.taken.principal + effect.taken.interest : sum
        }
    }
}
