import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

struct DeliverTests {
    private let house: TestHouse
    private let third = SampleLoan.date("2026-01-03")

    init() async throws {
        house = try TestHouse()
        try await house.close(through: "2026-01-03")
    }

    @Test func `every closed date is handed over once, manifest first`() async throws {
        #expect(try await house.deliver.run(through: third).isEmpty)
        let places = house.exchange.received.filter { $0.party == TestTerms.harbor }
        for (number, date) in ["2026-01-01", "2026-01-02", "2026-01-03"].enumerated() {
            let own = places.dropFirst(number * Self.files).prefix(Self.files)
            #expect(own.allSatisfy { "\($0.date)" == date })
            #expect(own.first?.name == "manifest.json")
            #expect(Set(own.map(\.name)).isSuperset(of: ["disbursements.csv", "accruals.csv"]))
            #expect(Set(own.map(\.name)).count == Self.files)
        }
        #expect(try await house.deliver.run(through: third).isEmpty)
        #expect(house.exchange.received.count == 6 * Self.files)
    }

    /// Files of a date with their manifest.
    private static let files = 10 + FileLayout.ofFacts.count

    @Test func `dates after the one asked for wait`() async throws {
        _ = try await house.deliver.run(through: World.firstDate)
        #expect(house.exchange.received.count == 2 * Self.files)
    }

    @Test(arguments: [FileAnswer.conflict("other content"), .unavailable(.init("shut")), .absent])
    func `a partner gets nothing after a date it would not take, the others all`(
        answer: FileAnswer
    ) async throws {
        let second = SampleLoan.date("2026-01-02")
        let place = TestExchange.Place(
            party: TestTerms.harbor, date: second, name: "repayments.csv")
        house.exchange.refuse(place, with: answer)
        let undelivered = try await house.deliver.run(through: third)
        #expect(
            undelivered == [
                Undelivered(
                    party: TestTerms.harbor, date: second, file: "repayments.csv", answer: answer)
            ])
        let harbor = house.exchange.received.filter { $0.party == TestTerms.harbor }
        #expect(harbor.count < 2 * Self.files)
        #expect(harbor.allSatisfy { $0.date <= second })
        #expect(
            house.exchange.received.count { $0.party == TestTerms.meridian } == 3 * Self.files)

        house.exchange.refuse(place, with: nil)
        #expect(try await house.deliver.run(through: third).isEmpty)
        let again = house.exchange.received.filter { $0.party == TestTerms.harbor }
            .dropFirst(harbor.count)
        #expect(again.count { $0.date == second } == Self.files)
        #expect(again.count { $0.date == third } == Self.files)
    }
}
