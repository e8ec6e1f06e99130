import LendingRules
import Operations
import Testing

/// Requests whose outcome nobody can tell: asked about by key, sent again only on proof.
struct DoubtTests {
    @Test(arguments: [
        (TestBanks.accepted("L1.harbor.1"), RequestState.confirmed, 1),
        (TestBanks.refused, .refused, 0),
    ])
    func `a lost answer is learned by asking`(
        answer: PartnerAnswer, state: RequestState, accepted: Int
    ) async throws {
        let house = try TestHouse()
        house.banks.change { $0.fates["L1.harbor.1"] = .answerLost(answer) }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect(report.accepted == accepted)
        #expect(report.doubtsResolved == 1)
        #expect(report.sent == 1)
        #expect(house.store.world.requests["L1.harbor.1"]?.state == state)
        #expect(house.banks.now.calls == ["send L1.harbor.1", "ask L1.harbor.1"])
    }

    @Test func `never seen is no proof before the settling time and is waited for`() async throws {
        let house = try TestHouse()
        house.banks.change { $0.fates["L1.harbor.1"] = .late(seconds: 9) }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect(report.disbursed == 1)
        #expect(house.clock.pauses == [10_000_000])
        #expect(
            house.banks.now.calls == ["send L1.harbor.1", "ask L1.harbor.1", "ask L1.harbor.1"],
            "it was on its way: sending it again would have funded it twice")
    }

    @Test func `never seen after the settling time lets the same key be sent again`() async throws {
        let house = try TestHouse()
        house.banks.change { $0.fates["L1.harbor.1"] = .lost }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect(report.disbursed == 1)
        #expect(report.sent == 2)
        #expect(house.clock.pauses == [10_000_000])
        #expect(
            house.banks.now.calls == [
                "send L1.harbor.1", "ask L1.harbor.1", "ask L1.harbor.1", "send L1.harbor.1",
            ])
    }

    @Test func `the settling time counts from the end of sending to the start of asking`()
        async throws
    {
        let house = try TestHouse()
        house.banks.change {
            $0.fates["L1.harbor.1"] = .late(seconds: 9)
            ($0.sendTakes, $0.askTakes) = (8_000_000, 6_000_000)
        }
        try await house.book(LoanFile.row("L1"))
        #expect(try await house.fund().run().disbursed == 1)
        #expect(house.clock.pauses == [4_000_000])
        #expect(house.banks.count("send L1.harbor.1") == 1)
    }

    @Test func `a settling time beyond one's patience is left to the next run`() async throws {
        let house = try Self.house(settleSeconds: 31)
        house.banks.change { $0.fates["L1.harbor.1"] = .lost }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect(report.open.map(\.state) == [.inDoubt])
        #expect(house.clock.pauses.isEmpty)
        house.clock.advance(31_000_000)
        #expect(try await house.fund().run().disbursed == 1)
    }

    @Test(arguments: [1, 2, 5])
    func `a silent partner is asked up to its limit, then reported`(limit: Int) async throws {
        let house = try Self.house(askLimit: limit)
        house.banks.change {
            $0.fates["L1.harbor.1"] = .answerLost(TestBanks.accepted("L1.harbor.1"))
            $0.silence["L1.harbor.1"] = 100
        }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect(house.banks.count("ask L1.harbor.1") == limit)
        #expect(house.banks.count("send L1.harbor.1") == 1)
        #expect(report.open.map(\.key) == ["L1.harbor.1"])
        #expect(report.open.map(\.state) == [.inDoubt])
        #expect(report.open.map(\.reason) == ["silence"])
        #expect(house.store.world.loans[LoanID("L1")]?.state == .funding)
        house.banks.change { $0.silence = [:] }
        #expect(try await house.fund().run().disbursed == 1)
    }

    @Test func `an answer within the limit ends the doubt`() async throws {
        let house = try TestHouse()
        house.banks.change {
            $0.fates["L1.harbor.1"] = .answerLost(TestBanks.accepted("L1.harbor.1"))
            $0.silence["L1.harbor.1"] = 2
        }
        try await house.book(LoanFile.row("L1"))
        #expect(try await house.fund().run().disbursed == 1)
        #expect(house.banks.count("ask L1.harbor.1") == 3)
    }

    @Test(arguments: [
        (PartnerAnswer.reversalRefused(reason: "no"), "answeredReversalRefused"),
        (.neverSeen(.init("404")), "404"), (.unknown(.init("garbage")), "garbage"),
    ])
    func `an answer that does not fit leaves a request in doubt, and is told`(
        answer: PartnerAnswer, evidence: String
    ) async throws {
        let house = try Self.house(settleSeconds: 0)
        house.banks.change { $0.fates["L1.harbor.1"] = .always(answer) }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect(report.disbursed == 0)
        #expect(report.open.map(\.state) == [.inDoubt])
        #expect(report.open.first?.reason.contains(evidence) == true, "\(report.open)")
        #expect(house.banks.count("ask L1.harbor.1") <= 3)
    }

    @Test(arguments: [true, false])
    func `a bank that has reversed a request on its own ends the doubt`(isTombstone: Bool)
        async throws
    {
        let house = try Self.house(settleSeconds: 0)
        house.banks.change { $0.fates["L1.harbor.1"] = .answerLost(TestBanks.refused) }
        try await house.book(LoanFile.row("L1"))
        house.banks.change {
            $0.fates["L1.harbor.1"] = .always(.reversed(isTombstone: isTombstone))
        }
        let report = try await house.fund().run()
        #expect(report.open.isEmpty)
        #expect((report.reversed, report.takenByPlatform) == (1, 1))
    }

    @Test func `nobody waits for a proof that another worker has made needless`() async throws {
        let house = try TestHouse()
        house.banks.change { $0.fates["L1.harbor.1"] = .lost }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund { limits in
            limits.pause = { [house] wait in
                house.clock.pause(wait)
                house.store.write { world in
                    world.requests["L1.harbor.1"] = world.requests["L1.harbor.1"]?.with(.accepted)
                }
            }
        }.run()
        #expect(house.clock.pauses.count == 1)
        #expect(report.disbursed == 1)
    }

    @Test func `a close asks and sends nothing`() async throws {
        let house = try TestHouse()
        house.banks.change { $0.fates["L1.harbor.1"] = .lost }
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund { $0.patienceSeconds = 0 }.run()
        try await house.book(LoanFile.row("L2"))
        let report = try await house.fund().askAll()
        #expect(report.doubtsResolved == 1)
        #expect(house.banks.now.calls.count { $0.hasPrefix("send") } == 1)
        #expect(house.store.world.requests.values.allSatisfy { $0.state == .planned })
    }

    static func house(settleSeconds: Int = 10, askLimit: Int = 3) throws -> TestHouse {
        try TestHouse(
            catalogue: try TestTerms.catalogue(partners: [
                TestTerms.partner(
                    TestTerms.harbor, settleSeconds: settleSeconds, askLimit: askLimit),
                TestTerms.partner(TestTerms.meridian),
            ]))
    }
}

extension HeldRequest {
    /// The request in another state, one version on.
    func with(_ state: RequestState) -> HeldRequest {
        HeldRequest(
            request: request, state: state, version: version + 1, attempt: attempt,
            lastAttemptAt: lastAttemptAt)
    }
}
