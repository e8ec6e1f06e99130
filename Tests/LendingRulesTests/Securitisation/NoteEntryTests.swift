import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// What notes on a pool put into the books of their issuer and of those whom it pays.
struct NoteEntryTests {
    private static let (vehicle, harbor) = (PartyID("vehicle"), PartyID("harbor"))

    /// 1,000.00 of loans: A 800.00 of harbor at 6 %, E 200.00 of the platform, a reserve of 10.00.
    private static func deal(booked: Set<PartyID>) throws -> (PoolDeal, NoteEntries) {
        let platform = SampleLoan.platform
        let terms = DealTerms(
            name: "autumn", currency: SampleLoan.dollars, cutOff: SampleLoan.date("2025-12-31"),
            issuedOn: SampleLoan.date("2026-01-15"), poolPrincipal: 100_000,
            tranches: [
                TrancheTerms(
                    name: "A", holder: harbor, original: 80_000,
                    rate: try AnnualRate(percent: "6")),
                TrancheTerms(name: "E", holder: platform, original: 20_000),
            ],
            servicing: ServicingFeeTerms(
                payee: platform, rate: try AnnualRate(percent: "1.2"), dayCount: .thirty360),
            expenses: [ExpenseTerms(name: "trustee", payee: PartyID("trustee"), amount: 100)],
            reserve: ReserveTerms(initial: 1_000, target: .amount(1_500)),
            recoveriesWriteUp: true, finalOn: SampleLoan.date("2030-01-15"),
            residualHolder: platform)
        return (
            try PoolDeal(terms),
            NoteEntries(of: terms, issuer: vehicle, platform: platform, booked: booked)
        )
    }

    /// `tranche book account counterparty amount`, in order; nothing of zero.
    private static func text(_ postings: [NotePosting]) -> String {
        postings.filter { $0.posting.amount != 0 }.map {
            let one = $0.posting
            let other = one.counterparty.map { "/\($0)" } ?? ""
            let amount = AmountText.format(one.amount, decimals: 2)
            return "\($0.tranche.isEmpty ? "-" : $0.tranche) \(one.book) \(one.account)\(other) "
                + amount
        }.joined(separator: "\n")
    }

    private static func month(
        _ deal: PoolDeal, _ from: String, _ to: String, _ paysOn: String, interest: Int64,
        principal: Int64, recoveries: Int64 = 0, losses: Int64 = 0
    ) -> PeriodCollections {
        PeriodCollections(
            from: SampleLoan.date(from), to: SampleLoan.date(to), paysOn: SampleLoan.date(paysOn),
            interest: interest, principal: principal, recoveries: recoveries, losses: losses,
            loans: 3, buckets: [deal.pool - principal - losses, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func `who has a book is paid through the platform, the others in cash`() throws {
        let entries = try Self.deal(booked: [Self.vehicle, Self.harbor, SampleLoan.platform]).1
        #expect(
            Self.text(entries.issue) == """
                A vehicle 2110 -800.00
                A vehicle 1310/platform 800.00
                A platform 1310/vehicle -800.00
                A platform 1310/harbor 800.00
                A harbor 1310/platform -800.00
                A harbor 1210 800.00
                E vehicle 2110 -200.00
                E vehicle 1310/platform 200.00
                E platform 1310/vehicle -200.00
                E platform 1210 200.00
                - vehicle 1340 10.00
                - vehicle 1010 -10.00
                """)
        let alone = try Self.deal(booked: [Self.vehicle]).1
        #expect(
            Self.text(alone.issue) == """
                A vehicle 2110 -800.00
                A vehicle 1010 800.00
                E vehicle 2110 -200.00
                E vehicle 1010 200.00
                - vehicle 1340 10.00
                - vehicle 1010 -10.00
                """)
    }

    /// 70.00 came and 30.00 were lost: 1.00 for servicing, 1.00 for the trustee, 4.00 of interest,
    /// 5.00 fill the reserve up to 15.00, 50.00 repay A, 9.00 are left. In the second month 5.00
    /// come back of what was lost and give E as much; 0.92 and 1.00 and 3.75 are paid first, 5.00
    /// are principal, 0.33 are left of 11.00.
    @Test func `each line of a payment date stands in the books of both`() throws {
        var (deal, entries) = try Self.deal(booked: [
            Self.vehicle, Self.harbor, SampleLoan.platform,
        ])
        let first = try deal.pay(
            Self.month(
                deal, "2026-01-01", "2026-01-31", "2026-02-15", interest: 2_000,
                principal: 5_000, losses: 3_000))
        #expect(
            Self.text(entries.entries(of: first)) == """
                - vehicle 5010 1.00
                - vehicle 1310/platform -1.00
                - platform 1310/vehicle 1.00
                - platform 4040 -1.00
                - vehicle 5010 1.00
                - vehicle 1010 -1.00
                A vehicle 5090 4.00
                A vehicle 1310/platform -4.00
                A platform 1310/vehicle 4.00
                A platform 1310/harbor -4.00
                A harbor 1310/platform 4.00
                A harbor 4090 -4.00
                A vehicle 2110 50.00
                A vehicle 1310/platform -50.00
                A platform 1310/vehicle 50.00
                A platform 1310/harbor -50.00
                A harbor 1310/platform 50.00
                A harbor 1210 -50.00
                - vehicle 5095 9.00
                - vehicle 1310/platform -9.00
                - platform 1310/vehicle 9.00
                - platform 4090 -9.00
                E vehicle 2110 30.00
                E vehicle 4080 -30.00
                E platform 1210 -30.00
                E platform 4080 30.00
                - vehicle 1340 5.00
                - vehicle 1010 -5.00
                """)
        let second = try deal.pay(
            Self.month(
                deal, "2026-02-01", "2026-02-28", "2026-03-15", interest: 600, principal: 0,
                recoveries: 500))
        let told = Self.text(entries.entries(of: second))
        #expect(told.contains("E vehicle 2110 -5.00\nE vehicle 4080 5.00"), "\(told)")
        #expect(told.contains("E platform 1210 5.00\nE platform 4080 -5.00"), "\(told)")
        #expect(!told.contains("1340"), "\(told)")
    }

    @Test func `books balance and say what the deal says on every date of 3,000 random deals`()
        throws
    {
        try Property.check(3_000) { random in
            let terms = try DealLawTests.terms(using: &random)
            let parties = ["h0", "h1", "h2", "h3", "s", "e", "q", "platform"].map { PartyID($0) }
            let issuer = random.isOne(in: 5) ? PartyID("h0") : Self.vehicle
            let booked = Set(parties.filter { _ in random.isOne(in: 2) })
            let entries = NoteEntries(
                of: terms, issuer: issuer, platform: SampleLoan.platform, booked: booked)
            var deal = try PoolDeal(terms)
            var books = NoteBooks(terms, issuer: issuer, booked: booked)
            try books.add(entries.issue)
            for _ in 0..<random.pick(1...8) where !deal.isClosed {
                let report = try deal.pay(DealLawTests.collections(of: deal, using: &random))
                try books.add(entries.entries(of: report))
                books.paid += report.lines.reduce(0) {
                    $0 + ($1.payee == issuer ? 0 : $1.paid)
                }
                try books.check(deal)
            }
        }
    }
}

/// The books of one deal added up, held against the deal itself.
private struct NoteBooks {
    private let terms: DealTerms
    private let issuer: PartyID
    private let booked: Set<PartyID>
    private var sums: [String: Int64] = [:]
    /// To others than the issuer.
    var paid: Int64 = 0

    init(_ terms: DealTerms, issuer: PartyID, booked: Set<PartyID>) {
        (self.terms, self.issuer, self.booked) = (terms, issuer, booked)
    }

    mutating func add(_ postings: [NotePosting]) throws {
        for (_, lines) in Dictionary(grouping: postings, by: \.tranche) {
            _ = try PostingGroup(lines.map(\.posting))
        }
        for one in postings.map(\.posting) {
            sums["\(one.book) \(one.account)", default: 0] += one.amount
        }
    }

    func check(_ deal: PoolDeal) throws {
        func sum(_ party: PartyID, _ accounts: Account...) -> Int64 {
            accounts.reduce(0) { $0 + (sums["\(party) \($1)"] ?? 0) }
        }
        let notes = zip(terms.tranches, deal.tranches).filter { $0.0.holder != issuer }
        let owed = notes.reduce(0) { $0 + $1.1.balance }
        try hold(sum(issuer, .notesIssued) == -owed, "2110 is not what the notes stand at")
        try hold(sum(issuer, .poolReserve) == deal.reserve, "1340 is not the reserve")
        let issued = notes.reduce(0) { $0 + $1.0.original }
        try hold(
            sum(issuer, .cash, .dueToFrom) == issued - paid - deal.reserve,
            "cash is not what came less what went")
        for party in booked.subtracting([issuer]) {
            let own = notes.filter { $0.0.holder == party }.reduce(0) { $0 + $1.1.balance }
            try hold(sum(party, .notesHeld) == own, "\(party) holds other notes")
        }
    }
}
