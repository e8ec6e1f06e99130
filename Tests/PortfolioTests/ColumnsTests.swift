import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Portfolio
import TestSupport
import Testing

/// The columns themselves: their size, their order and the ends of 64 bits.
struct ColumnsTests {
    @Test
    func `a loan takes at most 100 bytes`() {
        #expect(PortfolioColumns.bytesPerLoan <= 100)
    }

    @Test
    func `an empty book accrues nothing`() throws {
        #expect(try PortfolioColumns().accrue(on: SampleLoan.date("2026-01-05")).isEmpty)
    }

    @Test(
        arguments: [
            // opening, rate units, rounding, days passed, accrued on the day
            (100_000, 12_000_000, Rounding.halfEven, 0, 32), (100_000, 12_000_000, .down, 0, 32),
            (100_000, 12_000_000, .up, 0, 33), (100_000, 12_000_000, .halfUp, 30, 32),
            (1_550, 12_000_000, .halfEven, 0, 0), (1_550, 12_000_000, .halfUp, 0, 1),
            (4_650, 12_000_000, .halfEven, 0, 2), (4_650, 12_000_000, .halfUp, 0, 2),
            (0, 12_000_000, .up, 5, 0), (100_000, 0, .up, 5, 0),
            (Int64.max, 1_200_000, .down, 30, 297_528_130_221_121),
            (Int64.max, 1_200_000, .up, 0, 297_528_130_221_122),
        ] as [(Int64, Int64, Rounding, Int, Int64)])
    func `each rounding is applied once to the cumulative`(
        opening: Int64, units: Int64, rounding: Rounding, passed: Int, accrued: Int64
    ) throws {
        var columns = PortfolioColumns()
        columns.append(
            Self.anchor(
                opening: opening, rate: AnnualRate(units: units), rounding: rounding))
        let totals = try columns.accrue(on: SampleLoan.date("2026-01-01").adding(days: passed))
        #expect(totals.map(\.amount) == (accrued == 0 ? [] : [accrued]))
    }

    @Test
    func `interest beyond 64 bits is an overflow and never a wrapped sum`() {
        let date = SampleLoan.date("2026-01-31")
        for (before, loans) in [(Int64.max, 1), (0, 40_000)] {
            var columns = PortfolioColumns()
            for _ in 0..<loans {
                columns.append(
                    Self.anchor(
                        opening: .max, rate: AnnualRate(units: 1_200_000), interestBefore: before))
            }
            #expect(throws: AmountError.overflow) { try columns.accrue(on: date) }
        }
    }

    @Test
    func `totals come by shard, agreement and lender whatever the order of the loans`() throws {
        let parties = SampleLoan.parties
        let schemes = [("beta", [1, 0]), ("alpha", [0, 2]), ("beta", [0]), ("alpha", [2, 1])]
        func totals(_ order: [Int]) throws -> [String] {
            var columns = PortfolioColumns()
            for shard in [3, 7] as [UInt16] {
                for index in order {
                    columns.append(
                        Self.anchor(
                            shard: shard, agreement: schemes[index].0,
                            lenders: schemes[index].1.map { parties[$0] }))
                }
            }
            return try columns.accrue(on: SampleLoan.date("2026-01-05")).map {
                "\($0.shard) \($0.agreement) \($0.lender) \($0.amount)"
            }
        }
        let expected = [
            "alpha harbor 16", "alpha meridian 32", "alpha platform 16", "beta harbor 16",
            "beta platform 48",
        ]
        #expect(
            try totals([0, 1, 2, 3]) == expected.map { "3 \($0)" } + expected.map { "7 \($0)" })
        #expect(try totals([3, 2, 1, 0]) == totals([0, 1, 2, 3]))
    }

    @Test
    func `a total is the entry the postings of a loan make`() {
        let total = AccrualTotal(
            shard: 1, agreement: "alpha", currency: SampleLoan.dollars,
            lender: PartyID("harbor"), amount: 7)
        #expect(
            total.postings.map { "\($0.kind) \($0.posting.book) \($0.posting.account)" }
                == ["accrual harbor 1130", "accrual harbor 4010"])
        #expect(total.postings.map(\.posting.amount) == [7, -7])
    }

    /// A period of January 2026 under 30/360; lenders share it equally.
    private static func anchor(
        shard: UInt16 = 0, agreement: String = "alpha",
        lenders: [PartyID] = [SampleLoan.platform], opening: Int64 = 100_000,
        rate: AnnualRate = AnnualRate(units: 12_000_000), interestBefore: Int64 = 0,
        rounding: Rounding = .halfEven
    ) -> LoanAnchor {
        LoanAnchor(
            loan: LoanID("L1"), shard: shard, agreement: agreement,
            currency: SampleLoan.dollars, lenders: lenders,
            fundedAmounts: lenders.map { _ in 1 }, startsOn: SampleLoan.date("2026-01-01"),
            dueOn: SampleLoan.date("2026-02-01"), openingBalance: opening, rate: rate,
            fraction: YearFraction(1, over: 12), interestBefore: interestBefore,
            rounding: rounding, isQuiet: true, isLive: true)
    }
}
