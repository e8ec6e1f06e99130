import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

// Principal that lenders take over by ratio changes: reserved until its close has posted it.

extension LimitReleaseTests {
    private func record(_ growth: Int64, upTo limit: Int64, on date: BusinessDate) async throws {
        let half = try Share("50%")
        let change = RatioChange(
            parts: [Books.platform, Books.harbor].map { RatioChange.Part(party: $0, share: half) },
            treatment: .actuals,
            growth: [PlannedShare(party: Books.platform, amount: growth)])
        let fact = LoanFact(
            id: "T1", kind: .ratioChange(change), valueDate: date, bookingDate: date, instant: 12)
        try await books.intake.record(
            FactBatch(
                facts: [NewFact(loan: LoanID("L1"), fact: fact, channel: "", contentHash: "c")],
                seen: [LoanID("L1"): 1], states: [:],
                limits: [Books.limit(.outstanding, limit, of: Books.platform)]), on: date)
    }

    private func outstanding(_ party: PartyID) async throws -> Int64? {
        try await books.used(Books.limit(.outstanding, 1, of: party))
    }

    @Test func `what a ratio change moves is reserved at once, and the books' after its close`()
        async throws
    {
        try await disburse(["L1"])
        try await close(day, [(.disbursement, .principal, 700)], platform: 300)
        let next = day.adding(days: 1)
        try await record(200, upTo: 500, on: next)
        #expect(try await outstanding(Books.platform) == 500)
        #expect(try await outstanding(Books.harbor) == 700, "until the close has posted it")
        #expect(try await books.used(Books.limit(.day, 1, of: Books.platform)) == 300)
        try await expectCounted()
        try await close(next, [(.transfer, .principal, -200)], platform: 200)
        #expect(try await outstanding(Books.platform) == 500)
        #expect(try await outstanding(Books.harbor) == 500)
        try await expectCounted()
    }

    @Test func `a ratio change finds no room that another has taken, and leaves nothing behind`()
        async throws
    {
        try await disburse(["L1"])
        let before = try await books.audit.digest()
        let error = await storeError { try await record(200, upTo: 499, on: day) }
        #expect(error?.code == "STORE-016")
        #expect(try await books.audit.digest() == before)
        try await expectCounted()
    }
}
