import LendingRules
import Operations
import Testing

/// However the answers of two lenders come about, the outcome is the one of the answers.
struct FundingOrderTests {
    /// How one lender's answer comes about.
    enum Route: String, CaseIterable, CustomTestStringConvertible {
        case accepted, refused, acceptedLost, refusedLost, lost, late, silent

        var testDescription: String { rawValue }

        func fate(_ key: String) -> TestBanks.Fate {
            switch self {
            case .accepted: .accepted
            case .refused: .refused
            case .acceptedLost, .silent: .answerLost(TestBanks.accepted(key))
            case .refusedLost: .answerLost(TestBanks.refused)
            case .lost: .lost
            case .late: .late(seconds: 4)
            }
        }

        /// The answer behind it.
        var plain: Route { self == .refused || self == .refusedLost ? .refused : .accepted }
    }

    @Test(arguments: Route.allCases, Route.allCases)
    func `the outcome depends on the answers, not on how they came`(first: Route, second: Route)
        async throws
    {
        let plain = try await Self.funded(first.plain, second.plain, batch: 500)
        for batch in [1, 2, 500] {
            let world = try await Self.funded(first, second, batch: batch)
            let difference = world.difference(from: plain)
            #expect(difference == nil)
        }
    }

    @Test(arguments: Route.allCases, Route.allCases)
    func `nor does who is asked in place of a bank`(first: Route, second: Route) async throws {
        let plain = try await Self.rerouted(first.plain, second.plain, batch: 500)
        for batch in [1, 500] {
            let difference = try await Self.rerouted(first, second, batch: batch)
                .difference(from: plain)
            #expect(difference == nil)
        }
    }

    private static func rerouted(_ harbor: Route, _ meridian: Route, batch: Int) async throws
        -> World
    {
        let house = try RerouteHouse.house(inDoubtDays: nil)
        set(harbor, meridian, in: house)
        try await house.book(
            LoanFile.row("L1", product: "contested"), LoanFile.row("L2", product: "orphan"))
        for _ in 0..<2 { _ = try await house.fund { $0.batch = batch }.run() }
        return house.store.world
    }

    private static func set(_ harbor: Route, _ meridian: Route, in house: TestHouse) {
        house.banks.change { state in
            for (party, route) in [("harbor", harbor), ("meridian", meridian)] {
                let key = "L1.\(party).1"
                state.fates[key] = route.fate(key)
                if route == .silent { state.silence[key] = 5 }
            }
        }
    }

    private static func funded(_ harbor: Route, _ meridian: Route, batch: Int) async throws
        -> World
    {
        let house = try TestHouse()
        set(harbor, meridian, in: house)
        try await house.book(
            LoanFile.row("L1", product: "equal-principal-loan"), LoanFile.row("L2"))
        for _ in 0..<2 { _ = try await house.fund { $0.batch = batch }.run() }
        return house.store.world
    }
}
