import MockBank
import Testing

/// Plans that early repayments and notices change, and what overdue interest and fees come to.
///
/// The loan of 10,000.00 at 12 % over twelve months from 2026-01-31; the bank has 70 % of it.
@Suite struct ChangedPlanTests {
    private func account(
        _ method: String = "equal-principal", extra: String = "",
        _ change: (inout Conditions) -> Void = { _ in }
    ) throws -> LoanAccount {
        var conditions = Conditions(
            penaltyMultiple: Exact("1.5")!, graceDays: 3, roundingTolerance: 1,
            serviceFeePercent: Exact("0")!)
        change(&conditions)
        let terms = try Sample.terms(method: method, extra: extra)
        let share = try ShareOfLoan(
            terms: terms, amount: 7_000_00, start: terms.disbursedOn, computation: .scale,
            own: OwnRounding())
        return LoanAccount(
            loanID: "L1", requestKey: "K", number: "N", amount: 7_000_00, share: share,
            valueDate: terms.disbursedOn, conditions: conditions)
    }

    private func day(_ text: String) -> Day { Day(text)! }

    /// Pays on a date and gives what the bank booked.
    private func pay(_ total: Int64, fee: Int64 = 0, _ date: String, _ account: inout LoanAccount)
        throws -> Components
    {
        account.receive(
            RepaymentLine(
                paymentID: "P-\(date)", loanID: "L1", total: total, fee: fee,
                valueDate: day(date)), on: day(date))
        return try #require(account.statement(through: day(date)).booked.last).components
    }

    @Test(arguments: [
        (EarlyRepayment.Effect.lowerInstalment, 12, Int64(466_67)),
        (.shortenTerm, 10, 583_33), (.nextInstalment, 12, 583_33),
    ])
    func `cash beyond what is due lowers, shortens or waits`(
        effect: EarlyRepayment.Effect, count: Int, principal: Int64
    ) throws {
        var account = try account {
            $0.earlyRepayments = [EarlyRepayment(method: .equalPrincipal, effect: effect)]
        }
        // 35.00 is the interest of 14 of 28 days.
        let paid = try pay(1_435_00, "2026-02-14", &account)
        let plan = account.statement(through: day("2026-02-14")).plan
        #expect(plan.count == count && plan[0].principal == principal)
        #expect(plan.reduce(0) { $0 + $1.principal } == (paid.isNothing ? 7_000_00 : 5_600_00))
        #expect(paid.interest == (effect == .nextInstalment ? 0 : 35_00))
        if effect != .nextInstalment {
            // Half of the period on 7,000.00, half on 5,600.00.
            #expect(plan[0].interest == 63_00)
        }
    }

    @Test func `a loan with daily interest is repaid at any time, in full too`() throws {
        var account = try account("daily")
        let paid = try pay(7_032_67, "2026-02-14", &account)
        // 7,000.00 × 12 % × 14/360.
        #expect(paid.interest == 32_67 && paid.principal == 7_000_00)
        let balances = account.statement(through: day("2026-02-14")).balances(
            endOf: day("2026-02-14"))
        #expect(balances.total == 0 && balances.standing == "paid-off")
    }

    @Test func `a fee on what is repaid early is taken from the cash`() throws {
        var account = try account {
            $0.earlyRepayments = [
                EarlyRepayment(effect: .lowerInstalment, feePercent: Exact("2")!)
            ]
        }
        let paid = try pay(1_035_00, fee: 20_00, "2026-02-14", &account)
        #expect(paid.interest == 35_00 && paid.principal == 1_000_00 && paid.fee == 20_00)
    }

    @Test(arguments: [(false, Int64(71)), (true, 64)])
    func `overdue interest bears its own penalty, with or without the days of grace`(
        forgives: Bool, cents: Int64
    ) throws {
        let account = try account {
            $0.penaltyOnInterest = Exact("1")!
            $0.forgivesGrace = forgives
        }
        // 100.00 × 12 % for 31 or 28 days of 365, 1.02 or 0.92, and 70 % of it.
        let balances = account.statement(through: day("2026-03-30")).balances(
            endOf: day("2026-03-30"))
        #expect(balances.penaltyInterest == cents)
        let none = try self.account().statement(through: day("2026-03-30")).balances(
            endOf: day("2026-03-30"))
        #expect(none.penaltyInterest == 0 && none.penaltyPrincipal >= balances.penaltyPrincipal)
    }

    @Test func `a fee falls due with its instalment and is paid before interest`() throws {
        var account = try account(
            extra: ",\"fees\":[{\"name\":\"a\",\"value\":\"1.50\",\"when\":\"each\"}]")
        let paid = try pay(10_00, fee: 1_05, "2026-02-28", &account)
        #expect(paid.fee == 1_05 && paid.interest == 10_00)
        let left = account.statement(through: day("2026-02-28")).balances(
            endOf: day("2026-02-28"))
        #expect(left.fee == 0 && left.overdueInterest == 60_00)
    }

    @Test func `the order of an agreement is followed`() throws {
        var account = try account {
            $0.order = [.principal, .interest, .fee, .penalty]
            $0.isByComponent = true
        }
        // Two instalments are past due, 583.33 of principal each.
        let paid = try pay(1_000_00, "2026-04-01", &account)
        #expect(paid.overduePrincipal == 1_000_00 && paid.collectedInterest == 0)
        #expect(paid.penalty == 0)
    }
}

extension ChangedPlanTests {
    private func notice(_ principal: Int64, interest: [Int64], on date: String) -> PlanNotice {
        let dates = ["2026-03-31", "2026-04-30", "2026-05-31"]
        return PlanNotice(
            dates.enumerated().map { place, due in
                ToldInstalment(
                    number: place + 2, dueOn: day(due),
                    principal: place == 2 ? principal : 1_000_00, interest: interest[place])
            }, on: day(date))!
    }

    // Left after the first instalment: 6,416.67, at 1 % or 2 % a month.
    @Test(arguments: [("12", [Int64(64_17), 54_17, 44_17]), ("24", [128_33, 108_33, 88_33])])
    func `dates and principal are taken over as told, the rate from the interest`(
        rate: String, interest: [Int64]
    ) throws {
        var account = try account()
        account.receive(notice(4_416_67, interest: interest, on: "2026-02-28"))
        let statement = account.statement(through: day("2026-02-28"))
        #expect(statement.waterfall.refusedPlan == nil)
        #expect(statement.plan.map(\.principal) == [583_33, 1_000_00, 1_000_00, 4_416_67])
        #expect(statement.plan.dropFirst().map(\.interest) == interest)
        // 15 of the 31 days of March, on 6,416.67.
        let balances = account.statement(through: day("2026-03-14")).balances(
            endOf: day("2026-03-14"))
        #expect(balances.interest == (rate == "12" ? 31_05 : 62_10))
    }

    @Test(arguments: [
        ("its principal does not add up", Int64(4_400_00), [Int64(64_17), 54_17, 44_17]),
        ("no rate explains its interest", 4_416_67, [64_17, 99_99, 44_17]),
    ])
    func `what cannot be checked is refused with a reason`(
        what: String, principal: Int64, interest: [Int64]
    ) throws {
        var account = try account()
        account.receive(notice(principal, interest: interest, on: "2026-02-28"))
        let statement = account.statement(through: day("2026-02-28"))
        #expect(statement.waterfall.refusedPlan?.contains("cannot be checked") == true, "\(what)")
        #expect(statement.plan.count == 12)
    }

    @Test func `a plan in the files is offered again by the bank's own figures`() throws {
        let bank = try TestBank()
        #expect(try bank.post(Sample.request(method: "equal-principal")) == "201 accepted")
        try bank.send("2026-01-31", payouts: "L1.harbor.1,L1,,7000.00,USD,2026-01-31,\n")
        let plan =
            "L1,1,2026-02-28,3000.00,70.00,0.00,USD\nL1,2,2026-03-31,4000.00,39.99,0.00,USD\n"
        try bank.send("2026-02-01", plans: plan)
        #expect(
            try bank.offered("2026-02-01", "instalment-plan.csv") == [
                "L1,1,2026-02-28,3000.00,70.00,0.00,USD",
                "L1,2,2026-03-31,4000.00,40.00,0.00,USD",
            ])
        #expect(try bank.offered("2026-02-01", "balances.csv")?.count == 1)
        let wrong = plan.replacing("4000.00", with: "5000.00")
        try bank.send("2026-02-02", plans: wrong)
        let refused = try bank.journal().filter { $0["event"]?.text == "plan-refused" }
        #expect(refused.map { $0["record"]?.text } == ["L1"])
        #expect(
            try bank.offered("2026-02-02", "instalment-plan.csv")?.last
                == "L1,2,2026-03-31,4000.00,40.00,0.00,USD")
    }
}
