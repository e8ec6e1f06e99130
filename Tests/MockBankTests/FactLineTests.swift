import MockBank
import Testing

/// Lines of waivers, charge-offs and recoveries, booked by the bank's own figures.
///
/// Of 10,000.00 the bank holds 7,000.00; the first instalment, due 2026-02-28, is 551.94 of
/// principal and 70.00 of interest. From then on 788.49 × 18 % × days ÷ 365 is owed as penalty,
/// 70 % of it here: 2.72 by 03-10.
@Suite struct FactLineTests {
    private func account(tolerance: Int64 = 0) throws -> LoanAccount {
        let conditions = Conditions(
            penaltyMultiple: Exact("1.5")!, graceDays: 3, roundingTolerance: tolerance,
            serviceFeePercent: Exact("8")!)
        let terms = try Sample.terms()
        let share = try ShareOfLoan(
            terms: terms, amount: 7_000_00, start: terms.disbursedOn, computation: .scale,
            own: OwnRounding())
        return LoanAccount(
            loanID: "L1", requestKey: "K", number: "N", amount: 7_000_00, share: share,
            valueDate: terms.disbursedOn, conditions: conditions)
    }

    private func day(_ text: String) -> Day { Day(text)! }

    /// A line that takes claims away, or for a recovery brings cash.
    private func line(
        _ id: String, _ kind: String, _ amounts: [String: String], on date: String,
        corrects: String = ""
    ) throws -> FactLine {
        let layout = FileLayout.ofFacts[kind == "waiver" ? 0 : kind == "recovery" ? 2 : 1]
        var values = ["fact_id": id, "loan_id": "L1", "kind": kind, "currency": "USD"]
        values["value_date"] = date
        values["reverses"] = corrects
        let row = layout.columns.map {
            values[$0] ?? amounts[$0] ?? (layout.amounts.contains($0) ? "0.00" : "")
        }
        return try #require(FactLine(row, layout, Currency("USD")!))
    }

    private func payment(
        _ id: String, _ total: Int64, _ date: String, reverses: String? = nil
    ) -> RepaymentLine {
        RepaymentLine(
            paymentID: id, loanID: "L1", total: total, valueDate: day(date), reverses: reverses)
    }

    @Test func `a waiver of what is overdue is booked in its buckets`() throws {
        var account = try account()
        let waiver = try line(
            "W1", "waiver",
            ["overdue_principal": "-51.94", "overdue_interest": "-70.00", "penalty": "-2.72"],
            on: "2026-03-10")
        account.receive(waiver, on: day("2026-03-10"))
        let statement = account.statement(through: day("2026-03-10"))
        let given = try #require(statement.relieved.first?.components)
        #expect(given.overduePrincipal == 51_94 && given.overdueInterest == 70_00)
        #expect(given.penalty == 2_72 && given.total == 124_66)
        let balances = statement.balances(endOf: day("2026-03-10"))
        #expect(balances.overduePrincipal == 500_00 && balances.overdueInterest == 0)
    }

    @Test func `on its due date what is given up is not overdue yet`() throws {
        var account = try account()
        account.receive(
            try line("W1", "waiver", ["interest": "-70.00"], on: "2026-02-28"),
            on: day("2026-02-28"))
        let given = try #require(
            account.statement(through: day("2026-02-28")).relieved.first?.components)
        #expect(given.interest == 70_00 && given.overdueInterest == 0)
    }

    @Test func `the bank gives up no more than it has, whatever it is told`() throws {
        for kind in ["waiver", "partial-charge-off"] {
            var account = try account()
            let told = try line(
                "W1", kind, ["overdue_principal": "-9000.00", "penalty": "-9.00"], on: "2026-03-10")
            account.receive(told, on: day("2026-03-10"))
            let given = try #require(
                account.statement(through: day("2026-03-10")).relieved.first?.components)
            #expect(given.overduePrincipal == 551_94, "what is not due stays")
            #expect(given.penalty == 2_72)
        }
    }

    /// 9,211.51 × 1 % × 10 ÷ 31 = 29.71 of the second period, 20.80 of it here.
    private static let everything = [
        "principal": "-6448.06", "overdue_principal": "-551.94", "interest": "-20.80",
        "overdue_interest": "-70.00", "penalty": "-2.72",
    ]

    @Test(arguments: ["2026-03-10", "2026-03-31", "2026-08-01"])
    func `after a full charge-off nothing is owed and nothing accrues`(date: String) throws {
        var account = try account(tolerance: 1)
        account.receive(
            try line("C1", "charge-off", Self.everything, on: "2026-03-10"),
            on: day("2026-03-10"))
        let statement = account.statement(through: day(date))
        #expect(statement.relieved.map(\.components.total) == [7_093_52])
        #expect(statement.balances(endOf: day(date)) == Balances())
        #expect(statement.accruals(endOf: day(date)).penaltyPrincipal == 0 || date == "2026-03-10")
    }

    @Test func `what comes back is principal first, and never more than was written off`() throws {
        var account = try account(tolerance: 1)
        account.receive(
            try line("C1", "charge-off", Self.everything, on: "2026-03-10"),
            on: day("2026-03-10"))
        for (number, cash) in ["6999.00", "80.00", "99.00"].enumerated() {
            account.receive(
                try line(
                    "R\(number)", "recovery", ["principal": cash], on: "2026-03-1\(number + 1)"),
                on: day("2026-03-1\(number + 1)"))
        }
        let taken = account.statement(through: day("2026-03-13")).relieved.dropFirst()
            .map(\.components)
        #expect(taken.map(\.principal) == [6_999_00, 1_00, 0])
        #expect(taken.map(\.interest) == [0, 79_00, 11_80])
        #expect(taken.map(\.penalty) == [0, 0, 2_72])
    }

    /// The decided amounts stand: they take the revived first instalment and leave the last one.
    @Test func `what a reversal revives after a full charge-off owes no penalty beyond it`() throws
    {
        var account = try account(tolerance: 1)
        account.receive(payment("P1", 621_94, "2026-02-28"), on: day("2026-02-28"))
        account.receive(
            try line(
                "C1", "charge-off", ["principal": "-6448.06", "interest": "-20.80"],
                on: "2026-03-10"),
            on: day("2026-03-10"))
        #expect(
            account.statement(through: day("2026-03-19")).balances(endOf: day("2026-03-19"))
                == Balances())
        account.receive(
            payment("R1", -621_94, "2026-02-28", reverses: "P1"), on: day("2026-03-20"))
        let back = account.statement(through: day("2026-03-20"))
        let balances = back.balances(endOf: day("2026-03-20"))
        #expect(balances.principal + balances.overduePrincipal == 551_94)
        #expect(balances.interest + balances.overdueInterest == 70_00)
        #expect(balances.penaltyPrincipal == 2_72)
        for date in ["2026-03-25", "2026-08-01"] {
            let later = back.balances(endOf: day(date))
            #expect(later.penaltyPrincipal == 2_72)
            #expect(later.interest + later.overdueInterest == 70_00)
        }
        account.receive(payment("P2", 72_72, "2026-03-25"), on: day("2026-03-25"))
        let paid = try #require(
            account.statement(through: day("2026-03-25")).booked.last?.components)
        #expect(paid.penalty == 2_72)
        #expect(
            account.statement(through: day("2026-08-01")).balances(endOf: day("2026-08-01"))
                .penaltyPrincipal == 0)
    }

    @Test func `a correction changes the line it names and nothing else`() throws {
        var account = try account()
        account.receive(
            try line("W1", "waiver", ["overdue_interest": "-50.00"], on: "2026-03-10"),
            on: day("2026-03-10"))
        account.receive(
            try line(
                "X~W1", "waiver", ["overdue_interest": "20.00"], on: "2026-03-10", corrects: "W1"),
            on: day("2026-03-12"))
        account.receive(
            try line("X~W9", "waiver", ["penalty": "-1.00"], on: "2026-03-10", corrects: "W9"),
            on: day("2026-03-12"))
        let statement = account.statement(through: day("2026-03-12"))
        #expect(statement.relieved.map(\.components.overdueInterest) == [50_00, -20_00])
        #expect(statement.balances(endOf: day("2026-03-12")).overdueInterest == 40_00)
    }

    @Test func `fees are booked as told, whatever the bank's own claims`() throws {
        var account = try account()
        account.receive(
            try line(
                "W1", "waiver", ["overdue_interest": "-50.00", "fee": "-3.00"], on: "2026-03-10"),
            on: day("2026-03-10"))
        account.receive(
            try line("X~W1", "waiver", ["fee": "1.00"], on: "2026-03-10", corrects: "W1"),
            on: day("2026-03-12"))
        let payment = RepaymentLine(
            paymentID: "P1", loanID: "L1", total: 621_94, fee: 4_00, valueDate: day("2026-02-28"))
        let back = RepaymentLine(
            paymentID: "R1", loanID: "L1", total: -621_94, fee: -4_00,
            valueDate: day("2026-02-28"), reverses: "P1")
        account.receive(payment, on: day("2026-03-12"))
        account.receive(back, on: day("2026-03-13"))
        let statement = account.statement(through: day("2026-03-13"))
        #expect(statement.relieved.map(\.components.fee) == [3_00, -1_00])
        #expect(statement.relieved[0].components.overdueInterest == 50_00)
        #expect(statement.booked.map(\.components.fee) == [4_00, -4_00])
        #expect(statement.booked[0].components.total == 625_94)
        #expect(statement.booked.map { $0.parts.first?.instalment } == [1, 1])
        #expect(statement.booked[1].components.total == -625_94)
    }

    @Test func `the same line twice is booked once`() throws {
        var account = try account()
        let waiver = try line("W1", "waiver", ["overdue_interest": "-50.00"], on: "2026-03-10")
        for date in ["2026-03-10", "2026-03-11"] { account.receive(waiver, on: day(date)) }
        #expect(account.statement(through: day("2026-03-11")).relieved.count == 1)
    }
}
