import Bookkeeping
import LendingRules
import Monetary
import TestSupport
import Testing

/// What parties owe each other becomes one amount for each of them and currency.
struct NettingTests {
    @Test(
        arguments: [
            ("", ""), ("harbor USD repayments 100", "harbor USD 100"),
            (
                "harbor USD repayments 9, harbor USD funding-due -70, harbor USD service-fees -1",
                "harbor USD -62"
            ),
            // Currencies never mix, parties neither; a net of zero stays to be seen.
            (
                "summit USD repayments 5, harbor CNY repayments 7, harbor USD repayments 1",
                "harbor CNY 7, harbor USD 1, summit USD 5"
            ),
            ("harbor USD repayments 5, harbor USD service-fees -5", "harbor USD 0"),
        ])
    func `obligations are netted by party and currency`(obligations: String, nets: String) throws {
        let rows = try Self.obligations(obligations)
        let expected = nets
        func text(_ rows: [Obligation]) throws -> String {
            try Netting.net(rows).map { "\($0.party) \($0.currency) \($0.amount)" }
                .joined(separator: ", ")
        }
        #expect(try text(rows) == expected)
        #expect(try text(rows.reversed()) == expected)
    }

    @Test
    func `a net beyond 64 bits is an overflow`() throws {
        let rows = try Self.obligations(
            "harbor USD repayments \(Int64.max), harbor USD repayments 1")
        #expect(throws: AmountError.overflow) { try Netting.net(rows) }
    }

    @Test
    func `the obligations of a day settle exactly what its entries left due`() throws {
        let story = try Story("P1 02-01 500.00")
        let before = try story.position("01-31")
        let postings = LoanPostings.difference(
            of: story.contract, from: before, to: try story.position("02-01"))
        let platform = story.contract.platform
        // Due to/from a party is an asset when positive, so the platform pays its negation.
        let obligations = postings.filter {
            $0.posting.book == platform.book && $0.posting.account == .dueToFrom
        }.compactMap { line in
            ObligationType(line.kind).map {
                Obligation(
                    date: Story.date("02-01"), party: PartyID("harbor"),
                    currency: SampleLoan.dollars, type: $0, amount: -line.posting.amount)
            }
        }
        let net = try Netting.net(obligations)
        #expect(net.map(\.amount) == [28_756])
        var balance = TrialBalance()
        for line in postings { try balance.add(line.posting) }
        let settled = SettlementEffect.instruct(net[0].amount)
            .postings(between: platform, and: net[0].party, in: net[0].currency)
        for posting in settled { try balance.add(posting) }
        try balance.check()
        #expect(
            balance.rows.filter { $0.key.account == .dueToFrom }.allSatisfy { $0.amount == 0 })
    }

    @Test(
        arguments: [
            (EntryKind.disbursement, "funding-due"), (.repayment, "repayments"),
            (.serviceFee, "service-fees"), (.accrual, nil), (.overdue, nil), (.penalty, nil),
            (.commitment, nil), (.payout, nil), (.settlement, nil), (.poolSale, "pool-sales"),
            (.poolCollection, "pool-collections"), (.poolNotes, "pool-notes"),
        ] as [(EntryKind, String?)])
    func `entries with an open side between parties become obligations`(
        kind: EntryKind, type: String?
    ) {
        #expect(ObligationType(kind)?.rawValue == type)
    }

    private static func obligations(_ text: String) throws -> [Obligation] {
        try text.split(separator: ", ").map {
            let words = $0.split(separator: " ").map(String.init)
            return Obligation(
                date: Story.date("02-01"), party: PartyID(words[0]),
                currency: SampleLoan.currency(words[1]),
                type: try #require(ObligationType(rawValue: words[2])),
                amount: try #require(Int64(words[3])))
        }
    }
}
