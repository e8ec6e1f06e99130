import Bookkeeping
import BusinessCalendar
import LendingRules
import Testing

/// The entries of RULES § 8, day by day, for one loan.
struct LoanPostingsTests {
    @Test
    func `a disbursement books the claims, what harbor owes and the payout`() throws {
        #expect(
            try Story().entries("01-01") == [
                "disbursement platform 1110 360.00",
                "accrual platform 1130 0.12", "accrual platform 4010 -0.12",
                "disbursement harbor 1110 840.00",
                "disbursement platform 1310 harbor 840.00",
                "disbursement harbor 1310 platform -840.00",
                "accrual harbor 1130 0.27", "accrual harbor 4010 -0.27",
                "disbursement platform 2020 -1200.00",
                "payout platform 2020 1200.00", "payout platform 1010 -1200.00",
            ])
    }

    @Test
    func `a quiet day books interest alone`() throws {
        #expect(
            try Story().entries("01-02") == [
                "accrual platform 1130 0.11", "accrual platform 4010 -0.11",
                "accrual harbor 1130 0.27", "accrual harbor 4010 -0.27",
            ])
    }

    @Test
    func `a payment books cash, claims, what the platform owes and the service fee`() throws {
        #expect(
            try Story("P1 02-01 500.00").entries("02-01").filter { !$0.hasPrefix("accrual") } == [
                "repayment platform 1110 -120.00", "repayment platform 1130 -3.60",
                "repayment harbor 1110 -280.00", "repayment harbor 1130 -8.40",
                "repayment harbor 1310 platform 288.40",
                "repayment platform 1310 harbor -288.40",
                "service-fee harbor 5010 0.84", "service-fee platform 4040 -0.84",
                "service-fee platform 1310 harbor 0.84",
                "service-fee harbor 1310 platform -0.84",
                "repayment platform 1010 500.00", "repayment platform 2010 -88.00",
            ])
    }

    @Test
    func `an unpaid due date moves the claims to overdue`() throws {
        #expect(
            try Story().entries("02-01").filter { $0.hasPrefix("overdue harbor") } == [
                "overdue harbor 1120 280.00", "overdue harbor 1110 -280.00",
                "overdue harbor 1140 8.40", "overdue harbor 1130 -8.40",
            ])
    }

    @Test
    func `penalty is booked when the grace is over and taken back when a payment was in time`()
        throws
    {
        let story = try Story("P1 02-04>02-06 412.00")
        func penalty(_ date: String) throws -> [String] {
            try story.entries(date).filter { $0.hasPrefix("penalty") }
        }
        #expect(try penalty("02-03").isEmpty)
        #expect(
            try penalty("02-04") == [
                "penalty platform 1150 0.24", "penalty platform 4020 -0.24",
                "penalty harbor 1150 0.55", "penalty harbor 4020 -0.55",
            ])
        #expect(
            try penalty("02-06") == [
                "penalty platform 1150 -0.30", "penalty platform 4020 0.30",
                "penalty harbor 1150 -0.69", "penalty harbor 4020 0.69",
            ])
    }

    @Test
    func `a reversal books its payment negated`() throws {
        let facts = "P1 02-10 413.78"
        let paid = try Story(facts).entries("02-10").filter { $0.hasPrefix("repayment") }
        let undone = try Story(facts + "; -P1 02-11").entries("02-11")
            .filter { $0.hasPrefix("repayment") }
        func negated(_ line: String) -> String {
            var words = line.split(separator: " ").map(String.init)
            let amount = words.removeLast()
            words.append(amount.hasPrefix("-") ? String(amount.dropFirst()) : "-" + amount)
            return words.joined(separator: " ")
        }
        #expect(undone == paid.map(negated))
    }

    @Test(arguments: ["01-01", "01-15", "02-01", "02-10", "03-01", "06-30"])
    func `closing a day twice posts nothing the second time`(date: String) throws {
        let story = try Story("P1 01-10 500.00; P2 02-10 20.00")
        let position = try story.position(date)
        let again = LoanPostings.difference(of: story.contract, from: position, to: position)
        #expect(again.isEmpty)
    }

    @Test
    func `before its disbursement a loan has no amounts`() throws {
        let story = try Story()
        let eve = try story.contract.position(
            facts: [], at: story.contract.disbursedOn.adding(days: -1))
        let first = try story.position("01-01")
        let postings = LoanPostings.difference(of: story.contract, from: eve, to: first)
        #expect(
            postings == LoanPostings.difference(of: story.contract, from: nil, to: first))
    }
}
