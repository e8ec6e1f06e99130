import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Banks that accept less than they are asked for, where the agreement lets them and where not.
struct PartialAcceptanceTests {
    @Test(arguments: [1, 350_00, 699_99] as [Int64])
    func `a bank holds what it accepted, and another is asked for the rest`(part: Int64)
        async throws
    {
        let house = try RerouteHouse.house(acceptsParts: true)
        house.banks.change { $0.fates["L1.harbor.1"] = .part(part) }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        let report = try await house.fund().run()
        #expect((report.accepted, report.rerouted, report.disbursed) == (2, 1, 1))
        #expect(
            house.shares(of: "L1")
                == "platform 30000, harbor \(part), summit \(700_00 - part)")
        let harbor = try #require(house.store.world.requests["L1.harbor.1"])
        #expect((harbor.request.amount, harbor.heldAmount) == (700_00, part))
        #expect(house.store.world.ledgerRows.isEmpty, "all that was asked for is released")
        try await house.close(through: "2026-01-02")
        #expect(try await house.verify.run() == nil)
    }

    @Test func `without that agreement, less settles nothing`() async throws {
        let house = try RerouteHouse.house()
        house.banks.change { $0.fates["L1.harbor.1"] = .part(350_00) }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        let report = try await house.fund().run()
        #expect(report.open.map(\.state) == [.inDoubt])
        #expect(report.open.map(\.reason) == ["it is about 350.00 USD"])
    }

    @Test(arguments: [0, -1, 700_01] as [Int64])
    func `nothing, and more than was asked for, is never accepted`(amount: Int64) async throws {
        let house = try RerouteHouse.house(acceptsParts: true)
        house.banks.change { $0.fates["L1.harbor.1"] = .part(amount) }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        #expect(try await house.fund().run().open.map(\.state) == [.inDoubt])
        #expect(house.store.world.requests["L1.harbor.1"]?.heldAmount == 700_00)
    }

    @Test func `two banks may both leave a rest, and the platform takes the last`() async throws {
        let house = try RerouteHouse.house(
            onRefusal: .platform, fallback: [TestTerms.summit], acceptsParts: true)
        house.banks.change {
            $0.fates["L1.harbor.1"] = .part(200_00)
            $0.fates["L1.summit.2"] = .part(499_99)
        }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        #expect(house.shares(of: "L1") == "platform 30001, harbor 20000, summit 49999")
        #expect(house.state(of: "L1") == .disbursed)
    }

    @Test func `a part of a declined loan is reversed`() async throws {
        let house = try RerouteHouse.house(fallback: [], acceptsParts: true)
        house.banks.change { $0.fates["L1.harbor.1"] = .part(200_00) }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        let report = try await house.fund().run()
        #expect((report.declined, report.reversed) == (1, 1))
        #expect(house.states == ["L1.harbor.1 reversed"])
    }

    @Test(
        arguments: [
            (350_00, CallbackOutcome.applied), (700_01, .doubted), (0, .doubted),
        ] as [(Int64, CallbackOutcome)])
    func `a callback may say that a part is accepted`(
        amount: Int64, outcome: CallbackOutcome
    ) async throws {
        let house = try RerouteHouse.house(acceptsParts: true)
        house.banks.change { $0.fates["L1.harbor.1"] = .pending }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        let callbacks = CallbackHouse(over: house)
        #expect(try await callbacks.take(.accepted, 1, cents: amount - 700_00) == outcome)
        let held = try #require(house.store.world.requests["L1.harbor.1"])
        #expect(held.heldAmount == (outcome == .applied ? amount : 700_00))
        if outcome == .applied {
            let again = try await callbacks.take(.confirmed, 2, cents: 1)
            #expect(again == .doubted, "what it accepted is what it holds")
        }
    }
}
