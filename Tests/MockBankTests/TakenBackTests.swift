import MockBank
import Testing

/// Claims that corrections move, what was collected on a pool's share, and days past due that only
/// others know; the loan of ``LossSample``.
@Suite struct TakenBackTests: LossSample {
    private func pay(_ account: inout LoanAccount, _ id: String, _ cents: Int64, _ date: String) {
        account.receive(
            RepaymentLine(paymentID: id, loanID: "L1", total: cents, valueDate: day(date)),
            on: day(date))
    }

    /// 100.00 came on 03-05 and 50.00 on 03-10; what is told is never just repeated.
    @Test(arguments: [
        ("-50.00", Int64(-50_00)), ("-150.00", -150_00), ("-49.99", -50_00), ("-150.01", -150_00),
        ("-99.99", -50_00), ("-100.01", -150_00), ("-900.00", -150_00), ("50.00", -50_00),
    ])
    func `what is passed on to a pool's buyer is what was booked since some day`(
        told: String, price: Int64
    ) throws {
        var account = try account()
        pay(&account, "P1", 100_00, "2026-03-05")
        pay(&account, "P2", 50_00, "2026-03-10")
        let passed = try line("pool-collection", told)
        for _ in 1...2 { account.receive(passed, on: day("2026-03-20")) }
        let statement = account.statement(through: day("2026-03-20"))
        #expect(statement.relieved.map(\.price) == [price])
        #expect(statement.relieved.map(\.components.total) == [0])
        let isOver = statement.isHandedOver
        #expect(!isOver)
    }

    @Test func `what was taken back and recovered since counts, what was lost before does not`()
        throws
    {
        var account = try account()
        pay(&account, "P1", 100_00, "2026-03-05")
        account.receive(
            RepaymentLine(
                paymentID: "R1", loanID: "L1", total: -100_00, valueDate: day("2026-03-05"),
                reverses: "P1"), on: day("2026-03-12"))
        let back = try line("pool-collection", "100.00")
        account.receive(back, on: day("2026-03-20"))
        let taken = account.statement(through: day("2026-03-20")).relieved.map(\.price)
        #expect(taken == [100_00])
        var lost = try self.account()
        let all = ["principal": "-6448.06", "overdue_principal": "-551.94"]
        lost.receive(
            try line("charge-off", "0.00", all, id: "C1", on: "2026-03-05"), on: day("2026-03-05"))
        let found = try line(
            "recovery", "80.00", ["principal": "80.00"], id: "C2", on: "2026-03-10")
        lost.receive(found, on: day("2026-03-10"))
        lost.receive(try line("pool-collection", "-80.00"), on: day("2026-03-20"))
        let prices = lost.statement(through: day("2026-03-20")).relieved.map(\.price)
        #expect(prices.last == -80_00)
        lost.receive(
            try line("pool-collection", "80.00", id: "X~A1", corrects: "A1"),
            on: day("2026-03-21"))
        #expect(lost.statement(through: day("2026-03-21")).relieved.last?.price == 80_00)
    }

    @Test func `a pool's share goes at the price of its cut-off, whatever is left of it`() throws {
        var account = try account()
        let told = Self.everything.merging(["interest": "-43.70"]) { $1 }
        account.receive(try line("pool-sale", "7100.00", told), on: day("2026-03-20"))
        let statement = account.statement(through: day("2026-03-20"))
        #expect(statement.relieved.map(\.price) == [7_100_00])
        #expect(statement.relieved.map(\.components.total) == [7_113_68])
        let isOver = statement.isHandedOver
        #expect(isOver)
    }

    @Test(arguments: [("-980.00", Int64(-980_00)), ("-1000.01", -1_000_00), ("10.00", 10_00)])
    func `a correction of a pool's share is paid as told, and for no more than goes`(
        told: String, price: Int64
    ) throws {
        var account = try account()
        let sold = try line("pool-sale", "7100.00", Self.everything)
        account.receive(sold, on: day("2026-03-20"))
        let back = ["principal": "921.15", "overdue_principal": "78.85"]
        account.receive(
            try line("pool-sale", told, back, id: "D1", on: "2026-03-25", corrects: "A1"),
            on: day("2026-03-25"))
        let statement = account.statement(through: day("2026-03-25"))
        #expect(statement.relieved.map(\.price) == [7_100_00, price])
    }

    @Test func `of claims handed over a part comes back, and earns again from then on`() throws {
        var account = try account()
        account.receive(
            try line("compensation", "7113.68", Self.everything), on: day("2026-03-20"))
        let back = ["principal": "921.15", "overdue_principal": "78.85"]
        account.receive(
            try line("compensation", "-1000.00", back, id: "D1", on: "2026-03-25", corrects: "A1"),
            on: day("2026-03-25"))
        let statement = account.statement(through: day("2026-03-25"))
        #expect(statement.relieved.map(\.price) == [7_113_68, -1_000_00])
        let isOver = statement.isHandedOver
        #expect(!isOver)
        let returned = statement.balances(endOf: day("2026-03-25"))
        #expect(returned.principal + returned.overduePrincipal == 1_000_00)
        #expect(returned.overduePrincipal == 78_85 && returned.daysPastDue == 25)
        #expect(returned.interest == 0 && returned.overdueInterest == 0)
        #expect(returned.penaltyPrincipal == 5_72)
        // Of 14.86 of the whole loan's keystone has 8.92 for 6,000.00, others 4.46 for 3,000.00.
        #expect(statement.balances(endOf: day("2026-03-31")).overdueInterest == 1_48)
    }

    @Test func `of an instalment handed over what comes back is of that instalment`() throws {
        var account = try account()
        let due = Self.everything.filter { $0.key.hasPrefix("overdue") }
        account.receive(try line("compensation", "621.94", due), on: day("2026-03-20"))
        let back = ["overdue_principal": "100.00"]
        account.receive(
            try line("compensation", "-100.00", back, id: "D1", on: "2026-03-25", corrects: "A1"),
            on: day("2026-03-25"))
        let statement = account.statement(through: day("2026-03-25"))
        #expect(statement.relieved.map(\.price) == [621_94, -100_00])
        let balances = statement.balances(endOf: day("2026-03-25"))
        #expect(balances.overduePrincipal == 100_00 && balances.principal == 6_448_06)
    }

    /// A payment taken back leaves what the guarantor took too small until that is corrected.
    @Test func `what revives follows on its own day`() throws {
        var account = try account()
        pay(&account, "P1", 100_00, "2026-03-20")
        let told = [
            "principal": "-6448.06", "overdue_principal": "-527.39", "interest": "-43.68",
        ]
        account.receive(try line("compensation", "7019.13", told), on: day("2026-03-20"))
        let date = day("2026-03-25")
        account.receive(
            RepaymentLine(
                paymentID: "R1", loanID: "L1", total: -100_00, valueDate: day("2026-03-20"),
                reverses: "P1"), on: date)
        account.receive(
            try line(
                "compensation", "94.59",
                [
                    "principal": "-22.64", "overdue_principal": "-1.91", "interest": "-26.93",
                    "overdue_interest": "-43.11",
                ], id: "D1", on: "2026-03-25", corrects: "A1"), on: date)
        let statement = account.statement(through: date)
        // 5.45 of the payment were penalty, which stays the bank's; 24.55 have earned 0.04 since.
        #expect(statement.relieved.map(\.price) == [7_019_13, 94_59])
        #expect(statement.relieved.map(\.components.total) == [7_019_13, 94_59])
        let isOver = statement.isHandedOver
        #expect(isOver)
        #expect(statement.balances(endOf: date).penaltyPrincipal == 5_72)
    }

    @Test func `what is sold too little goes at the price of the sale`() throws {
        var account = try account()
        let half = [
            "principal": "-3224.03", "overdue_principal": "-275.97", "interest": "-21.84",
            "overdue_interest": "-35.00",
        ]
        account.receive(try line("sale", "3201.16", half), on: day("2026-03-20"))
        account.receive(
            try line(
                "sale", "99.00", ["principal": "-100.00"], id: "D1", on: "2026-03-21",
                corrects: "A1"), on: day("2026-03-21"))
        // At 90 %, not 99 % as told.
        let statement = account.statement(through: day("2026-03-21"))
        #expect(statement.relieved.map(\.price) == [3_201_16, 90_00])
    }

    /// The largest holder's 49 % of the whole loan's interest since then, by running totals: of
    /// 29.72 and 84.15 that are 14.56 and 41.24. On 4,123.42 of its own it would be 41.23.
    @Test func `what a bank keeps of a loan earns a part of the whole loan's interest`() throws {
        var account = try account()
        let told = [
            "principal": "-1934.42", "overdue_principal": "-165.58", "interest": "-13.10",
            "overdue_interest": "-21.00",
        ]
        account.receive(try line("sale", "2134.10", told), on: day("2026-03-20"))
        let statement = account.statement(through: day("2026-04-30"))
        #expect(statement.relieved.map(\.components.total) == [2_134_10])
        let open = statement.balances(endOf: day("2026-04-30"))
        #expect(open.overdueInterest == 49_00 + (43_68 - 13_10 + 14_56) + 41_24)
        // Penalties of the nights before stay what they were.
        #expect(statement.balances(endOf: day("2026-03-20")).penaltyPrincipal == 5_72)
    }

    @Test(arguments: [LenderComputation.scale, .perInstalment])
    func `what a sale leaves was owed before it, on every day`(computation: LenderComputation)
        throws
    {
        let plain = try account(computation)
        let told = ["principal": "-1500.00", "overdue_principal": "-300.00", "interest": "-5.00"]
        for offset in 5...60 {
            let date = day("2026-02-28").adding(days: offset)
            var account = plain
            account.receive(try line("sale", "1805.00", told, on: date.description), on: date)
            let before = plain.statement(through: date).balances(endOf: date)
            let after = account.statement(through: date).balances(endOf: date)
            let kept = after.interest + after.overdueInterest + 5_00
            #expect(kept == before.interest + before.overdueInterest, "\(date)")
            #expect(after.penaltyPrincipal == before.penaltyPrincipal, "\(date)")
        }
    }

    @Test(arguments: [(20, 20, 25), (9, 0, 0), (0, 0, 0)])
    func `how late an instalment is that others hold the bank is told`(
        told: Int, on: Int, later: Int
    ) throws {
        var account = try account()
        let due = Self.everything.filter { $0.key.hasPrefix("overdue") }
        account.receive(try line("compensation", "621.94", due), on: day("2026-03-20"))
        account.hear(daysPastDue: told, on: day("2026-03-20"))
        let first = account.statement(through: day("2026-03-20"))
        #expect(first.balances(endOf: day("2026-03-20")).daysPastDue == on)
        let then = account.statement(through: day("2026-03-25"))
        #expect(then.balances(endOf: day("2026-03-25")).daysPastDue == later)
        account.hear(daysPastDue: 0, on: day("2026-03-26"))
        let paid = account.statement(through: day("2026-03-26"))
        #expect(paid.balances(endOf: day("2026-03-26")).daysPastDue == 0)
    }

    @Test func `of its own instalments a bank counts the days itself`() throws {
        var account = try account()
        account.hear(daysPastDue: 3, on: day("2026-03-20"))
        let statement = account.statement(through: day("2026-03-20"))
        #expect(statement.balances(endOf: day("2026-03-20")).daysPastDue == 20)
    }
}
