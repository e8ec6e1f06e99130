import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// What the days of one loan post: payments, waiting cash, corrections and reversals.
struct DayLinesTests {
    @Test func `the day of its disbursement posts funding, payout and a night of interest`()
        async throws
    {
        let life = try await LoanLife()
        try await life.close("2026-01-01")
        #expect(
            life.postings(on: "2026-01-01") == [
                "harbor accrual 1130 22", "harbor accrual 4010 -22",
                "harbor disbursement 1110 70000", "harbor disbursement 1310/platform -70000",
                "platform accrual 1130 10", "platform accrual 4010 -10",
                "platform disbursement 1110 30000", "platform disbursement 1310/harbor 70000",
                "platform disbursement 2020 -100000", "platform payout 1010 -100000",
                "platform payout 2020 100000",
            ])
        #expect(life.lines(on: "2026-01-01").isEmpty)
        let obligations = life.house.store.world.obligations[World.firstDate] ?? []
        #expect(
            obligations.map { "\($0.party) \($0.type) \($0.amount)" } == [
                "harbor fundingDue -70000"
            ])
    }

    @Test func `a quiet day posts a night of interest and nothing else`() async throws {
        let life = try await LoanLife()
        try await life.close("2026-01-03")
        #expect(
            life.postings(on: "2026-01-03") == [
                "harbor accrual 1130 22", "harbor accrual 4010 -22",
                "platform accrual 1130 10", "platform accrual 4010 -10",
            ])
        #expect(life.house.store.world.obligations[SampleLoan.date("2026-01-03")] == [])
        #expect(life.balanceDates == ["2026-01-01"])
    }

    @Test func `a payment on its due date is shared out with its fee`() async throws {
        let life = try await LoanLife()
        try await life.open("2026-02-01")
        try await life.house.pay(PaymentFile.row("P1", "L1", "340.03", valueDate: "2026-02-01"))
        try await life.close("2026-02-01")
        #expect(
            life.lines(on: "2026-02-01") == [
                "P1 platform 9901 0 300 0 0 0 2026-02-01",
                "P1 harbor 23102 0 700 0 0 70 2026-02-01",
            ])
        let obligations = life.house.store.world.obligations[SampleLoan.date("2026-02-01")]
        #expect(
            obligations?.map { "\($0.party) \($0.type) \($0.amount)" } == [
                "harbor repayments 23802", "harbor serviceFees -70",
            ])
    }

    @Test func `what is paid too early waits and is a line of its due dates`() async throws {
        let life = try await LoanLife()
        try await life.open("2026-01-20")
        try await life.house.pay(PaymentFile.row("P1", "L1", "350.00", valueDate: "2026-01-20"))
        try await life.close("2026-03-01")
        #expect(life.lines(on: "2026-01-20").isEmpty)
        #expect(
            life.postings(on: "2026-01-20").filter { $0.contains("repayment") } == [
                "platform repayment 1010 35000", "platform repayment 2010 -35000",
            ])
        #expect(
            life.lines(on: "2026-02-01") == [
                "P1 platform 9901 0 300 0 0 0 2026-02-01",
                "P1 harbor 23102 0 700 0 0 70 2026-02-01",
            ])
        #expect(
            life.lines(on: "2026-03-01") == [
                "P1 platform 98 0 201 0 0 0 2026-03-01", "P1 harbor 229 0 469 0 0 47 2026-03-01",
            ])
        #expect(life.balanceDates == ["2026-01-01", "2026-02-01", "2026-03-01"])
    }

    @Test func `a payment learned late corrects those that came in between`() async throws {
        let life = try await LoanLife()
        try await Self.payLate(life)
        #expect(
            life.lines(on: "2026-02-05") == [
                "P2 platform 0 2680 0 300 19 0 2026-02-05",
                "P2 harbor 0 6255 0 700 46 70 2026-02-05",
            ])
        #expect(
            life.lines(on: "2026-02-06") == [
                "P1 platform 9901 0 300 0 0 0 2026-02-01",
                "P1 harbor 23102 0 700 0 0 70 2026-02-01",
                "P1~P2 platform 0 -2680 0 -300 -19 0 2026-02-05 P2",
                "P1~P2 harbor 0 -6255 0 -700 -46 -70 2026-02-05 P2",
            ])
        #expect(life.balanceDates == ["2026-01-01", "2026-02-01", "2026-02-05", "2026-02-06"])
    }

    @Test func `a reversal takes the payment back and allocates the later ones anew`()
        async throws
    {
        let life = try await LoanLife()
        try await Self.payLate(life)
        try await life.open("2026-02-10")
        try await life.house.pay(
            PaymentFile.row("R1", "L1", "340.03", valueDate: "2026-02-10", reverses: "P1"))
        try await life.close("2026-02-10")
        #expect(
            life.lines(on: "2026-02-10") == [
                "R1~P2 platform 0 2680 0 300 19 0 2026-02-05 P2",
                "R1~P2 harbor 0 6255 0 700 46 70 2026-02-05 P2",
                "R1 platform -9901 0 -300 0 0 0 2026-02-01 P1",
                "R1 harbor -23102 0 -700 0 0 -70 2026-02-01 P1",
            ])
    }

    @Test func `an unpaid due date moves to overdue, ages and is written once`() async throws {
        let life = try await LoanLife()
        try await life.close("2026-02-04")
        #expect(
            life.postings(on: "2026-02-01").filter { $0.contains("overdue") } == [
                "harbor overdue 1110 -23102", "harbor overdue 1120 23102",
                "harbor overdue 1130 -700", "harbor overdue 1140 700",
                "platform overdue 1110 -9901", "platform overdue 1120 9901",
                "platform overdue 1130 -300", "platform overdue 1140 300",
            ])
        #expect(life.postings(on: "2026-02-03").allSatisfy { !$0.contains("penalty") })
        #expect(
            life.postings(on: "2026-02-04").filter { $0.contains("penalty 1150") } == [
                "harbor penalty 1150 46", "platform penalty 1150 19",
            ], "after the grace days penalty counts from the due date")
        #expect(life.balanceDates == ["2026-01-01", "2026-02-01"])
        let balance = try #require(life.house.store.world.balances.sorted().last)
        #expect(balance.daysPastDue == 0)
        #expect(balance.claims.overduePrincipal == 99_01)
    }

    @Test func `what all these days posted is what the facts give`() async throws {
        let life = try await LoanLife()
        try await Self.payLate(life)
        try await life.close("2026-04-05")
        #expect(try await life.house.verify.run() == nil)
    }

    /// 100.00 on 5 February, and on the 6th 340.03 that had come on the 1st.
    private static func payLate(_ life: LoanLife) async throws {
        try await life.open("2026-02-05")
        try await life.house.pay(PaymentFile.row("P2", "L1", "100.00", valueDate: "2026-02-05"))
        try await life.open("2026-02-06")
        try await life.house.pay(PaymentFile.row("P1", "L1", "340.03", valueDate: "2026-02-01"))
        try await life.close("2026-02-06")
    }
}
