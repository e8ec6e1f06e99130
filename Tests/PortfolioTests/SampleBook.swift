import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Portfolio
import TestSupport

/// A random book, closed day by day by the kernel and by the definition side by side.
struct SampleBook {
    /// One closed day: what the kernel says, and what the positions of the same loans say.
    struct Day {
        let date: BusinessDate
        let totals: [AccrualTotal]
        let expected: [AccrualTotal]
        /// Loans that were quiet.
        let loans: Int
    }

    private var loans: [SampleLife]
    private var date = SampleLoan.date("2026-03-01")

    init(
        digits: Int, rateDigits: Int, hasRoutes: Bool = false, using random: inout SeededGenerator
    ) {
        var limits = SampleLoan.Limits()
        limits.digits = digits
        limits.rateDigits = rateDigits
        limits.disbursedAfterDays = 0...100
        loans = (0..<24).map { _ in SampleLife(limits, hasRoutes: hasRoutes, using: &random) }
        loans.sort { ($0.shard, $0.contract.loan) < ($1.shard, $1.contract.loan) }
    }

    /// Closes the next date.
    mutating func close() throws -> Day {
        var columns = PortfolioColumns()
        var expected: [AccrualTotal: Int64] = [:]
        for index in loans.indices {
            guard let quiet = try loans[index].close(date) else { continue }
            columns.append(quiet.anchor)
            for (lender, amount) in zip(quiet.anchor.lenders, quiet.interest) where amount != 0 {
                expected[quiet.anchor.total(for: lender, 0), default: 0] += amount
            }
        }
        defer { date = date.adding(days: 1) }
        return Day(
            date: date, totals: try columns.accrue(on: date),
            expected: expected.map { $0.key.of($0.value) }.sorted(), loans: columns.count)
    }
}

extension LoanAnchor {
    fileprivate func total(for lender: PartyID, _ amount: Int64) -> AccrualTotal {
        AccrualTotal(
            shard: shard, agreement: agreement, currency: currency, lender: lender,
            amount: amount)
    }
}

extension AccrualTotal {
    fileprivate func of(_ amount: Int64) -> AccrualTotal {
        AccrualTotal(
            shard: shard, agreement: agreement, currency: currency, lender: lender,
            amount: amount)
    }
}
