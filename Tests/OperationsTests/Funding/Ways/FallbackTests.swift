import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Refused shares go from bank to bank in the agreement's order, then as it says.
struct FallbackTests {
    @Test(
        arguments: [
            ([], RefusalRule.decline, "summit 70000"),
            (["summit"], .decline, "orchard 70000"),
            (["summit", "orchard"], .platform, "platform"), (["summit", "orchard"], .decline, ""),
        ] as [([String], RefusalRule, String)])
    func `each refusal asks the next bank`(
        refusing: [String], rule: RefusalRule, taker: String
    ) async throws {
        let house = try RerouteHouse.house(onRefusal: rule)
        house.banks.change {
            $0.fates["L1.harbor.1"] = .refused
            for (number, bank) in refusing.enumerated() {
                $0.fates["L1.\(bank).\(number + 2)"] = .refused
            }
        }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        let report = try await house.fund().run()
        #expect(report.rerouted == min(refusing.count + 1, 2))
        switch taker {
        case "": #expect(house.state(of: "L1") == .declined)
        case "platform": #expect(house.shares(of: "L1") == "platform 100000")
        default: #expect(house.shares(of: "L1") == "platform 30000, \(taker)")
        }
        #expect(house.store.world.ledgerRows.isEmpty, "the commitments are released")
        #expect(try await house.verify.run() == nil)
    }

    @Test(arguments: [
        ([TestTerms.summit], "platform 30000, orchard 70000"),
        ([TestTerms.summit, TestTerms.orchard], "platform 100000"),
    ])
    func `a bank that no configuration knows any more is passed over`(
        gone: [PartyID], shares: String
    ) async throws {
        let house = try RerouteHouse.house(onRefusal: .platform, without: Set(gone))
        house.banks.change { $0.fates["L1.harbor.1"] = .refused }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        #expect(house.shares(of: "L1") == shares)
        #expect(!house.banks.now.calls.contains { $0.contains("summit") })
    }

    @Test func `the new request has a key, a date and terms of its own`() async throws {
        let house = try RerouteHouse.house()
        house.banks.change { $0.fates["L1.harbor.1"] = .refused }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        try await house.close(through: "2026-01-03")
        _ = try await house.fund().run()
        let world = house.store.world
        let (old, new) = (world.requests["L1.harbor.1"], world.requests["L1.summit.2"])
        #expect(new?.request.valueDate == SampleLoan.date("2026-01-04"))
        #expect(new?.request.amount == old?.request.amount)
        #expect(new?.request.loanAmount == 1000_00)
        #expect((new?.request.expiresAt ?? 0) > (old?.request.expiresAt ?? 0))
        #expect(house.banks.now.calls == ["send L1.harbor.1", "send L1.summit.2"])
    }

    @Test func `two refused shares go to two banks, in the order of the plan`() async throws {
        for reversed in [false, true] {
            let house = try RerouteHouse.house()
            house.banks.change {
                $0.fates["L1.harbor.1"] = .refused
                $0.fates["L1.meridian.1"] = reversed ? .answerLost(TestBanks.refused) : .refused
            }
            try await house.book(LoanFile.row("L1", product: "contested"))
            _ = try await house.fund { $0.batch = 1 }.run()
            #expect(
                house.shares(of: "L1") == "platform 20000, summit 50000, orchard 30000")
            #expect(house.state(of: "L1") == .disbursed)
        }
    }

    @Test func `with one bank for two shares the second goes as the agreement says`() async throws {
        let house = try RerouteHouse.house(onRefusal: .decline, fallback: [TestTerms.summit])
        house.banks.change {
            $0.fates["L1.harbor.1"] = .refused
            $0.fates["L1.meridian.1"] = .refused
        }
        try await house.book(LoanFile.row("L1", product: "contested"))
        let report = try await house.fund().run()
        #expect((report.declined, report.rerouted) == (1, 0))
        #expect(house.banks.now.calls.allSatisfy { !$0.contains("summit") })
    }

    @Test func `a bank without room is passed over, and its limit stands`() async throws {
        let limits = [TestTerms.summit, TestTerms.orchard].map { party in
            Limit(
                LimitKey(
                    agreement: "way", party: party, span: .day, currency: SampleLoan.dollars),
                amount: party == TestTerms.summit ? 699_99 : 700_00)
        }
        let house = try RerouteHouse.house(limits: limits)
        house.banks.change {
            $0.fates["L1.harbor.1"] = .refused
            $0.fates["L2.harbor.1"] = .refused
        }
        try await house.book(
            LoanFile.row("L1", product: "orphan"), LoanFile.row("L2", product: "orphan"))
        let report = try await house.fund().run()
        #expect(house.shares(of: "L1") == "platform 30000, orchard 70000")
        #expect((report.declined, report.disbursed) == (1, 1))
        #expect(report.unpayable.map(\.loan) == [LoanID("L2")])
        #expect(report.unpayable.allSatisfy { $0.reason.contains("orchard's limit") })
    }

    @Test func `a loan that waited too long for its schedule is not asked about elsewhere`()
        async throws
    {
        let house = try RerouteHouse.house()
        house.banks.change { $0.fates["L1.harbor.1"] = .refused }
        try await house.book(
            LoanFile.row("L1", product: "orphan", firstDueOn: "2026-01-04"))
        try await house.close(through: "2026-01-05")
        let report = try await house.fund().run()
        #expect((report.declined, report.rerouted) == (1, 0))
        #expect(house.states == ["L1.harbor.1 refused"])
    }

    @Test func `a payout waits for the bank that was asked last`() async throws {
        let house = try RerouteHouse.house(channel: TestChannel())
        house.banks.change {
            $0.fates["L1.harbor.1"] = .refused
            $0.fates["L1.summit.2"] = .pending
        }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        #expect(house.state(of: "L1") == .funding)
        #expect(house.store.world.payouts.isEmpty)
        house.banks.change { $0.day = 1 }
        _ = try await house.fund().run()
        #expect(house.state(of: "L1") == .disbursed)
        #expect(house.states == ["L1.harbor.1 refused", "L1.summit.2 confirmed"])
        #expect(try await house.verify.run() == nil)
    }
}
