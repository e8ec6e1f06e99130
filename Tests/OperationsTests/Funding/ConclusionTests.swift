import BusinessCalendar
import LendingRules
import Operations
import Synchronization
import TestSupport
import Testing

/// Conclusions that the date, the store or missing terms stand in the way of.
struct ConclusionTests {
    @Test(arguments: ["2026-01-03", "2026-01-04"])
    func `a loan without a schedule on the open date is declined and reversed`(
        closed: String
    ) async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1", firstDueOn: "2026-01-04"), LoanFile.row("L2"))
        try await house.close(through: closed)
        let report = try await house.fund().run()
        #expect(report.declined == 1)
        #expect(report.disbursed == 1)
        #expect(report.reversed == 1)
        #expect(report.unpayable.map(\.loan) == [LoanID("L1")])
        #expect(report.unpayable.allSatisfy { $0.reason.contains("2026-01-04") })
        let world = house.store.world
        #expect(world.loans[LoanID("L1")]?.state == .declined)
        #expect(world.requests["L1.harbor.1"]?.state == .reversed)
        #expect(world.facts[LoanID("L1")] == nil)
        try await house.close(through: "2026-01-06")
    }

    @Test func `a loan is paid out on the day before its first due date`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1", firstDueOn: "2026-01-04"))
        try await house.close(through: "2026-01-02")
        #expect(try await house.fund().run().disbursed == 1)
    }

    @Test func `a loan whose terms are not kept stops the run and is not declined`() async throws {
        let house = try TestHouse()
        house.banks.change { $0.fates["L1.harbor.1"] = .refused }
        try await house.book(LoanFile.row("L1"))
        house.store.write { $0.snapshots = [] }
        await #expect(throws: ContractFault.self) { try await house.fund().run() }
        #expect(house.store.world.loans[LoanID("L1")]?.state != .declined)
    }

    @Test func `a date frozen meanwhile is read again`() async throws {
        let (house, _) = try Self.interrupted { $0.open = $0.open.adding(days: 1) }
        try await house.book(LoanFile.row("L1"))
        #expect(try await house.fund().run().disbursed == 1)
        let fact = try #require(house.store.world.facts[LoanID("L1")]?.first)
        #expect(fact.valueDate == SampleLoan.date("2026-01-02"))
    }

    @Test func `a date that is always frozen ends the run, and what never left is given back`()
        async throws
    {
        let (house, count) = try Self.interrupted(times: 9) { $0.open = $0.open.adding(days: 1) }
        house.banks.change { $0.down = [TestTerms.meridian] }
        try await house.book(
            LoanFile.row("L1"), LoanFile.row("L2", product: "equal-principal-loan"))
        await #expect(throws: Refusal.self) { try await house.fund().run() }
        #expect(count.value == 3)
        #expect(house.store.world.requests["L2.meridian.1"]?.state == .planned)
    }

    @Test func `what another run has concluded is not counted`() async throws {
        let (house, _) = try Self.interrupted {
            $0.loans[LoanID("L1")]?.state = .disbursed
        }
        try await house.book(LoanFile.row("L1"), LoanFile.row("L2"))
        #expect(try await house.fund().run().disbursed == 1)
    }

    /// A house whose world changes just before each of the first conclusions.
    private static func interrupted(
        times: Int = 1, _ change: @escaping @Sendable (inout World) -> Void
    ) throws -> (TestHouse, Count) {
        let store = MemoryStore()
        let count = Count()
        let house = try TestHouse(store: store) { point in
            guard point == .fundingBeforeConclusion, count.next() <= times else { return }
            store.write { change(&$0) }
        }
        return (house, count)
    }
}

/// How often something happened.
final class Count: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock { $0 } }

    func next() -> Int {
        number.withLock {
            $0 += 1
            return $0
        }
    }
}
