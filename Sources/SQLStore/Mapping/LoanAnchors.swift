internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Portfolio

/// How a loan's anchor lies in a row.
enum LoanAnchors {
    /// Selects anchors; add a WHERE and an ORDER BY.
    static let select = """
        SELECT loan, shard, agreement, currency, shares, starts_on, due_on, opening_balance,
            annual_rate, fraction_numerator, fraction_denominator, interest_before, rounding,
            is_quiet, is_live, income_weights
        FROM loan_anchor

        """

    /// The anchor in a row of `select`.
    static func read(_ row: borrowing Row) throws(StoreError) -> LoanAnchor {
        guard let shard = UInt16(exactly: try row.int64(1)) else {
            throw .unexpectedValue(column: 1, expected: "a shard", found: "another number")
        }
        let shares = try ShareList.read(row, 4)
        return LoanAnchor(
            loan: try row.loan(0), shard: shard, agreement: try row.text(2),
            currency: try row.currency(3), lenders: shares.lenders,
            fundedAmounts: shares.amounts, incomeWeights: try ShareList.read(row, 15).amounts,
            startsOn: try row.date(5), dueOn: try row.date(6),
            openingBalance: try row.int64(7), rate: AnnualRate(units: try row.int64(8)),
            fraction: YearFraction(try row.int64(9), over: try row.int64(10)),
            interestBefore: try row.int64(11),
            rounding: try ScheduleCodes.roundings.value(row, 12), isQuiet: try row.flag(13),
            isLive: try row.flag(14))
    }

    /// Writes a row of the table `loan_anchor`.
    static func write(_ anchor: LoanAnchor, _ writer: any RowWriter) {
        writer.int64(Int64(anchor.shard))
        writer.text(anchor.loan.text)
        writer.text(anchor.agreement)
        writer.text(anchor.currency.code)
        writer.blob(ShareList.bytes(anchor.lenders, anchor.fundedAmounts))
        writer.date(anchor.startsOn)
        writer.date(anchor.dueOn)
        writer.int64(anchor.openingBalance)
        writer.int64(anchor.rate.units)
        writer.int64(anchor.fraction.numerator)
        writer.int64(anchor.fraction.denominator)
        writer.int64(anchor.interestBefore)
        writer.int64(ScheduleCodes.roundings.code(anchor.rounding))
        writer.int64(anchor.isQuiet ? 1 : 0)
        writer.int64(anchor.isLive ? 1 : 0)
        let earners = anchor.incomeWeights.isEmpty ? [] : anchor.lenders
        writer.blob(ShareList.bytes(earners, anchor.incomeWeights))
    }
}
