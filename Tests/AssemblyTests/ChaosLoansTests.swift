import Assembly
import Monetary
import TestSupport
import Testing

@Suite struct ChaosLoansTests {
    /// A loan of 1,000.00 that bank 0 lends 700.00 of, by the way reimburse.
    private static let loan = ChaosLoan("L1", cents: 100_000)
    /// Bank 0 lends 500.00 of it and bank 1 300.00, by the way escrow.
    private static let pair = ChaosLoan("L1", cents: 100_000, hasTwoBanks: true)

    private static func share(
        _ bank: String, _ amount: String, _ state: String = "confirmed", number: Int = 1
    ) -> ChaosShare {
        ChaosShare(
            key: "L1.\(bank).\(number)", bank: bank, loan: "L1", amount: amount, currency: "USD",
            state: state)
    }

    private static func verdicts(
        _ loan: ChaosLoan, _ shares: [ChaosShare], isDisbursed: Bool = true,
        payouts: [ChaosPayout]? = nil, mistakes: [String: String] = [:], named: Set<String> = []
    ) -> [ChaosComparison.Verdict] {
        let banks = (0..<4).map { "bank\($0)" }
        return ChaosComparison(
            ours: shares, theirs: shares, mistakes: mistakes, named: named,
            loans: .init(
                [loan], disbursed: isDisbursed ? ["L1"] : [], payouts: payouts, banks: banks)
        ).differences.filter { $0.explanation == nil }.map(\.verdict)
    }

    @Test(arguments: [
        (100_000, 70_000, 80_000), (1, 1, 1), (2, 1, 2), (99_999, 69_999, 79_999), (5, 4, 4),
    ])
    func `what banks lend is rounded largest share first`(cents: Int64, alone: Int64, two: Int64) {
        #expect(ChaosLoan("L1", cents: cents).banksPart == alone)
        #expect(ChaosLoan("L1", cents: cents, hasTwoBanks: true).banksPart == two)
    }

    @Test func `banks' parts are those that the platform's scale splits off`() throws {
        try Property.check(2_000) { random in
            let cents = Int64(random.pick(1...2_000_000))
            for (hasTwoBanks, weights) in [(false, [Int64(30), 70]), (true, [20, 50, 30])] {
                let parts = try ProportionalScale(weights: weights).parts(of: cents)
                let loan = ChaosLoan("L1", cents: cents, hasTwoBanks: hasTwoBanks)
                try hold(loan.banksPart == cents - parts[0], "\(cents) by \(weights)")
            }
        }
    }

    @Test func `a share that another bank has taken over too is doubled`() {
        let first = Self.share("bank0", "700.00")
        #expect(Self.verdicts(Self.loan, [first]) == [])
        let late = [first, Self.share("bank1", "700.00", number: 2)]
        #expect(Self.verdicts(Self.loan, late) == [.doubled])
        let back = [Self.share("bank0", "700.00", "reversed"), late[1]]
        #expect(Self.verdicts(Self.loan, back) == [])
    }

    @Test func `a part and the rest at another bank make up the share, a cent more does not`() {
        let part = Self.share("bank0", "420.00")
        #expect(
            Self.verdicts(Self.loan, [part, Self.share("bank1", "280.00", number: 2)]) == [])
        #expect(
            Self.verdicts(Self.loan, [part, Self.share("bank1", "280.01", number: 2)])
                == [.doubled])
    }

    @Test(
        arguments: [
            (100_000, []), (99_999, [.unexplained]), (0, [.lost]),
        ] as [(Int64, [ChaosComparison.Verdict])])
    func `the channel has paid a disbursed loan to the cent`(
        paid: Int64, verdicts: [ChaosComparison.Verdict]
    ) {
        let payouts = paid > 0 ? [ChaosPayout(loan: "L1", cents: paid)] : []
        #expect(
            Self.verdicts(Self.loan, [Self.share("bank0", "700.00")], payouts: payouts)
                == verdicts)
    }

    @Test func `where each lender pays its share, the channel pays what the platform lends`() {
        let shares = [Self.share("bank0", "500.00"), Self.share("bank1", "300.00")]
        func verdicts(_ cents: Int64) -> [ChaosComparison.Verdict] {
            Self.verdicts(Self.pair, shares, payouts: [ChaosPayout(loan: "L1", cents: cents)])
        }
        #expect(verdicts(20_000) == [])
        #expect(verdicts(100_000) == [.unexplained])
    }

    @Test func `money that a borrower has without a loan is lost, unless it came back`() {
        func verdicts(_ payout: ChaosPayout) -> [ChaosComparison.Verdict] {
            Self.verdicts(Self.loan, [], isDisbursed: false, payouts: [payout])
        }
        #expect(verdicts(ChaosPayout(loan: "L1", cents: 100_000)) == [.lost])
        #expect(verdicts(ChaosPayout(loan: "L1", cents: 100_000, isReturned: true)) == [])
        #expect(verdicts(ChaosPayout(loan: "L1", cents: 100_000, isPaid: false, tries: 2)) == [])
    }

    @Test func `a loan's difference is explained by a named mistake with one of its shares`() {
        let shares = [Self.share("bank0", "700.01")]
        let mistakes = ["L1.bank0.1": "cent-off"]
        #expect(Self.verdicts(Self.loan, shares, mistakes: mistakes) == [.doubled])
        #expect(
            Self.verdicts(Self.loan, shares, mistakes: mistakes, named: ["L1.bank0.1"]) == [])
    }
}
