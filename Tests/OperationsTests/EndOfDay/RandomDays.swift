import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

/// A random life of a platform: loans approved, funded, repaid in every manner, given up in every
/// manner, closed day by day.
///
/// Everything is drawn from the seed and the loan, never from what happened before, so that a day
/// may be lived again.
struct RandomDays: Sendable {
    let seeded: SeededCase
    static let days = 60
    private static let loansADay = 2

    /// Whether lenders class their claims, and borrowers have several loans.
    var isClassed = false

    var catalogue: Catalogue {
        get throws { try Self.catalogue(assetRules: isClassed ? ClassedHouse.randomRules() : [:]) }
    }

    /// Four lenders under `quad`, more than the kernel takes.
    static func catalogue(assetRules: [PartyID: [DatedAssetRules]] = [:]) throws -> Catalogue {
        let summit = PartyID("summit")
        let quad = try TestTerms.agreement(
            "quad", ["orphan"],
            [
                (summit, "20%"), (TestTerms.platform, "10%"), (TestTerms.harbor, "40%"),
                (TestTerms.meridian, "30%"),
            ])
        return try TestTerms.catalogue(
            agreements: [quad],
            partners: [TestTerms.harbor, TestTerms.meridian, summit].map { TestTerms.partner($0) },
            assetRules: assetRules)
    }

    func house(_ store: MemoryStore = MemoryStore(), _ state: TestBanks.State = .init()) throws
        -> TestHouse
    {
        let clock = TestClock()
        return try TestHouse(
            store: store, banks: banks(state, clock), clock: clock, catalogue: catalogue)
    }

    func banks(_ state: TestBanks.State, _ clock: TestClock) -> TestBanks {
        TestBanks(state, clock: clock) { [self] key in
            var random = generator(key)
            return random.pick([
                .accepted, .accepted, .accepted, .accepted, .refused, .pending, .lost,
                .late(seconds: 3), .answerLost(TestBanks.accepted(key)),
                .answerLost(TestBanks.refused),
            ])
        }
    }

    /// Everything that a day brings before its close.
    func live(_ date: BusinessDate, in house: TestHouse) async throws {
        house.banks.change { $0.day = date.days(since: World.firstDate) }
        _ = try await house.loanImport.run(LoanFile.table(loans(on: date)))
        _ = try await house.fund { $0.batch = 3 }.run()
        let payments = try house.store.world.loans.values.flatMap { try self.payments(of: $0) }
            .filter { $0.learnedOn == date }.map(\.row).sorted { $0[0] < $1[0] }
        // What still comes on a written-off loan is no payment and is refused.
        _ = try await house.repaymentImport.run(
            PaymentFile.table(payments), rejects: NobodysRejects())
        try await takeFacts(date, in: house)
    }

    private func loans(on date: BusinessDate) -> [[String]] {
        guard date.days(since: World.firstDate) < 24 else { return [] }
        return (0..<Self.loansADay).map { number in
            let id = "L\(date.days(since: World.firstDate))-\(number)"
            var random = generator(id)
            let due =
                random.isOne(in: 4) ? "" : "\(date.adding(days: random.pick([3, 5, 7, 9, 14, 25])))"
            var row = LoanFile.row(
                id,
                product: random.pick(["instalment-loan", "equal-principal-loan", "orphan"]),
                principal: AmountText.format(10_00 + random.magnitude(digits: 6), decimals: 2),
                rate: "\(random.pick([0, 3, 12, 36])).\(random.pick(10...99))",
                instalments: "\(random.pick(1...6))", firstDueOn: due)
            if isClassed { row[1] = "B\(random.pick(1...6))" }
            return row
        }
    }
}
