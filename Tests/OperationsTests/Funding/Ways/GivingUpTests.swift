import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Requests whose partners' deadlines are over: reversed, and their shares asked of others.
struct GivingUpTests {
    @Test func `what is in doubt two dates later is given up, and its share goes on at once`()
        async throws
    {
        let house = try RerouteHouse.house()
        house.banks.change {
            $0.fates["L1.harbor.1"] = .answerLost(TestBanks.accepted("L1.harbor.1"))
        }
        house.silence("L1.harbor.1")
        try await house.book(LoanFile.row("L1", product: "orphan"))
        for date in ["2026-01-01", "2026-01-02"] {
            #expect(try await house.fund().run().givenUp == 0, "still waited for on \(date)")
            try await house.close(through: date)
        }
        let report = try await house.fund().run()
        #expect((report.givenUp, report.rerouted, report.disbursed) == (1, 1, 1))
        #expect(house.states == ["L1.harbor.1 reversal-in-doubt", "L1.summit.2 confirmed"])
        #expect(house.shares(of: "L1") == "platform 30000, summit 70000")
        #expect(report.open.map(\.key) == ["L1.harbor.1"])
        house.silence("L1.harbor.1", for: 0)
        let later = try await house.fund().run()
        #expect((later.reversed, later.disbursed) == (1, 0))
        #expect(house.states == ["L1.harbor.1 reversed", "L1.summit.2 confirmed"])
        #expect(try await house.verify.run() == nil)
    }

    @Test func `it is asked about once more before it is given up`() async throws {
        let house = try RerouteHouse.house()
        house.banks.change { $0.fates["L1.harbor.1"] = .pending }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-05")
        house.banks.change { $0.day = 1 }
        let report = try await house.fund().run()
        #expect((report.givenUp, report.disbursed) == (0, 1))
        #expect(house.states == ["L1.harbor.1 confirmed"])
    }

    @Test func `a close gives nothing up`() async throws {
        let house = try RerouteHouse.house()
        house.banks.change { $0.fates["L1.harbor.1"] = .pending }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-09")
        #expect(house.states == ["L1.harbor.1 pending"])
        #expect(try await house.fund().run().givenUp == 1)
    }

    @Test func `without a deadline it is waited for, however long`() async throws {
        let house = try RerouteHouse.house(inDoubtDays: nil)
        house.banks.change { $0.fates["L1.harbor.1"] = .pending }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-02-09")
        #expect(try await house.fund().run().givenUp == 0)
        #expect(house.states == ["L1.harbor.1 pending"])
    }

    @Test func `what a bank that is down never got is given up as well`() async throws {
        let house = try RerouteHouse.house()
        house.banks.change { $0.down = [TestTerms.harbor] }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        try await house.close(through: "2026-01-02")
        let report = try await house.fund().run()
        #expect((report.givenUp, report.rerouted, report.disbursed) == (1, 1, 1))
        #expect(house.states == ["L1.harbor.1 reversing", "L1.summit.2 confirmed"])
        house.banks.change { $0.down = [] }
        #expect(try await house.fund().run().reversed == 1)
        #expect(house.banks.count("send L1.harbor.1") == 3, "tried, and never on the wire")
    }

    @Test func `so is what was not even claimed for it, and nothing that is not due`() async throws
    {
        let house = try RerouteHouse.house()
        house.banks.change { $0.down = [TestTerms.harbor] }
        for number in 1...5 {
            try await house.book(LoanFile.row("L\(number)", product: "orphan"))
        }
        try await house.close(through: "2026-01-02")
        try await house.book(LoanFile.row("L6", product: "orphan"))
        let report = try await house.fund { $0.batch = 2 }.run()
        #expect((report.givenUp, report.disbursed) == (5, 5))
        #expect(report.waiting == [TestTerms.harbor: 1])
        #expect(house.store.world.requests["L6.harbor.1"]?.state == .planned)
    }

    @Test func `a late acceptance is reversed, never honoured`() async throws {
        let house = try RerouteHouse.house()
        house.banks.change { $0.fates["L1.harbor.1"] = .pending }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-02")
        house.silence("L1.harbor.1")
        _ = try await house.fund().run()
        house.silence("L1.harbor.1", for: 0)
        house.banks.change { $0.day = 9 }
        _ = try await house.fund().run()
        #expect(house.states == ["L1.harbor.1 reversed", "L1.summit.2 confirmed"])
        #expect(house.banks.count("reverse L1.harbor.1") > 0)
        #expect(house.store.world.facts[LoanID("L1")]?.count == 1)
    }

    @Test(arguments: [RefusalRule.platform, .decline])
    func `with nobody left to ask, the agreement's last word holds`(rule: RefusalRule) async throws
    {
        let house = try RerouteHouse.house(onRefusal: rule, fallback: [])
        house.banks.change { $0.fates["L1.harbor.1"] = .pending }
        try await house.book(LoanFile.row("L1", product: "contested"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-02")
        let report = try await house.fund().run()
        #expect(report.givenUp == 1)
        switch rule {
        case .platform:
            #expect(house.shares(of: "L1") == "platform 70000, meridian 30000")
            #expect(house.states == ["L1.harbor.1 reversed", "L1.meridian.1 confirmed"])
        case .decline:
            #expect(house.state(of: "L1") == .declined)
            #expect(house.states == ["L1.harbor.1 reversed", "L1.meridian.1 reversed"])
        }
    }

    @Test func `a reversal that its bank refuses leaves the share there and the loan paid once`()
        async throws
    {
        let house = try RerouteHouse.house()
        house.banks.change {
            $0.fates["L1.harbor.1"] = .pending
            $0.reversalsRefused = ["L1.harbor.1"]
        }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-02")
        let report = try await house.fund().run()
        #expect(report.disbursed == 1)
        #expect(report.open.map(\.state) == [.reversalRefused])
        #expect(house.states == ["L1.harbor.1 reversal-refused", "L1.summit.2 confirmed"])
    }
}
