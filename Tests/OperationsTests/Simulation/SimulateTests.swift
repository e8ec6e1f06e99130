import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// What booked loans would have brought under another agreement.
struct SimulateTests {
    private let harbor = TestTerms.harbor
    private let platform = TestTerms.platform

    @Test func `under the same agreement nothing changes`() async throws {
        var house = try ReplayHouse()
        for day in 0..<20 {
            try house.book(day: day, principal: 1_000_01 + Int64(day)) { loan, date in
                [
                    ReplayHouse.fact("\(loan).1", .repayment(amount: 106_00), 31, after: date),
                    ReplayHouse.fact("\(loan).2", .repayment(amount: 77_77), 70, after: date),
                ]
            }
        }
        let report = try await house.simulate(house.booked)
        #expect(report.booked == 20 && report.replayed == 20 && report.refusals.isEmpty)
        #expect(report.lenders.map(\.party) == [platform, harbor])
        for lender in report.lenders {
            #expect(lender.difference == LenderFigures() && lender.old.volume > 0)
            #expect(lender.old.interest > 0)
        }
    }

    /// At 12 % of 1,000.00 a month of thirty days brings 10.00, which was paid on its due date with
    /// 95.59 of principal; the day itself brings some cents of the next month.
    @Test func `other shares move volume, income, service fees and settlement`() async throws {
        var house = try ReplayHouse()
        try house.book { loan, date in
            [ReplayHouse.fact("\(loan).1", .repayment(amount: 105_59), 31, after: date)]
        }
        let end = ReplayHouse.first.adding(days: 31)
        let report = try await house.simulate(try ReplayHouse.duo(("40%", "60%")), through: end)
        let (bank, own) = (try report.lender(harbor), try report.lender(platform))
        #expect(bank.old.volume == 700_00 && bank.new.volume == 600_00)
        #expect(own.old.volume == 300_00 && own.new.volume == 400_00)
        let interest = bank.old.interest + own.old.interest
        #expect((10_00...10_40).contains(interest))
        #expect(bank.new.interest + own.new.interest == interest)
        // The nearest cent of seven and of six tenths.
        #expect(bank.old.interest == (interest * 7 + 5) / 10, "\(interest)")
        #expect(bank.new.interest == (interest * 6 + 5) / 10, "\(interest)")
        // 10 % of the interest that harbor got.
        #expect(bank.old.serviceFees == -70 && bank.new.serviceFees == -60)
        #expect(own.old.serviceFees == 70 && own.new.serviceFees == 60)
        // harbor owes its share and the fee, less its part of the payment: 73.91, or 63.35.
        #expect(bank.old.settlement == 73_91 - 700_00 - 70)
        #expect(bank.new.settlement == 63_35 - 600_00 - 60)
        #expect(bank.difference.volume == -100_00 && own.difference.volume == 100_00)
        #expect(own.old.settlement == 0 && own.new.settlement == 0)
    }

    @Test func `losses go with the shares`() async throws {
        var house = try ReplayHouse()
        try house.book { loan, date in
            [
                ReplayHouse.fact(
                    "\(loan).w",
                    .chargeOff(ClaimAmounts(principal: 90_00), isFull: false), 40, after: date),
                ReplayHouse.fact("\(loan).r", .recovery(amount: 10_00), 50, after: date),
            ]
        }
        let report = try await house.simulate(try ReplayHouse.duo(("50%", "50%")))
        let bank = try report.lender(harbor)
        #expect(bank.old.losses == 56_00 && bank.new.losses == 40_00)
    }

    @Test func `what was never paid out or changed hands is left out on both sides`() async throws {
        var house = try ReplayHouse()
        try house.book()
        try house.book(isPaidOut: false)
        let sold = [PlannedShare(party: harbor, amount: 1_000_00)]
        try house.book { loan, date in
            [ReplayHouse.fact("\(loan).t", .transferred(to: sold), 10, after: date)]
        }
        let report = try await house.simulate(try ReplayHouse.duo(("40%", "60%")))
        #expect(report.booked == 3 && report.replayed == 1)
        #expect(report.notDisbursed == 1 && report.changedHands == 1)
        #expect(try report.lender(harbor).old.volume == 700_00)
        #expect(try report.lender(harbor).new.volume == 600_00)
    }

    @Test func `facts of after the last date do not count`() async throws {
        var house = try ReplayHouse()
        try house.book { loan, date in
            [ReplayHouse.fact("\(loan).1", .repayment(amount: 105_59), 32, after: date)]
        }
        let end = ReplayHouse.first.adding(days: 31)
        let report = try await house.simulate(house.booked, through: end)
        #expect(try report.lender(harbor).old.settlement == -700_00)
    }

    @Test func `dates must lie behind and hold a loan`() async throws {
        let house = try ReplayHouse()
        await #expect(throws: SimulationFault.self) {
            try await house.simulate(
                house.booked, open: ReplayHouse.last.adding(days: -1))
        }
        let empty = await #expect(throws: SimulationFault.self) {
            try await house.simulate(house.booked)
        }
        #expect(empty?.code == "SIM-001")
    }
}

/// Limits while loans are replayed.
struct SimulatedLimitTests {
    private let harbor = TestTerms.harbor

    @Test func `a day's limit refuses what is above it, and says how often the old was`()
        async throws
    {
        var house = try ReplayHouse()
        for day in [0, 0, 0, 1, 2, 2] { try house.book(day: day) }
        let other = try ReplayHouse.duo(
            ("30%", "70%"), limits: [ReplayHouse.limit(.day, 1_400_00)])
        let report = try await house.simulate(other)
        let line = try #require(report.limits.first)
        #expect(line.old == SimulationReport.Use(peak: 2_100_00, above: 1))
        #expect(line.new == SimulationReport.Use(peak: 1_400_00, above: 0))
        #expect(line.refused == 1)
        #expect(report.refusals.map(\.loans) == [1] && report.refusals[0].code == "LIMIT-001")
        #expect(report.refusals[0].volume == 1_000_00)
        #expect(try report.lender(harbor).new.loans == 5)
    }

    @Test func `a month begins anew`() async throws {
        var house = try ReplayHouse()
        for day in [0, 10, 26, 27, 40] { try house.book(day: day) }
        let other = try ReplayHouse.duo(
            ("30%", "70%"), limits: [ReplayHouse.limit(.month, 1_400_00)])
        let report = try await house.simulate(other)
        // 5, 15 and 31 January, then 1 and 14 February.
        #expect(report.limits[0].refused == 1)
        #expect(report.limits[0].old == SimulationReport.Use(peak: 2_100_00, above: 1))
    }

    @Test func `what is given back makes room the day after`() async throws {
        var house = try ReplayHouse()
        try house.book { loan, date in
            [ReplayHouse.fact("\(loan).1", .cancelled(.none), 10, after: date)]
        }
        try house.book(day: 5)
        try house.book(day: 10)
        try house.book(day: 11)
        let outstanding = ReplayHouse.limit(.outstanding, 1_000_00)
        let other = try ReplayHouse.duo(("30%", "70%"), limits: [outstanding])
        let report = try await house.simulate(other)
        // Only the first fits until it is given back on the tenth day.
        // What was given back counts as not lent.
        #expect(try report.lender(harbor).new.loans == 1)
        let line = report.limits[0]
        #expect(line.refused == 2 && line.new == SimulationReport.Use(peak: 700_00, above: 0))
        // Of those that were booked there were 1,400.00 from the fifth day on, and to the end.
        #expect(line.old.peak == 2_100_00)
        let days = Int(ReplayHouse.last.dayNumber - ReplayHouse.first.dayNumber) + 1 - 5
        #expect(line.old.above == days)
    }

    @Test func `a party's limit counts under whatever agreement`() async throws {
        var house = try ReplayHouse()
        for _ in 0..<3 { try house.book() }
        let report = try await house.simulate(
            house.booked, partyLimits: [ReplayHouse.limit(.day, 700_00, over: "")])
        #expect(report.limits.count == 1 && report.limits[0].refused == 2)
    }

    @Test func `a limit of each borrower refuses in one row`() async throws {
        var house = try ReplayHouse()
        for borrower in ["B1", "B1", "B2", "B2", "B3"] { try house.book(borrower: borrower) }
        let each = ReplayHouse.limit(.outstanding, 1_000_00, scope: .each(.borrower))
        let report = try await house.simulate(try ReplayHouse.duo(("30%", "70%"), limits: [each]))
        #expect(report.refusals.map(\.loans) == [2])
        #expect(report.refusals.first?.because.contains("for a borrower") == true)
    }

    @Test func `products and rates that the other agreement does not take are told`()
        async throws
    {
        var house = try ReplayHouse()
        try house.book()
        let other = try TestTerms.agreement(
            "duo", ["equal-principal-loan"], [(TestTerms.platform, "30%"), (harbor, "70%")])
        let report = try await house.simulate(other)
        #expect(report.refusals.map(\.code) == ["INTAKE-012"])
        #expect(try report.lender(harbor).new == LenderFigures())
        #expect(try report.lender(harbor).old.volume == 700_00)
    }
}
