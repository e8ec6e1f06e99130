import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Houses whose agreements ask other banks, and whose banks have deadlines.
enum RerouteHouse {
    /// `orphan` is lent by platform 30 % and harbor 70 %, else summit, else orchard.
    static func house(
        onRefusal: RefusalRule = .decline,
        fallback: [PartyID] = [TestTerms.summit, TestTerms.orchard],
        acceptsParts: Bool = false, inDoubtDays: Int? = 2, keyWindowDays: Int? = nil,
        limits: [Limit] = [], without gone: Set<PartyID> = [], channel: TestChannel? = nil,
        store: MemoryStore = MemoryStore(),
        banks: TestBanks? = nil, clock: TestClock = TestClock(),
        crashPoint: @escaping @Sendable (CrashPoint) -> Void = { _ in }
    ) throws -> TestHouse {
        let duo = try TestTerms.agreement(
            "way", ["orphan"], [(TestTerms.platform, "30%"), (TestTerms.harbor, "70%")],
            onRefusal: onRefusal, fallback: fallback, acceptsParts: acceptsParts, limits: limits)
        let trio = try TestTerms.agreement(
            "ways", ["contested"],
            [(TestTerms.platform, "20%"), (TestTerms.harbor, "50%"), (TestTerms.meridian, "30%")],
            onRefusal: onRefusal, fallback: fallback, acceptsParts: acceptsParts, limits: limits)
        let parties = [
            TestTerms.harbor, TestTerms.meridian, TestTerms.summit, TestTerms.orchard,
        ]
        return try TestHouse(
            store: store, banks: banks, channel: channel, clock: clock,
            catalogue: try TestTerms.catalogue(
                agreements: [duo, trio],
                partners: parties.filter { !gone.contains($0) }.map {
                    TestTerms.partner(
                        $0, inDoubtDays: inDoubtDays, keyWindowDays: keyWindowDays)
                }), crashPoint: crashPoint)
    }
}

extension TestHouse {
    /// A loan's shares, such as `platform 30000, summit 70000`.
    func shares(of loan: String) -> String {
        (store.world.loans[LoanID(loan)]?.plan.shares ?? []).map { "\($0.party) \($0.amount)" }
            .joined(separator: ", ")
    }

    /// States of requests in key order, such as `L1.harbor.1 accepted`.
    var states: [String] {
        store.world.requests.values.map { "\($0.request.key) \($0.state.rawValue)" }.sorted()
    }

    /// Where a loan stands.
    func state(of loan: String) -> LoanState? { store.world.loans[LoanID(loan)]?.state }

    /// The banks no longer answer anything about a key.
    func silence(_ key: String, for count: Int = 1_000) {
        banks.change { $0.silence[key] = count }
    }
}
