import MockBank
import Testing

/// What tests of cash for losses and of claims that change hands begin with.
///
/// Of 10,000.00 the bank holds 7,000.00; the first instalment, due 2026-02-28, is 551.94 of
/// principal and 70.00 of interest. At the end of 2026-03-20 it has also 43.68 of interest, of 21
/// of 31 days of the second period, and 5.72 of penalty for 21 days.
protocol LossSample {}

extension LossSample {
    /// The date of a line that names no other.
    static var date: String { "2026-03-20" }

    /// All that the bank may claim at the end of the date but penalties, as a line takes it away.
    static var everything: [String: String] {
        [
            "principal": "-6448.06", "overdue_principal": "-551.94", "interest": "-43.68",
            "overdue_interest": "-70.00",
        ]
    }

    func day(_ text: String) -> Day { Day(text)! }

    /// What the bank has of the loan, paid out and nothing of it repaid.
    func account(
        _ computation: LenderComputation = .scale, tolerance: Int64 = 0
    ) throws -> LoanAccount {
        let conditions = Conditions(
            penaltyMultiple: Exact("1.5")!, graceDays: 3, roundingTolerance: tolerance,
            serviceFeePercent: Exact("8")!)
        let terms = try Sample.terms()
        let share = try ShareOfLoan(
            terms: terms, amount: 7_000_00, start: terms.disbursedOn, computation: computation,
            own: OwnRounding())
        return LoanAccount(
            loanID: "L1", requestKey: "K", number: "N", amount: 7_000_00, share: share,
            valueDate: terms.disbursedOn, conditions: conditions)
    }

    /// A line of what `keystone` pays for or takes; amounts that are not named are zero.
    func line(
        _ kind: String, _ price: String, _ amounts: [String: String] = [:], id: String = "A1",
        on date: String = Self.date, corrects: String = ""
    ) throws -> FactLine {
        let layout = FileLayout.facts[0]
        var values = ["fact_id": id, "loan_id": "L1", "kind": kind, "currency": "USD"]
        values["value_date"] = date
        values["price"] = price
        values["counterparty"] = "keystone"
        values["reverses"] = corrects
        let row = layout.columns.map {
            values[$0] ?? amounts[$0] ?? (layout.amounts.contains($0) ? "0.00" : "")
        }
        return try #require(FactLine(row, layout, Currency("USD")!))
    }
}
