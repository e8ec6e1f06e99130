import MockBank
import Testing

/// Cash for losses and claims that change hands, booked by the bank's own figures; the loan of
/// ``LossSample``.
@Suite struct LossLineTests: LossSample {
    /// What the bank books of lines that all come on the date.
    private func booked(_ lines: FactLine..., tolerance: Int64 = 0) throws -> LoanStatement {
        var account = try account(tolerance: tolerance)
        for line in lines { account.receive(line, on: line.valueDate) }
        return account.statement(through: day(Self.date))
    }

    @Test(arguments: [
        // Principal, with interest, and less than that; then a cent too much, and far too much.
        ("7000.00", Int64(7_000_00)), ("7113.68", 7_113_68), ("2333.10", 2_333_10),
        ("7000.01", 7_000_00), ("7113.69", 7_113_68), ("9000.00", 7_113_68),
    ])
    func `a cover pays at most what the bank may lose, and its claim stays`(
        told: String, price: Int64
    ) throws {
        for kind in ["invocation", "loss-sharing"] {
            let statement = try booked(line(kind, told))
            #expect(statement.relieved.map(\.price) == [price])
            let balances = statement.balances(endOf: day(Self.date))
            #expect(balances.principal + balances.overduePrincipal == 7_000_00)
            #expect(balances.daysPastDue == 20 && !statement.isHandedOver)
        }
    }

    @Test func `what was paid before is taken off, and a correction gives it back`() throws {
        let statement = try booked(
            line("invocation", "5000.00"), line("invocation", "3000.00", id: "A2"),
            line("invocation", "-6000.00", id: "X~A1", corrects: "A1"),
            line("invocation", "-9000.00", id: "X~A2", corrects: "A2"))
        #expect(statement.relieved.map(\.price) == [5_000_00, 2_113_68, -6_000_00, -1_113_68])
    }

    @Test func `a loss is paid for after it was written off, too`() throws {
        var account = try account()
        let gone = ["principal": "-6448.06", "overdue_principal": "-551.94"]
        account.receive(try line("charge-off", "0.00", gone, id: "C1"), on: day(Self.date))
        account.receive(try line("loss-sharing", "7000.00"), on: day(Self.date))
        account.receive(try line("loss-sharing", "7000.00", id: "A2"), on: day(Self.date))
        let prices = account.statement(through: day(Self.date)).relieved.map(\.price)
        #expect(prices.prefix(2) == [nil, 7_000_00] && prices[2] != 7_000_00)
    }

    @Test(arguments: ["2026-03-20", "2026-03-31", "2026-06-30"])
    func `a compensation ends the claim at the end of its date, penalties stay`(date: String)
        throws
    {
        var account = try account()
        account.receive(
            try line("compensation", "7113.68", Self.everything), on: day(Self.date))
        let statement = account.statement(through: day(date))
        let given = try #require(statement.relieved.first)
        #expect(given.components.total == 7_113_68 && given.price == 7_113_68)
        #expect(given.components.overduePrincipal == 551_94 && given.components.interest == 43_68)
        #expect(statement.isHandedOver)
        let balances = statement.balances(endOf: day(date))
        #expect(balances.total == 5_72 && balances.penaltyPrincipal == 5_72)
        #expect(balances.daysPastDue == 0)
        #expect(statement.accruals(endOf: day(date)).interest == 0)
        account.receive(
            RepaymentLine(
                paymentID: "P1", loanID: "L1", total: 5_72, valueDate: day("2026-07-01")),
            on: day("2026-07-01"))
        let last = account.statement(through: day("2026-07-01"))
        #expect(last.booked.map(\.components.penalty) == [5_72])
        #expect(last.balances(endOf: day("2026-07-01")).total == 0)
    }

    @Test(arguments: [
        ("principal", "-6448.05", "7113.67"), ("principal", "-6448.07", "7113.69"),
        ("interest", "-43.69", "7113.69"), ("interest", "-43.68", "7113.69"),
    ])
    func `a cent more or less in what is told is not echoed`(
        column: String, amount: String, price: String
    ) throws {
        let told = Self.everything.merging([column: amount]) { $1 }
        let statement = try booked(line("compensation", price, told))
        #expect(statement.relieved.map(\.price) == [7_113_68])
        #expect(statement.relieved.map(\.components.total) == [7_113_68])
    }

    @Test func `interest that is not paid for stays with the bank until it is paid`() throws {
        let principal = Self.everything.filter { $0.key.hasSuffix("principal") }
        let statement = try booked(line("compensation", "7000.00", principal))
        #expect(!statement.isHandedOver)
        let later = statement.balances(endOf: day("2026-05-20"))
        #expect(later.overdueInterest == 113_68 && later.penaltyPrincipal == 5_72)
        #expect(later.principal + later.overduePrincipal == 0)
    }

    @Test func `of an instalment alone the rest goes on`() throws {
        let due = Self.everything.filter { $0.key.hasPrefix("overdue") }
        let statement = try booked(line("compensation", "621.94", due))
        #expect(statement.relieved.map(\.components.total) == [621_94])
        let balances = statement.balances(endOf: day(Self.date))
        #expect(balances.principal == 6_448_06 && balances.overduePrincipal == 0)
        #expect(balances.interest == 43_68 && balances.penaltyPrincipal == 5_72)
        // The second instalment is the bank's with all its interest: 6,448.06 × 1 %.
        let later = statement.balances(endOf: day("2026-03-31"))
        #expect(later.overdueInterest == 64_48 && later.penaltyPrincipal == 5_72)
    }

    @Test func `four fifths leave one fifth of every claim, and of what accrues on it`() throws {
        let told = [
            "principal": "-5158.45", "overdue_principal": "-441.55", "interest": "-34.95",
            "overdue_interest": "-55.99",
        ]
        let statement = try booked(line("compensation", "5690.94", told), tolerance: 1)
        #expect(statement.relieved.map(\.components.total) == [5_690_94])
        let balances = statement.balances(endOf: day(Self.date))
        #expect(balances.principal + balances.overduePrincipal == 1_400_00)
        #expect(balances.overduePrincipal == 110_39 && balances.overdueInterest == 14_01)
        #expect(balances.interest == 8_73 && balances.daysPastDue == 20)
        // One fifth of 64.48, less the cent that is overdue.
        #expect(statement.balances(endOf: day("2026-03-31")).overdueInterest == 14_01 + 12_89)
        #expect(statement.plan.dropFirst().reduce(0) { $0 + $1.principal } == 1_289_61)
    }

    @Test func `a price that is a part of the claims is that part of the bank's own`() throws {
        let told = Self.everything.merging(["penalty": "-5.72"]) { $1 }
        let statement = try booked(line("buy-back", "6977.01", told))
        #expect(statement.relieved.map(\.price) == [6_977_01])
        #expect(statement.balances(endOf: day(Self.date)).total == 0)
        let wrong = told.merging(["overdue_interest": "-71.00"]) { $1 }
        let other = try booked(line("buy-back", "6977.99", wrong))
        #expect(other.relieved.map(\.components.total) == [7_119_40])
        #expect(other.relieved.first?.price == 6_977_01, "98 % of 7,119.40")
    }

    @Test func `sold and bought back it is as if it had always been the bank's`() throws {
        var account = try account()
        let sold = Self.everything.merging(["penalty": "-5.72"]) { $1 }
        account.receive(try line("transfer", "7119.40", sold), on: day(Self.date))
        let back = [
            "principal": "6448.06", "overdue_principal": "551.94", "interest": "47.84",
            "overdue_interest": "70.00", "penalty": "6.26",
        ]
        account.receive(
            try line("buy-back", "-7124.10", back, id: "A2", on: "2026-03-22"),
            on: day("2026-03-22"))
        let statement = account.statement(through: day("2026-03-22"))
        #expect(!statement.isHandedOver)
        #expect(statement.relieved.map(\.components.total) == [7_119_40, -7_124_10])
        let plain = try self.account().statement(through: day("2026-03-22"))
        for date in ["2026-03-22", "2026-03-31", "2026-05-31"] {
            #expect(statement.balances(endOf: day(date)) == plain.balances(endOf: day(date)))
        }
    }

    @Test func `who buys the others' part has all of the loan`() throws {
        let told = [
            "principal": "2763.45", "overdue_principal": "236.55", "interest": "18.72",
            "overdue_interest": "30.00", "penalty": "2.45",
        ]
        let statement = try booked(line("transfer", "-3051.17", told), tolerance: 1)
        #expect(statement.relieved.map(\.components.total) == [-3_051_17])
        #expect(statement.relieved.map(\.price) == [-3_051_17])
        let balances = statement.balances(endOf: day(Self.date))
        #expect(balances.principal + balances.overduePrincipal == 10_000_00)
        #expect(balances.interest == 62_40 && balances.penaltyPrincipal == 8_17)
        // The second instalment's interest is that of the whole loan: 9,211.51 × 1 %.
        let later = statement.balances(endOf: day("2026-03-31"))
        #expect(abs(later.overdueInterest - 192_12) <= 1)
    }

    @Test func `the same line twice is booked once`() throws {
        for kind in ["invocation", "compensation"] {
            let told = kind == "compensation" ? Self.everything : [:]
            let statement = try booked(
                line(kind, "7113.68", told), line(kind, "7113.68", told))
            #expect(statement.relieved.count == 1)
        }
    }
}
