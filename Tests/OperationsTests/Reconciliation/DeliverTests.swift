import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

struct DeliverTests {
    private let house: TestHouse
    private let third = SampleLoan.date("2026-01-03")

    /// A manifest and every file that is reconciled.
    private static let filesADay = FileLayout.reconciled.count + 1

    init() async throws {
        house = try TestHouse()
        try await house.close(through: "2026-01-03")
    }

    @Test func `every closed date is handed over once, manifest first`() async throws {
        #expect(try await house.deliver.run(through: third).isEmpty)
        let places = house.exchange.received.filter { $0.party == TestTerms.harbor }
        #expect(
            places.map { "\($0.date)" }
                == ["01", "02", "03"].flatMap {
                    Array(repeating: "2026-01-\($0)", count: Self.filesADay)
                })
        #expect(
            places.prefix(4).map(\.name) == [
                "manifest.json", "disbursements.csv", "repayments.csv", "balances.csv",
            ])
        #expect(try await house.deliver.run(through: third).isEmpty)
        #expect(house.exchange.received.count == 6 * Self.filesADay)
    }

    @Test func `dates after the one asked for wait`() async throws {
        _ = try await house.deliver.run(through: World.firstDate)
        #expect(house.exchange.received.count == 2 * Self.filesADay)
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
        #expect(harbor.count == Self.filesADay + 2)
        #expect(harbor.allSatisfy { $0.date <= second })
        let meridian = house.exchange.received.count { $0.party == TestTerms.meridian }
        #expect(meridian == 3 * Self.filesADay)

        house.exchange.refuse(place, with: nil)
        #expect(try await house.deliver.run(through: third).isEmpty)
        let again = house.exchange.received.filter { $0.party == TestTerms.harbor }
            .dropFirst(Self.filesADay + 2)
        #expect(
            again.map(\.date) == Array(repeating: second, count: Self.filesADay)
                + Array(repeating: third, count: Self.filesADay))
    }
}
