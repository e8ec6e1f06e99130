import LendingRules
import Operations
import Testing

/// A bank that cannot be reached holds up nobody else, and nothing of it is forgotten.
struct DownBankTests {
    @Test func `what never left is tried up to the limit and reported`() async throws {
        let house = try DoubtTests.house(askLimit: 4)
        house.banks.change { $0.down = [TestTerms.harbor] }
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund().run()
        #expect(house.banks.count("send L1.harbor.1") == 4)
        #expect(house.clock.pauses == [250_000, 500_000, 1_000_000], "before each further try")
        #expect(report.sent == 0)
        #expect(report.open.map(\.state) == [.planned])
        #expect(house.store.world.requests["L1.harbor.1"]?.state == .planned)
        house.banks.change { $0.down = [] }
        #expect(try await house.fund().run().disbursed == 1)
    }

    @Test func `a bank that no request of a batch has left for is left alone in that run`()
        async throws
    {
        let house = try TestHouse()
        house.banks.change {
            $0.down = [TestTerms.harbor]
            $0.fates["L1.meridian.1"] = .lost
            $0.fates["L2.meridian.1"] = .answerLost(TestBanks.refused)
        }
        let rows = (1...6).map { LoanFile.row("L\($0)", product: "equal-principal-loan") }
        _ = try await house.loanImport.run(LoanFile.table(rows))
        let report = try await house.fund { $0.batch = 2 }.run()
        for number in 1...2 { #expect(house.banks.count("send L\(number).harbor.1") == 3) }
        for number in 3...6 { #expect(house.banks.count("send L\(number).harbor.1") == 0) }
        #expect(report.down == [TestTerms.harbor])
        #expect(report.open.map(\.key) == (1...2).map { "L\($0).harbor.1" })
        #expect(report.waiting == [TestTerms.harbor: 6], "what was not claimed waits as well")
        #expect(house.store.world.requests["L6.harbor.1"]?.attempt == 0)
        house.banks.change { $0.down = [] }
        let later = try await house.fund().run()
        #expect(later.down.isEmpty)
        #expect(later.sent == 6)
    }

    @Test func `a bank that is down blocks no other bank's requests`() async throws {
        let house = try TestHouse()
        house.banks.change { $0.down = [TestTerms.harbor] }
        let rows = (1...9).map { LoanFile.row("L\($0)", product: "equal-principal-loan") }
        _ = try await house.loanImport.run(LoanFile.table(rows))
        let report = try await house.fund { $0.batch = 3 }.run()
        #expect(report.accepted == 9)
        #expect(report.open.map(\.party) == Array(repeating: TestTerms.harbor, count: 3))
        #expect(report.waiting == [TestTerms.harbor: 9])
        #expect(report.open.map(\.key) == report.open.map(\.key).sorted())
    }

    @Test func `a bank down when asked leaves the doubt and reports it`() async throws {
        let house = try TestHouse()
        house.banks.change {
            $0.fates["L1.harbor.1"] = .answerLost(TestBanks.accepted("L1.harbor.1"))
            $0.silence["L1.harbor.1"] = 100
        }
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        house.banks.change { $0.down = [TestTerms.harbor] }
        let report = try await house.fund().askAll()
        #expect(report.open.map(\.state) == [.inDoubt])
        #expect(report.doubtsResolved == 0)
        #expect(house.banks.count("send L1.harbor.1") == 1)
    }

    @Test func `requests are on the wire side by side, but not more than allowed`() async throws {
        let clock = TestClock()
        let gauge = Gauge(banks: TestBanks(clock: clock))
        let house = try TestHouse(clock: clock)
        let rows = (1...40).map { LoanFile.row("L\($0)") }
        _ = try await house.loanImport.run(LoanFile.table(rows))
        var limits = Fund.Limits(worker: "w") { clock.pause($0) }
        limits.inFlight = 4
        let fund = Fund(
            outbox: house.store, cases: house.store, banks: gauge, snapshots: house.store,
            catalogue: house.catalogue, surroundings: house.surroundings, limits: limits)
        #expect(try await fund.run().disbursed == 40)
        #expect(gauge.most > 1)
        #expect(gauge.most <= 4)
    }
}
