import LendingRules
import Operations
import TestSupport
import Testing

/// What two persons say of requests whose banks cannot be asked any more.
struct ResolveTests {
    private static let key = "L1.harbor.1"

    /// Harbor never answers about its share again.
    private static func house(_ fate: TestBanks.Fate = .lost, window: Int? = 1) async throws
        -> TestHouse
    {
        let house = try RerouteHouse.house(inDoubtDays: nil, keyWindowDays: window)
        house.banks.change { $0.fates[key] = fate }
        house.silence(key)
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        return house
    }

    private static func say(
        _ outcome: ResolutionOutcome, by person: String, in house: TestHouse,
        isRehearsal: Bool = false, reason: String = "telephone"
    ) async throws -> ResolvedRequest {
        try await ResolveRequest(store: house.store, surroundings: house.surroundings).run(
            key, outcome, reason: reason, by: try Person(person), isRehearsal: isRehearsal)
    }

    @Test(
        arguments: [
            (ResolutionOutcome.accepted, "L1.harbor.1 confirmed", "platform 30000, harbor 70000"),
            (.notFunded, "L1.harbor.1 refused", "platform 30000, summit 70000"),
        ])
    func `what one says and another confirms counts as the bank's answer`(
        outcome: ResolutionOutcome, state: String, shares: String
    ) async throws {
        let house = try await Self.house()
        let first = try await Self.say(outcome, by: "ann", in: house)
        #expect(first == ResolvedRequest(state: .inDoubt, standing: .proposed))
        #expect(try await house.fund().run().disbursed == 0, "one person is not enough")
        let second = try await Self.say(outcome, by: "ben", in: house)
        #expect(second.standing == .decided)
        #expect(try await house.fund().run().disbursed == 1)
        #expect(house.states.first == state)
        #expect(house.shares(of: "L1") == shares)
        #expect(house.store.world.resolutions[Self.key]?.map(\.person) == ["ann", "ben"])
        #expect(try await house.verify.run() == nil)
    }

    @Test func `the same person again changes nothing, another outcome begins anew`() async throws {
        let house = try await Self.house()
        _ = try await Self.say(.accepted, by: "ann", in: house)
        let before = house.store.world
        #expect(
            try await Self.say(.accepted, by: "Ann", in: house).standing == .alreadyProposed)
        #expect(house.store.world.difference(from: before) == nil)
        #expect(try await Self.say(.notFunded, by: "ben", in: house).standing == .proposed)
        #expect(try await Self.say(.accepted, by: "cid", in: house).standing == .proposed)
        #expect(try await Self.say(.accepted, by: "ben", in: house).standing == .decided)
        #expect(try await house.verify.run() == nil)
    }

    @Test func `a word about another state than the request's is no agreement`() async throws {
        let house = try await Self.house()
        _ = try await Self.say(.notFunded, by: "ann", in: house)
        house.store.write { world in
            world.requests[Self.key] = world.requests[Self.key]?.with(.reversing)
        }
        #expect(try await Self.say(.notFunded, by: "ben", in: house).standing == .proposed)
        #expect(try await Self.say(.notFunded, by: "ann", in: house).standing == .decided)
        #expect(house.store.world.requests[Self.key]?.state == .reversed)
    }

    @Test func `a rehearsal keeps nothing`() async throws {
        let house = try await Self.house()
        _ = try await Self.say(.accepted, by: "ann", in: house)
        let before = house.store.world
        let told = try await Self.say(.accepted, by: "ben", in: house, isRehearsal: true)
        #expect(told == ResolvedRequest(state: .accepted, standing: .decided))
        #expect(house.store.world.difference(from: before) == nil)
    }

    @Test(arguments: RequestState.allCases, ResolutionOutcome.allCases)
    func `a word settles what is open and nothing else`(
        state: RequestState, outcome: ResolutionOutcome
    ) async throws {
        let house = try await Self.house()
        house.store.write { world in
            world.requests[Self.key] = world.requests[Self.key]?.with(state)
        }
        guard let event = state.event(resolving: outcome) else {
            let fault = await #expect(throws: ResolutionFault.self) {
                try await Self.say(outcome, by: "ann", in: house)
            }
            #expect(fault?.code == "FUND-005")
            return
        }
        for person in ["ann", "ben"] { _ = try await Self.say(outcome, by: person, in: house) }
        #expect(house.store.world.requests[Self.key]?.state == (try state.after(event)))
    }

    @Test func `a word needs a reason and a request`() async throws {
        let house = try await Self.house()
        let noReason = await #expect(throws: ResolutionFault.self) {
            try await Self.say(.accepted, by: "ann", in: house, reason: " ")
        }
        #expect(noReason?.code == "FUND-004")
        house.store.write { $0.requests = [:] }
        let unknown = await #expect(throws: ResolutionFault.self) {
            try await Self.say(.accepted, by: "ann", in: house)
        }
        #expect(unknown?.code == "FUND-003")
    }

    @Test func `verify notices a decision by one person`() async throws {
        for change in [
            { $0.removeFirst() }, { $0.swapAt(0, 1) }, { $0[1] = $0[1].by($0[0].person) },
        ] as [@Sendable (inout [Resolution]) -> Void] {
            let house = try await Self.house()
            for person in ["ann", "ben"] {
                _ = try await Self.say(.accepted, by: person, in: house)
            }
            #expect(try await house.verify.run() == nil)
            house.store.write { change(&$0.resolutions[Self.key, default: []]) }
            #expect(try await house.verify.run()?.law == .funding)
        }
    }
}

extension Resolution {
    fileprivate func by(_ person: String) -> Resolution {
        Resolution(
            number: number, state: state, outcome: outcome, person: person, reason: reason,
            isDecision: isDecision)
    }
}
