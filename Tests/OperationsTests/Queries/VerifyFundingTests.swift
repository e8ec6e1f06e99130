import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// What `verify` finds of loans whose money is not out yet, or never goes out.
struct VerifyFundingTests {
    /// L1 waits for harbor; meridian has accepted its share.
    private static func waiting(_ channel: TestChannel? = nil) async throws -> TestHouse {
        let house = try TestHouse(channel: channel)
        if channel == nil { house.banks.change { $0.fates["L1.harbor.1"] = .pending } }
        try await house.book(LoanFile.row("L1", product: "equal-principal-loan"))
        _ = try await house.fund().run()
        return house
    }

    static let changes = [
        Tampering("shares that are not the principal", .funding) {
            $0.loans[LoanID("L1")]?.plan = SharePlan(shares: [])
        },
        Tampering("an acceptance of another amount", .funding) {
            $0.hold("L1.meridian.1", 299_99)
        },
        Tampering("an acceptance of no share", .funding) { world in
            world.loans[LoanID("L1")]?.plan = SharePlan(shares: [
                PlannedShare(party: TestTerms.platform, amount: 500_00),
                PlannedShare(party: TestTerms.harbor, amount: 500_00),
            ])
        },
        Tampering("a commitment that nobody asked for", .funding) { world in
            world.add(.made(on: "2026-01-01", .commitment, .commitments, 5))
            world.add(.made(on: "2026-01-01", .commitment, .commitmentsContra, -5))
        },
        Tampering("an acceptance for a loan that is declined", .funding) { world in
            world.loans[LoanID("L1")]?.state = .declined
        },
    ]

    @Test(arguments: changes)
    func `what does not fit a loan on its way is found`(tampering: Tampering) async throws {
        let house = try await Self.waiting()
        #expect(try await house.verify.run() == nil)
        house.store.write { tampering.change(&$0) }
        #expect(try await house.verify.run()?.law == tampering.law)
    }

    @Test func `a payout whose terms are gone is found`() async throws {
        let channel = TestChannel()
        let house = try await Self.waiting(channel)
        let payout = try #require(house.store.world.payouts[LoanID("L1")])
        house.store.write { world in
            world.facts = [:]
            world.loans[LoanID("L1")]?.disbursedOn = nil
            world.loans[LoanID("L1")]?.state = .payingOut
            world.payouts[LoanID("L1")] = HeldPayout(
                payout: payout.payout, state: .planned, answeredOn: nil, version: 9,
                lastAttemptAt: 0)
            for key in world.requests.keys { world.setState(of: key, .accepted) }
            world.snapshots = []
        }
        let found = try #require(try await house.verify.run())
        #expect(found.law == .payouts)
        #expect(found.detail == "the terms of its loan are not kept")
    }

    @Test func `a decision that its request never followed is found`() async throws {
        let house = try await Self.waiting()
        let resolve = ResolveRequest(store: house.store, surroundings: house.surroundings)
        for name in ["ann", "ben"] {
            _ = try await resolve.run(
                "L1.harbor.1", .notFunded, reason: "telephone", by: try Person(name))
        }
        #expect(try await house.verify.run() == nil)
        house.store.write { $0.setState(of: "L1.harbor.1", .pending) }
        let found = try #require(try await house.verify.run())
        #expect(found.law == .funding && found.subject == "L1.harbor.1")
    }

    @Test(arguments: [
        (RequestState.refused, RequestState.refused, true), (.refused, .accepted, false),
        (.reversed, .reversalRefused, true), (.reversed, .refused, false),
        (.accepted, .returned, true),
    ])
    func `a state follows from another where events lead there`(
        from: RequestState, to: RequestState, follows: Bool
    ) {
        #expect(from.canBecome(to) == follows)
    }
}

extension World {
    fileprivate mutating func hold(_ key: String, _ amount: Int64) {
        requests[key] = requests[key].map {
            HeldRequest(
                request: $0.request, state: $0.state, version: $0.version, attempt: $0.attempt,
                lastAttemptAt: $0.lastAttemptAt, heldAmount: amount)
        }
    }
}
