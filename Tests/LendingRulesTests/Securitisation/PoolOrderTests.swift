import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// What an order at a counted price comes to.
struct PoolOrderTests {
    private static let (harbor, vehicle) = (PartyID("harbor"), PartyID("vehicle"))

    private static func order(price: Int64) -> AssignmentOrder {
        AssignmentOrder(
            reason: .poolSale, from: harbor, to: vehicle, ground: "autumn",
            counted: CountedPrice(price: price, cutOff: Story.date("01-31")))
    }

    private static func passed(_ collected: Components, recovered: Int64 = 0) -> Indemnity? {
        order(price: 100).passedThrough(
            SharePeriod(
                share: ShareID(loan: LoanID("L1"), holder: harbor), opening: Components(),
                collected: collected, recovered: recovered, closing: Components()))
    }

    @Test func `a share that was paid off has its price all the same`() throws {
        let sale = try #require(try Self.order(price: 84_840).assignment(of: Components()))
        #expect(sale.price == 84_840 && sale.claims == ClaimAmounts() && sale.isSound)
        #expect(try Self.order(price: 0).assignment(of: Components()) == nil)
        let sold = Assignment(
            reason: .sale, from: Self.harbor, to: Self.vehicle, claims: ClaimAmounts(), price: 5)
        #expect(!sold.isSound)
    }

    @Test func `the price is that of the cut-off, whatever is left`() throws {
        let sale = try Self.order(price: 84_840).assignment(of: Components(principal: 56_000))
        #expect(sale?.price == 84_840 && sale?.claims == ClaimAmounts(principal: 56_000))
    }

    @Test func `principal, interest and recoveries are passed through`() {
        let passed = Self.passed(
            Components(principal: 300, overduePrincipal: 20, interest: 7, penalty: 2),
            recovered: 50)
        #expect(passed?.payer == Self.harbor && passed?.payee == Self.vehicle)
        #expect(passed?.amounts == LossAmounts(principal: 370, interest: 9))
        #expect(passed?.reason == .poolCollection && passed?.isSound == true)
        #expect(Self.passed(Components()) == nil)
    }

    @Test func `what was taken back since the cut-off the buyer gives back`() {
        let passed = Self.passed(Components(principal: -300, interest: -7))
        #expect(passed?.payer == Self.vehicle && passed?.payee == Self.harbor)
        #expect(passed?.amount == 307 && passed?.isSound == true)
    }
}
