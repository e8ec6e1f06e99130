import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// What a dispute about a disbursement holds out of settlement, by who paid the borrower: the loan
/// of `WayStory`, of which harbor lent 500.00 and meridian 300.00.
struct WayDisputeTests {
    /// Way, lender, and what is held (positive: the platform would have paid it) when the lender
    /// knows nothing of the loan, and when it says that it lent 1.00 less.
    struct Dispute: CustomTestStringConvertible {
        let way: DisbursementWay
        let lender: PartyID
        let unknown: Int64
        let less: Int64

        var testDescription: String { "\(way.name.rawValue) \(lender)" }
    }

    static let disputes = [
        // Harbor owes 500.00, or 499.00: one is held of the larger.
        Dispute(way: .reimburse, lender: TestTerms.harbor, unknown: -500_00, less: -1_00),
        Dispute(way: .reserve, lender: TestTerms.harbor, unknown: 0, less: 0),
        Dispute(way: .escrow, lender: TestTerms.harbor, unknown: 0, less: 0),
        Dispute(way: .direct, lender: TestTerms.harbor, unknown: 0, less: 0),
        // Harbor is owed 500.00 of the 1,000.00 it paid, or 501.00: the smaller settles.
        Dispute(
            way: .lenderPaysAll(payer: TestTerms.harbor), lender: TestTerms.harbor,
            unknown: 500_00, less: 0),
        Dispute(
            way: .lenderPaysAll(payer: TestTerms.harbor), lender: TestTerms.meridian,
            unknown: -300_00, less: -1_00),
    ]

    @Test(arguments: disputes)
    func `a loan that the lender does not know holds what is owed for it`(dispute: Dispute)
        async throws
    {
        #expect(try await held(dispute) { $0[0].records = [] } == dispute.unknown)
    }

    @Test(arguments: disputes)
    func `another amount holds the difference in what is owed`(dispute: Dispute) async throws {
        let held = try await held(dispute) { files in
            files[0].records = files[0].records.map { $0.with($0.amounts[0] - 1_00, in: 0) }
        }
        #expect(held == dispute.less)
    }

    private func held(
        _ dispute: Dispute, _ change: (inout [TestFile]) -> Void
    ) async throws -> Int64 {
        let story = try await WayStory(dispute.way)
        _ = try await story.house.fund().run()
        try await story.house.close(through: "2026-01-01")
        await story.house.answer(from: dispute.lender, on: World.firstDate, changing: change)
        _ = try await story.house.reconcile.run(openDate: story.house.store.world.open)
        #expect(try await story.house.verify.checkBreaks() == nil)
        let found = story.house.store.world.breaks.values.filter {
            $0.file == "disbursements" && $0.party == dispute.lender
        }
        #expect(found.count == 1)
        return found.reduce(0) { $0 + $1.posted.held }
    }
}
