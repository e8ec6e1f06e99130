import LendingRules
import Operations
import TestSupport
import Testing

/// Two imports of the same ids: the other one records between this one's look and its writing.
struct RacingImportTests {
    @Test func `what the other import recorded with the same content counts as there`()
        async throws
    {
        let (house, racing) = try await race(.repaymentsBeforeRecording, with: "P1 10.00")
        let summary = try await racing.repaymentImport.run(
            PaymentFile.table([PaymentFile.row("P1"), PaymentFile.row("P2")]))
        #expect(
            summary == ImportSummary(file: "payments.csv", imported: 1, alreadyThere: 1))
        #expect(house.facts(of: "L1").keys.sorted() == ["L1.disbursed", "P1", "P2"])
    }

    @Test func `other content of the other import is refused by name`() async throws {
        let (house, racing) = try await race(.repaymentsBeforeRecording, with: "P1 10.01")
        await #expect(throws: Refusal.overtaken("P1")) {
            try await racing.pay(PaymentFile.row("P1"), PaymentFile.row("P2"))
        }
        #expect(house.facts(of: "L1").keys.sorted() == ["L1.disbursed", "P1"])
        // Run again, it is an id that is taken.
        let error = await #expect(throws: ImportRefused.self) {
            try await house.pay(PaymentFile.row("P1"))
        }
        #expect(error?.faults.map(\.code) == ["INTAKE-010"])
    }

    @Test func `facts that the other import recorded whole count as there`() async throws {
        let line = FactFile.line("X1", "payout-failed")
        let house = try await TestServicing.house()
        let other = try await TestServicing.house()
        try await other.take(line)
        let world = other.store.world
        let racing = try Self.house(over: house) { point in
            if point == .factsBeforeRecording { house.store.write { $0 = world } }
        }
        let summary = try await racing.factImport.run(FactFile.table([line]))
        #expect(summary.imported == 0 && summary.alreadyThere == 1)
        #expect(house.facts(of: "L1").keys.sorted() == ["L1.disbursed", "X1"])
    }

    @Test func `a loan that the other import booked counts as there`() async throws {
        let house = try TestHouse()
        let other = try TestHouse()
        try await other.book(LoanFile.row("L1"))
        let world = other.store.world
        let racing = try Self.house(over: house) { point in
            if point == .intakeBeforeBooking { house.store.write { $0 = world } }
        }
        let summary = try await racing.loanImport.run(
            LoanFile.table([LoanFile.row("L1"), LoanFile.row("L2")]))
        #expect(summary.imported == 1 && summary.alreadyThere == 1)
        #expect(house.store.world.loans.count == 2)
    }

    /// A house, and the same whose import is overtaken at a point by one of `id amount`.
    private func race(_ point: CrashPoint, with payment: String) async throws
        -> (house: TestHouse, racing: TestHouse)
    {
        let words = payment.split(separator: " ").map(String.init)
        let house = try await TestServicing.house()
        let other = try await TestServicing.house()
        try await other.pay(PaymentFile.row(words[0], "L1", words[1]))
        let world = other.store.world
        let racing = try Self.house(over: house) { reached in
            if reached == point { house.store.write { $0 = world } }
        }
        return (house, racing)
    }

    private static func house(
        over house: TestHouse, crashPoint: @escaping @Sendable (CrashPoint) -> Void
    ) throws -> TestHouse {
        try TestHouse(
            store: house.store, banks: house.banks, exchange: house.exchange, clock: house.clock,
            catalogue: house.catalogue, crashPoint: crashPoint)
    }
}
