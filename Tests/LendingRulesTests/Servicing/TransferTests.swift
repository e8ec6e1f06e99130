import LendingRules
import Monetary
import Testing

/// Claims that change hands: the platform lends 1,200.00 alone, harbor takes 70 % over.
struct TransferTests {
    private static let taken = "T1 01-10 transfer 360.00/840.00"

    private static func story(_ facts: String) throws -> Story {
        try Story(facts, lent: [120_000, 0])
    }

    /// By the end of 01-10 interest of 3.87 has accrued, of which 2.71 are harbor's.
    @Test func `it pays at par with what has accrued, and owns it from the next day on`() throws {
        let story = try Self.story(Self.taken)
        #expect(
            try story.entries("01-10") == [
                "accrual platform 1130 0.39", "accrual platform 4010 -0.39",
                "transfer platform 1110 -840.00", "transfer platform 1130 -2.71",
                "transfer harbor 1110 840.00", "transfer harbor 1130 2.71",
                "transfer platform 1310 harbor 842.71", "transfer harbor 1310 platform -842.71",
            ])
        #expect(
            try story.entries("01-11") == [
                "accrual platform 1130 0.12", "accrual platform 4010 -0.12",
                "accrual harbor 1130 0.27", "accrual harbor 4010 -0.27",
            ])
        #expect(try story.position("01-09").hasHeld == [true, false])
        #expect(try story.position("01-10").hasHeld == [true, true])
    }

    /// The borrower and every date from then on are those of a loan lent 30/70 from the start.
    @Test func `whole claims that change hands leave the position of shared lending`() throws {
        let payments = "; P1 02-01 412.00; P2 03-04 300.00; W1 03-10 waiver 0.00/1.00/0.00"
        let (moved, shared) = (
            try Self.story(Self.taken + payments), try Story(String(payments.dropFirst(2)))
        )
        for date in ["01-11", "01-31", "02-01", "02-02", "03-01", "03-04", "03-20", "04-09"] {
            let (one, other) = (try moved.position(date), try shared.position(date))
            #expect(one.lenders.map(\.claims) == other.lenders.map(\.claims), "\(date)")
            #expect(one.lenders.map(\.paid) == other.lenders.map(\.paid), "\(date)")
            #expect(one.openAccruals == other.openAccruals, "\(date)")
        }
        #expect(try moved.contract.planShares(facts: moved.facts) == shared.contract.planShares())
    }

    /// Harbor takes 560.00 of the 800.00 that are left; 400.00 revive, and 280.00 of them are its.
    @Test func `a payment taken back revives today's holders' claims, who owe the price`() throws {
        let story = try Self.story(
            "P1 02-01 412.00; T1 02-10 transfer 240.00/560.00; -P1 02-15")
        let before = try story.position("02-14").lenders
        #expect(before[1].transferred.total == 56_200)
        #expect(
            try story.entries("02-15", of: "transfer") == [
                "transfer platform 1120 -280.00", "transfer platform 1140 -8.40",
                "transfer platform 1150 -1.38", "transfer harbor 1120 280.00",
                "transfer harbor 1140 8.40", "transfer harbor 1150 1.38",
                "transfer platform 1310 harbor 289.78", "transfer harbor 1310 platform -289.78",
            ])
        let after = try story.position("02-15")
        #expect(after.lenders.map { $0.principal + $0.overduePrincipal } == [36_000, 84_000])
        #expect(after.lenders[0].paid == Components(), "who got the cash gives it back")
        #expect(!after.holding.isExact)
    }

    @Test func `what was written off before stays with whom it was written off`() throws {
        let story = try Self.story(
            "C1 02-05 partial 100.00/0.00/0.00; T1 02-10 transfer 330.00/770.00; "
                + "R1 02-20 recovery 50.00")
        let lenders = try story.position("02-20").lenders
        #expect(lenders.map(\.chargedOff.total) == [10_000, 0])
        #expect(lenders.map(\.recovered.total) == [5_000, 0])
        #expect(lenders.map(\.writtenOff) == [5_000, 0])
    }

    @Test(arguments: ["X1 01-20 cancelled none", "X1 01-20 payout-returned"])
    func `a loan undone gives back what was taken over`(undoing: String) throws {
        let story = try Self.story(Self.taken + "; " + undoing)
        #expect(
            try story.entries("01-20", of: "transfer") == [
                "transfer platform 1110 840.00", "transfer platform 1130 2.71",
                "transfer harbor 1110 -840.00", "transfer harbor 1130 -2.71",
                "transfer platform 1310 harbor -842.71", "transfer harbor 1310 platform 842.71",
            ])
        #expect(try story.position("01-20").lenders.allSatisfy { $0.transferred == Components() })
    }

    @Test func `nothing changes hands of a loan that was undone on the day`() throws {
        let story = try Self.story("X1 01-10 cancelled none; " + Self.taken)
        #expect(try story.entries("01-10", of: "transfer").isEmpty)
        #expect(try story.position("01-12").effects.map(\.kind) == [.transfer])
    }

    @Test(
        arguments: [
            ([], .unusablePayment(id: "T")), ([("harbor", 0)], .unusablePayment(id: "T")),
            ([("harbor", -1), ("platform", 5)], .unusablePayment(id: "T")),
            ([("summit", 5)], .unknownHolder(id: "T", party: PartyID("summit"))),
        ] as [([(String, Int64)], ServicingError)])
    func `holders that cannot be are refused`(
        holders: [(String, Int64)], error: ServicingError
    ) throws {
        let story = try Self.story("")
        let fact = LoanFact(
            id: "T",
            kind: .transferred(
                to: holders.map { PlannedShare(party: PartyID($0.0), amount: $0.1) }),
            valueDate: Story.date("01-10"), bookingDate: Story.date("01-10"), instant: 0)
        #expect(throws: error) {
            try story.contract.position(facts: [fact], at: Story.date("01-10"))
        }
    }
}
