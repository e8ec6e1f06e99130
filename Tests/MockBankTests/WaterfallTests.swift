import MockBank
import Testing

@Suite struct WaterfallTests {
    private func account(
        _ computation: LenderComputation = .scale, tolerance: Int64 = 1
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

    private func day(_ text: String) -> Day { Day(text)! }

    private func line(
        _ id: String, _ total: Int64, _ date: String, reverses: String? = nil,
        correctionOf: String? = nil
    ) -> RepaymentLine {
        RepaymentLine(
            paymentID: id, loanID: "L1", total: total, valueDate: day(date), reverses: reverses,
            correctionOf: correctionOf)
    }

    @Test func `a payment on its due date is normal, with the fee on its interest`() throws {
        var account = try account()
        account.receive(line("P1", 621_94, "2026-02-28"), on: day("2026-02-28"))
        let booked = try #require(account.statement(through: day("2026-02-28")).booked.first)
        #expect(booked.components.principal == 551_94)
        #expect(booked.components.interest == 70_00)
        #expect(booked.components.overduePrincipal == 0)
        #expect(booked.serviceFee == 5_60)
    }

    @Test func `the service fee is half-up on the interest collected so far`() throws {
        var account = try account()
        let dues = account.share.instalments
        for (number, due) in dues.enumerated() {
            let cash = due.principal + due.interest
            account.receive(line("P\(number)", cash, due.dueOn.description), on: due.dueOn)
        }
        let booked = account.statement(through: day("2027-01-31")).booked
        var interest: Int64 = 0
        var fee: Int64 = 0
        for (due, line) in zip(dues, booked) {
            interest += due.interest
            fee += line.serviceFee
            #expect(fee == (interest * 8 + 50) / 100)
        }
        #expect(booked.count == 12)
    }

    @Test func `a late payment pays penalty, then interest, then principal, all overdue`() throws {
        var account = try account()
        account.receive(line("P1", 300_00, "2026-03-10"), on: day("2026-03-10"))
        let paid = account.statement(through: day("2026-03-10")).booked[0].components
        // 788.49 × 18 % × 10/365 = 3.888 → 3.89 of the loan, 70 % of it here.
        #expect(paid.penalty == 2_72)
        #expect(paid.overdueInterest == 70_00)
        #expect(paid.overduePrincipal == 300_00 - 2_72 - 70_00)
    }

    @Test(arguments: [("2026-03-03", Int64(0)), ("2026-03-04", 1_09)])
    func `within grace there is no penalty, after it from the due date`(
        date: String, penalty: Int64
    ) throws {
        var account = try account()
        account.receive(line("P1", 700_00, date), on: day(date))
        // 788.49 × 18 % × 4/365 = 1.555 → 1.56 of the loan.
        #expect(account.statement(through: day(date)).booked[0].components.penalty == penalty)
    }

    @Test func `the oldest instalment is paid first`() throws {
        var account = try account()
        account.receive(line("P1", 800_00, "2026-03-31"), on: day("2026-03-31"))
        let statement = account.statement(through: day("2026-03-31"))
        let paid = statement.booked[0].components
        #expect(paid.overduePrincipal == 551_94)
        #expect(paid.overdueInterest == 70_00)
        #expect(paid.interest > 0)
        #expect(statement.balances(endOf: day("2026-03-31")).daysPastDue == 0)
    }

    @Test func `a cent short is rounding and a dollar short is debt`() throws {
        for (short, isSettled) in [(Int64(1), true), (100, false)] {
            var account = try account()
            account.receive(line("P1", 621_94 - short, "2026-02-28"), on: day("2026-02-28"))
            let statement = account.statement(through: day("2026-03-01"))
            let balances = statement.balances(endOf: day("2026-03-01"))
            #expect((balances.overduePrincipal == 0) == isSettled)
            #expect(statement.waterfall.rounding == (isSettled ? -1 : 0))
            #expect(balances.daysPastDue == (isSettled ? 0 : 1))
        }
    }

    @Test func `a cent too much is rounding and a dollar too much waits`() throws {
        for (extra, rounding, unapplied) in [(Int64(1), Int64(1), Int64(0)), (100, 0, 100)] {
            var account = try account()
            account.receive(line("P1", 621_94 + extra, "2026-02-28"), on: day("2026-02-28"))
            let waterfall = account.statement(through: day("2026-02-28")).waterfall
            #expect(waterfall.rounding == rounding)
            #expect(waterfall.unapplied == unapplied)
        }
    }

    @Test func `a reversal takes back the payment and its fee`() throws {
        var account = try account()
        account.receive(line("P1", 621_94, "2026-02-28"), on: day("2026-02-28"))
        account.receive(line("R1", -621_94, "2026-02-28", reverses: "P1"), on: day("2026-03-02"))
        let statement = account.statement(through: day("2026-03-02"))
        let back = statement.booked[1]
        #expect(back.components.principal == -551_94)
        #expect(back.components.interest == -70_00)
        #expect(back.serviceFee == -5_60)
        let balances = statement.balances(endOf: day("2026-03-02"))
        #expect(balances.overduePrincipal == 551_94)
        #expect(balances.daysPastDue == 2)
    }

    @Test func `a correction books the difference to the payment it names`() throws {
        var account = try account()
        account.receive(line("P1", 100_00, "2026-02-28"), on: day("2026-02-28"))
        account.receive(
            line("F~P1", 521_94, "2026-02-28", correctionOf: "P1"), on: day("2026-03-02"))
        let statement = account.statement(through: day("2026-03-02"))
        #expect(statement.booked[0].components.principal == 30_00)
        #expect(statement.booked[1].components.principal == 521_94)
        #expect(statement.booked[1].components.interest == 0)
    }

    @Test func `cash that waited comes under the same payment on the due date`() throws {
        var account = try account()
        account.receive(line("P1", 621_94, "2026-02-28"), on: day("2026-02-28"))
        account.receive(line("P1", 200_00, "2026-03-31"), on: day("2026-03-31"))
        let later = account.statement(through: day("2026-03-31")).booked[1].components
        #expect(later.total == 200_00)
        #expect(later.overduePrincipal == 0)
    }

    /// Principal and interest can each be a cent off the running total.
    @Test(arguments: [LenderComputation.scale, .perInstalment, .ownSchedule])
    func `a loan paid on time ends at zero`(computation: LenderComputation) throws {
        var account = try account(computation, tolerance: 2)
        let reference = try self.account(.scale)
        for (number, due) in reference.share.instalments.enumerated() {
            let cash = due.principal + due.interest
            account.receive(line("P\(number)", cash, due.dueOn.description), on: due.dueOn)
        }
        let last = day("2027-01-31")
        let statement = account.statement(through: last)
        #expect(statement.balances(endOf: last) == Balances())
        let principal = statement.booked.reduce(0) { $0 + $1.components.principal }
        #expect(principal == 7_000_00)
    }

    @Test(arguments: [
        ("2026-02-28", 0, "M0"), ("2026-03-01", 1, "M1"), ("2026-03-30", 30, "M1"),
        ("2026-03-31", 31, "M2"), ("2026-08-27", 180, "M6"), ("2026-08-28", 181, "M7+"),
    ])
    func `buckets follow the days past due`(date: String, days: Int, bucket: String) throws {
        let balances = try account().statement(through: day(date)).balances(endOf: day(date))
        #expect(balances.daysPastDue == days)
        #expect(balances.bucket == bucket)
    }

    @Test func `the end of a due date shows overdue and the first night of the next period`()
        throws
    {
        let balances = try account().statement(through: day("2026-02-28"))
            .balances(endOf: day("2026-02-28"))
        #expect(balances.overduePrincipal == 551_94)
        #expect(balances.overdueInterest == 70_00)
        #expect(balances.principal == 7_000_00 - 551_94)
        // 9,211.51 × 1 % × 1/31 = 2.971 → 2.97 of the loan, 70 % of it on the scale here.
        #expect(balances.interest == 2_08)
        #expect(balances.penaltyPrincipal == 0)
    }
}
