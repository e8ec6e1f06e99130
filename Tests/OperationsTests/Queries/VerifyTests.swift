import BusinessCalendar
import LendingRules
import Operations
import Synchronization
import TestSupport
import Testing

/// `verify` says nothing of a sound store and names the law that a changed one breaks.
struct VerifyTests {
    @Test func `a sound store agrees with its facts`() async throws {
        let house = try await AuditedStore.house()
        #expect(try await house.verify.run() == nil)
        #expect(try await house.verifyEmpty() == nil)
    }

    @Test func `loans and payments of the open date are not looked for yet`() async throws {
        let house = try await AuditedStore.house()
        try await house.book(LoanFile.row("L9"))
        try await house.pay(PaymentFile.row("P9", "L1", "5.00", valueDate: "2026-02-07"))
        _ = try await house.fund().run()
        #expect(try await house.verify.run() == nil)
    }

    @Test(arguments: Tampering.all)
    func `a changed store is found under its law`(tampering: Tampering) async throws {
        let house = try await AuditedStore.house()
        house.store.write(nil, tampering.change)
        let divergence = try #require(try await house.verify.run())
        #expect(divergence.law == tampering.law)
        #expect(divergence.sentence.hasPrefix("\(tampering.law.rawValue) of 2026-"))
        #expect(!divergence.subject.isEmpty)
    }

    @Test func `its progress always knows how much there is`() async throws {
        let house = try await AuditedStore.house()
        let told = Mutex<[WorkDone]>([])
        let surroundings = Surroundings(
            hash: TestHash.digest, shard: TestHash.shard, now: { 0 },
            progress: { work in told.withLock { $0.append(work) } })
        let verify = Verify(
            source: house.store, books: house.store, snapshots: house.store,
            platform: house.catalogue.platform, surroundings: surroundings)
        #expect(try await verify.run() == nil)
        let works = told.withLock { $0 }
        #expect(Set(works.map(\.noun)) == ["loans recomputed", "dates compared"])
        #expect(works.allSatisfy { $0.total != nil && $0.done <= $0.total ?? 0 })
        for noun in ["loans recomputed", "dates compared"] {
            let last = works.last { $0.noun == noun }
            #expect(last?.done == last?.total, "\(noun)")
        }
    }
}

/// A store with a month of everything: payments, a take-over, a refusal, settlements.
enum AuditedStore {
    /// Lived once; every test changes a copy.
    private static let world = Task { try await lived().store.world }

    static func house() async throws -> TestHouse {
        try TestHouse(store: MemoryStore(try await world.value))
    }

    private static func lived() async throws -> TestHouse {
        let house = try TestHouse()
        house.banks.change {
            $0.fates["L2.harbor.1"] = .refused
            $0.fates["L4.meridian.1"] = .refused
        }
        try await house.book(
            LoanFile.row("L1"), LoanFile.row("L2"),
            LoanFile.row("L3", product: "equal-principal-loan"),
            LoanFile.row("L4", product: "equal-principal-loan"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-31")
        try await house.pay(
            PaymentFile.row("P1", "L1", "340.03", valueDate: "2026-02-01"),
            PaymentFile.row("P2", "L3", "100.00", valueDate: "2026-02-01"))
        for party in [TestTerms.harbor, TestTerms.meridian] {
            await house.answer(from: party, on: World.firstDate)
        }
        _ = try await house.reconcile.run(openDate: house.store.world.open)
        _ = try await house.settle.run()
        try await house.close(through: "2026-02-05")
        try await house.pay(
            PaymentFile.row("R1", "L1", "340.03", valueDate: "2026-02-06", reverses: "P1"))
        try await house.close(through: "2026-02-06")
        return house
    }
}

extension TestHouse {
    /// The verdict on an empty store of the same terms.
    fileprivate func verifyEmpty() async throws -> Divergence? {
        try await TestHouse(store: MemoryStore(), catalogue: catalogue).verify.run()
    }
}
