import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Which shares come into a pool, and why the others do not.
struct PoolSelectionTests {
    @Test(
        arguments: [
            ("currency=CNY", "currency"), ("DPD=30", "100.00 L1"), ("DPD=31", "days-past-due"),
            ("grade=C", "grade"), ("region=east", "region"), ("product=pay-later", "product"),
            ("rate=8", "100.00 L1"), ("rate=7.999999", "rate"), ("rate=24.000001", "rate"),
            ("until=2026-07-31", "remaining-term"), ("until=2026-08-01", "100.00 L1"),
            ("from=2026-04-01", "seasoning"), ("from=2026-03-31", "100.00 L1"),
            ("class=doubtful", "asset-class"), ("moved=yes", "first-transfer"),
            ("DPD=91 class=normal", "days-past-due, accrual"),
        ])
    func `a share that is not what is asked for is left, with all that it lacks`(
        said: String, expected: String
    ) throws {
        let selection = try SelectionStory.select("L1 harbor ann 100.00 \(said)") {
            $0.sellers = [PartyID("harbor")]
            $0.products = ["cash-loan"]
            $0.grades = ["A", "B"]
            $0.regions = ["west"]
            $0.latestDaysPastDue = 30
            $0.remainingMonths = 2...60
            $0.seasoningMonths = 3...120
            $0.rate = try AnnualRate(percent: "8")...AnnualRate(percent: "24")
            $0.principal = 10_000...20_000
            $0.standings = [.current, .pastDue]
            $0.assetClasses = ["", "normal"]
            $0.mustAccrue = true
            $0.mustBeFirstTransfer = true
        }
        let told = expected.contains("L1") ? expected : "0.00 ; L1: \(expected)"
        #expect(SelectionStory.text(selection) == told)
    }

    @Test(
        arguments: [
            ("L1 summit ann 100.00", "seller"), ("L1 harbor ann 99.99", "principal"),
            ("L1 harbor ann 200.01", "principal"), ("L1 harbor ann 0.00", "outstanding, principal"),
        ])
    func `whose share it is and how large decides too`(share: String, expected: String) throws {
        let selection = try SelectionStory.select(share) {
            $0.sellers = [PartyID("harbor")]
            $0.principal = 10_000...20_000
        }
        #expect(SelectionStory.text(selection) == "0.00 ; L1: \(expected)")
    }

    /// Nothing asks for it, and there is no way to allow it.
    @Test func `what is lent under a line of credit is left, whatever is asked`() throws {
        let selection = try SelectionStory.select(
            "L1 harbor ann 1.00 line=R1\nL2 harbor ann 2.00")
        #expect(SelectionStory.text(selection) == "2.00 L2; L1: credit-line")
    }

    @Test func `only the standings that are named are taken`() throws {
        let selection = try SelectionStory.select("L1 harbor ann 1.00 DPD=5") {
            $0.standings = [.current]
        }
        #expect(SelectionStory.text(selection) == "0.00 ; L1: standing")
    }

    @Test(
        arguments: [
            ("2026-01-15", "2026-02-14", 0), ("2026-01-15", "2026-02-15", 1),
            ("2026-01-15", "2026-03-20", 2),
            ("2026-01-31", "2026-02-28", 1), ("2026-01-31", "2026-03-30", 1),
            ("2024-02-29", "2026-02-28", 24), ("2026-05-01", "2026-04-01", 0),
        ])
    func `months that have passed are whole ones`(from: String, to: String, months: Int) {
        #expect(SampleLoan.date(to).completedMonths(since: SampleLoan.date(from)) == months)
    }

    @Test(
        arguments: [
            ("2026-03-20", "2026-07-15", 4), ("2026-07-14", "2026-07-15", 1),
            ("2026-07-15", "2026-07-15", 0), ("2026-08-01", "2026-07-15", 0),
            ("2026-06-15", "2026-07-15", 1), ("2026-02-28", "2026-03-31", 1),
        ])
    func `months that are left count from the day they begin`(
        on: String, end: String, months: Int
    ) {
        #expect(SampleLoan.date(on).begunMonths(until: SampleLoan.date(end)) == months)
    }

    /// The oldest first; L3 does not fit any more and L2 does.
    @Test func `a target is filled by age and never exceeded`() throws {
        let selection = try SelectionStory.select(
            """
            L2 harbor bob 40.00 from=2026-03-01
            L3 harbor cid 50.00 from=2026-02-01
            L9 harbor ann 60.00 from=2026-01-01
            """, target: 10_000)
        #expect(SelectionStory.text(selection) == "100.00 L9 L2; L3: target, room 0.00")
    }

    /// All 160.00 would hold 62.5 % of ann; with the tenth loan the pool would too.
    @Test func `a limit is a part of the pool as it is in the end`() throws {
        let ann = (0...9).map { "A\($0) harbor ann 10.00" }
        let bob = (0...5).map { "B\($0) harbor bob 10.00" }
        let selection = try SelectionStory.select(
            (ann + bob).joined(separator: "\n"),
            limits: [PoolLimit(.each(.borrower), atMost: try Share("60%"))])
        #expect(
            SelectionStory.text(selection)
                == "150.00 A0 A1 A2 A3 A4 A5 A6 A7 A8 B0 B1 B2 B3 B4 B5; A9: ann 100.00 of 160.00")
        #expect(selection.concentrations.map(\.amount) == [9_000, 6_000])
        #expect(selection.concentrations.map { $0.group.subject } == ["ann", "bob"])
    }

    /// Without ann's large loan the others are too large for a tenth each; no pool can be.
    @Test func `a limit that no pool of the shares can keep leaves nothing`() throws {
        let rows = (0...8).map { "L\($0) harbor b\($0) 100.00" } + ["L9 harbor b9 110.00"]
        let selection = try SelectionStory.select(
            rows.joined(separator: "\n"),
            limits: [PoolLimit(.each(.borrower), atMost: try Share("10%"))])
        #expect(selection.taken.isEmpty)
        #expect(selection.left.count == 10)
        let even = rows.dropLast() + ["L9 harbor b9 100.00"]
        let whole = try SelectionStory.select(
            even.joined(separator: "\n"),
            limits: [PoolLimit(.each(.borrower), atMost: try Share("10%"))])
        #expect(whole.taken.count == 10, "exactly a tenth each is not above it")
    }

    /// What is passed over at first comes in once the pool is seen to be large enough.
    @Test func `limits on one value bind that value alone`() throws {
        let selection = try SelectionStory.select(
            """
            L1 harbor ann 30.00 region=north
            L2 harbor bob 50.00
            L3 harbor cid 40.00
            L4 harbor dan 30.00 region=north grade=C
            """,
            limits: [
                PoolLimit(.one(.region, "north"), atMost: try Share("1/3")),
                PoolLimit(.one(.grade, "C"), atMost: try Share("10%")),
            ])
        #expect(
            SelectionStory.text(selection)
                == "120.00 L1 L2 L3; L4: north 60.00 of 150.00, C 30.00 of 150.00")
    }

    @Test func `a share that is offered twice is refused, and so is more than can be counted`()
        throws
    {
        let share = "L1 harbor ann 1.00"
        #expect(
            throws: PoolSelectionError.twice(
                ShareID(loan: LoanID("L1"), holder: PartyID("harbor")))
        ) { _ = try SelectionStory.select(share + "\n" + share) }
        #expect(throws: PoolSelectionError.overflow) {
            _ = try SelectionStory.select(
                "L1 harbor ann 92233720368547758.07\nL2 harbor ann 0.01")
        }
    }
}
