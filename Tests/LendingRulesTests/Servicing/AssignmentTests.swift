import BusinessCalendar
import LendingRules
import Monetary
import Testing

/// Claims that move between two holders while a loan lives, and cash for losses.
struct AssignmentTests {
    /// What each of platform, harbor and keystone has at the end of a date: principal, overdue
    /// principal, interest, overdue interest, penalty.
    private func holders(_ story: Story, _ date: String) throws -> [String] {
        try story.position(date).lenders.map { lender in
            [
                lender.principal, lender.overduePrincipal, lender.interest, lender.overdueInterest,
                lender.penalty,
            ].map(Story.text).joined(separator: " ")
        }
    }

    private func story(_ text: String) throws -> Story {
        try Story(text, lent: [36_000, 84_000, 0])
    }

    @Test func `a guarantor that pays a lender out has exactly the lender's claims`() throws {
        // On 02-20 harbor has 280.00 + 8.40 overdue, 560.00 not due; 20 of 28 days of 8.00 have
        // accrued with the night: 5.71, of it 4.00 harbor's and 1.71 the platform's. Penalty since
        // 02-01: 400.00 x 18 % x 20/365 = 3.95, of it 2.77 harbor's, which is not paid for.
        let before = try story("")
        #expect(
            try holders(before, "02-20") == [
                "240.00 120.00 1.71 3.60 1.18", "560.00 280.00 4.00 8.40 2.77",
                "0.00 0.00 0.00 0.00 0.00",
            ])
        let paid = try story("A1 02-20 compensation harbor>keystone 840.00/12.40/0.00")
        #expect(
            try holders(paid, "02-20") == [
                "240.00 120.00 1.71 3.60 1.18", "0.00 0.00 0.00 0.00 2.77",
                "560.00 280.00 4.00 8.40 0.00",
            ])
    }

    @Test func `nothing accrues at the lender any more, and payments are the guarantor's`() throws {
        let paid = try story(
            "A1 02-20 compensation harbor>keystone 840.00/12.40/0.00; P1 02-25 412.00")
        let day = try paid.position("02-25")
        #expect(day.lenders[1].claims.total == 0)
        // Penalty of 24 nights is 4.73, 3.95 of it of the time before; interest 12.00, the rest of
        // 395.27 is principal.
        #expect(
            day.payments[0].parts.map { Story.text($0.components.total) } == [
                "123.59", "2.77", "285.64",
            ])
    }

    @Test func `what a partial payment covers moves, the rest stays`() throws {
        let paid = try story("A1 02-20 compensation harbor>keystone 500.00/0.00/0.00")
        #expect(
            try holders(paid, "02-20") == [
                "240.00 120.00 1.71 3.60 1.18", "226.66 113.34 4.00 8.40 2.77",
                "333.34 166.66 0.00 0.00 0.00",
            ])
    }

    @Test func `of an instalment alone the guarantor gets what is paid on it`() throws {
        // A payment of the day comes first: 3.75 of penalty, 12.00 of interest, 388.25.
        let paid = try story(
            "A1 02-20 compensation harbor>keystone 280.00/8.40/0.00 #1; P1 02-20 404.00")
        #expect(try paid.position("02-20").lenders[2].claims.total == 822)
        let later = try story(
            "A1 02-20 compensation harbor>keystone 280.00/8.40/0.00 #1; P1 02-21 416.20")
        #expect(
            try holders(later, "02-20") == [
                "240.00 120.00 1.71 3.60 1.18", "560.00 0.00 4.00 0.00 2.77",
                "0.00 280.00 0.00 8.40 0.00",
            ])
        let parts = try later.position("02-21").payments[0].parts.map(\.components)
        #expect(parts[2].overduePrincipal == 28_000 && parts[2].overdueInterest == 840)
        #expect(parts[1].overduePrincipal == 0)
    }

    @Test func `the books of a compensation`() throws {
        let paid = try story("A1 02-20 compensation harbor>keystone 840.00/12.40/0.00")
        #expect(
            try paid.entries("02-20", of: "compensation", "acquired") == [
                "compensation harbor 1110 -560.00", "compensation harbor 1120 -280.00",
                "compensation harbor 1130 -4.00", "compensation harbor 1140 -8.40",
                "compensation harbor 1310 platform 852.40",
                "compensation platform 1310 harbor -852.40",
                "compensation keystone 1170 852.40",
                "compensation keystone 1310 platform -852.40",
                "compensation platform 1310 keystone 852.40",
            ])
    }

    @Test func `what a guarantor collects leaves the account of what it paid for`() throws {
        let paid = try story(
            "A1 02-20 compensation harbor>keystone 840.00/12.40/0.00; P1 02-25 416.20")
        #expect(
            try paid.entries("02-25", of: "acquired").last
                == "acquired keystone 1170 -288.03")
        // Interest that accrues after it has a claim of its own.
        let accruals = try paid.entries("02-26", of: "accrual")
        #expect(accruals.contains("accrual keystone 1130 0.20"), "\(accruals)")
    }

    @Test func `a platform that pays a lender out keeps its own share apart`() throws {
        let paid = try story("A1 02-20 compensation harbor>platform 840.00/12.40/0.00")
        #expect(
            try paid.entries("02-20", of: "compensation", "acquired") == [
                "compensation platform 1170 852.40", "compensation harbor 1110 -560.00",
                "compensation harbor 1120 -280.00", "compensation harbor 1130 -4.00",
                "compensation harbor 1140 -8.40", "compensation harbor 1310 platform 852.40",
                "compensation platform 1310 harbor -852.40",
            ])
    }

    @Test func `a claim is bought back at a price, the difference is a result of trading`() throws {
        let back = try story("B1 01-20 buy-back harbor>platform 840.00/5.42/0.00 @800.00")
        #expect(
            try back.entries("01-20", of: "buy-back") == [
                "buy-back platform 1110 840.00", "buy-back platform 1130 5.42",
                "buy-back platform 5080 -45.42", "buy-back harbor 1110 -840.00",
                "buy-back harbor 1130 -5.42", "buy-back harbor 1310 platform 800.00",
                "buy-back platform 1310 harbor -800.00", "buy-back harbor 5080 45.42",
            ])
        let harbor = try holders(back, "01-20")[1]
        #expect(harbor == "0.00 0.00 0.00 0.00 0.00")
    }

    @Test func `sold and bought back on one date, only the prices differ`() throws {
        let both = try story(
            "S1 01-20 sale harbor>keystone 840.00/5.42/0.00; "
                + "S2 01-20 buy-back keystone>harbor 840.00/5.42/0.00 @846.00")
        let expected = try holders(story(""), "01-20")
        #expect(try holders(both, "01-20") == expected)
        let entries = try both.entries("01-20", of: "transfer", "buy-back")
        #expect(
            entries.filter { $0.contains("harbor") } == [
                "buy-back harbor 1110 840.00", "buy-back harbor 1130 5.42",
                "buy-back harbor 1310 platform -846.00",
                "buy-back platform 1310 harbor 846.00", "buy-back harbor 5080 0.58",
                "transfer harbor 1110 -840.00", "transfer harbor 1130 -5.42",
                "transfer harbor 1310 platform 845.42",
                "transfer platform 1310 harbor -845.42",
            ])
    }

    @Test func `an invocation is cash alone`() throws {
        let paid = try story("I1 02-20 invocation keystone>harbor 300.00")
        let expected = try holders(story(""), "02-20")
        #expect(try holders(paid, "02-20") == expected)
        #expect(
            try paid.entries("02-20", of: "invocation") == [
                "invocation keystone 5050 300.00", "invocation harbor 4070 -300.00",
                "invocation keystone 1310 platform -300.00",
                "invocation platform 1310 keystone 300.00",
                "invocation harbor 1310 platform 300.00",
                "invocation platform 1310 harbor -300.00",
            ])
    }

    @Test func `lenders who bear losses by their own shares settle what they lost`() throws {
        let paid = try story("I1 02-20 loss-sharing platform>harbor 60.00")
        #expect(
            try paid.entries("02-20", of: "loss-sharing") == [
                "loss-sharing platform 5040 60.00", "loss-sharing harbor 5040 -60.00",
                "loss-sharing harbor 1310 platform 60.00",
                "loss-sharing platform 1310 harbor -60.00",
            ])
    }

    @Test func `what was paid for is no income that non-accrual takes back`() throws {
        let paid = try story("A1 05-02 compensation harbor>keystone 840.00/16.80/0.00")
        // 90 days past due on 05-02; non-accrual from 05-03 on.
        let suspended = try paid.entries("05-03", of: "non-accrual").filter {
            $0.contains("keystone")
        }
        #expect(suspended.allSatisfy { !$0.contains("16.80") }, "\(suspended)")
    }

    @Test func `a payment taken back after a compensation revives the lender's claim`() throws {
        let paid = try story(
            "P1 02-10 50.00; A1 02-20 compensation harbor>keystone 840.00/0.00/0.00; -P1 02-22")
        let day = try paid.position("02-22")
        #expect(!day.lenders.contains { !$0.isSound })
        #expect(day.lenders[2].claims.allPrincipal <= 84_000)
    }

    @Test func `the loan undone, the guarantor has its money back`() throws {
        let undone = try story(
            "A1 02-20 compensation harbor>keystone 840.00/12.40/0.00; X1 02-22 payout-returned")
        let entries = try undone.entries("02-22", of: "compensation")
        #expect(
            entries.filter { $0.contains("keystone 1310") } == [
                "compensation keystone 1310 platform 852.40"
            ])
    }
}
