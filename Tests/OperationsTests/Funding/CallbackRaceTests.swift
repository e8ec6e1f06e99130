import LendingRules
import Operations
import TestSupport
import Testing

/// Callbacks beside other work: any order, other processes, kills.
struct CallbackRaceTests {
    /// What a bank may say of one request in its life, by how it stands with us.
    static let lives: [(RequestState, [PartnerWord], RequestState)] = [
        (.inDoubt, [.pending, .accepted, .confirmed], .accepted),
        (.sent, [.pending, .refused], .refused),
        (.pending, [.pending, .accepted], .accepted),
        (.reversing, [.pending, .accepted, .reversing, .reversed], .reversed),
        (.reversalInDoubt, [.accepted, .confirmed, .reversing, .reversed], .reversed),
    ]

    @Test(arguments: lives)
    func `the order of arrival and repetition change nothing`(
        state: RequestState, life: [PartnerWord], end: RequestState
    ) async throws {
        for seed in UInt64(1)...30 {
            var generator = SeededGenerator(seed: seed)
            let said = life.enumerated().map { ($1, Int64($0) * 2) }
            let arriving = (said + said.filter { _ in Bool.random(using: &generator) })
                .shuffled(using: &generator)
            let loan: LoanState = end == .reversed ? .declined : .funding
            let house = try await CallbackHouse(state, loan: loan)
            for (number, (word, sequence)) in arriving.enumerated() {
                let callback = try house.callback(
                    word, sequence, nonce: "n\(number)", content: "\(word) \(sequence) 0")
                let outcome = try await house.take(callback)
                #expect(
                    ![.doubted, .contradiction].contains(outcome), "seed \(seed): \(arriving)")
            }
            #expect(try house.state == end, "seed \(seed): \(arriving)")
        }
    }

    @Test func `a request that changes meanwhile is judged anew`() async throws {
        let count = Count()
        let house = try await CallbackHouse(.inDoubt) { store in
            guard count.next() == 1 else { return }
            store.write { world in
                guard let held = world.requests[CallbackHouse.key] else { return }
                _ = world.store(RequestResult(held: held, state: .accepted), now: 1)
            }
        }
        #expect(try await house.take(.accepted, 1) == .known)
        #expect(try house.state == .accepted)
    }

    @Test func `a request that never stands still is left for another time`() async throws {
        let house = try await CallbackHouse(.inDoubt) { store in
            store.write { world in
                guard let held = world.requests[CallbackHouse.key] else { return }
                _ = world.store(RequestResult(held: held, state: .inDoubt), now: 1)
            }
        }
        await #expect(throws: CallbackFault.overtaken(CallbackHouse.key)) {
            try await house.take(.accepted, 1)
        }
        #expect(house.callbacks.words.isEmpty)
        #expect(CallbackFault.overtaken("k").exit == .temporary)
    }

    @Test func `an acceptance is not doubted once its loan is concluded meanwhile`() async throws {
        let house = try await CallbackHouse(.accepted) { store in
            store.write { $0.loans[LoanID("L1")]?.state = .payingOut }
        }
        #expect(try await house.take(.refused, 1) == .contradiction)
        #expect(try house.state == .accepted)
    }

    @Test func `a loan is not concluded from an acceptance that is doubted meanwhile`()
        async throws
    {
        let store = MemoryStore()
        let count = Count()
        let house = try TestHouse(store: store, channel: TestChannel()) { point in
            guard point == .fundingBeforeConclusion, count.next() == 1 else { return }
            store.write { world in
                guard let held = world.requests[CallbackHouse.key] else { return }
                _ = world.store(RequestResult(held: held, state: .inDoubt), now: 1)
            }
        }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect(count.value > 1)
        #expect(house.banks.count("ask \(CallbackHouse.key)") == 1, "the bank was asked first")
        #expect(report.doubtsResolved == 1)
        #expect(store.world.requests[CallbackHouse.key]?.state == .confirmed)
    }

    @Test func `the sender's own answer gives way to a callback that came first`() async throws {
        let house = try await CallbackHouse(.planned)
        let store = house.house.store
        let claimed = try await store.claim(limit: 1, worker: "w", leaseUntil: 9, now: 1)
        #expect(try await house.take(.accepted, 1) == .applied)
        let stored = try await store.store(
            claimed.map { RequestResult(held: $0, state: .refused, reasonCode: "x") }, now: 2)
        #expect(stored.isEmpty)
        #expect(try house.state == .accepted)
    }

    @Test func `the next fund concludes what a callback has answered`() async throws {
        let house = try await CallbackHouse(.inDoubt)
        #expect(try await house.take(.accepted, 1) == .applied)
        let report = try await house.house.fund().run()
        #expect(report.disbursed == 1)
        #expect(house.house.banks.now.calls.isEmpty, "nothing was left to ask")
    }
}
