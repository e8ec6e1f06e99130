import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Portfolio
import SQLStore
import Testing

/// Classes of claims and provisions as the store keeps them.
@Suite(.everyEngine) struct AssetClassContractTests {
    private let books: Books
    private let classes: SQLAssetClasses
    private let day = Books.firstDate
    private static let harbor = PartyID("harbor")
    private static let platform = PartyID("platform")

    init() async throws {
        books = try await Books()
        classes = SQLAssetClasses(engine: books.engine)
    }

    private func change(
        _ loan: String, _ lender: PartyID = harbor, on number: Int, from before: AssetClass,
        to after: AssetClass, _ cause: AssetClassCause = .own, own: AssetStanding? = nil
    ) -> AssetClassChange {
        AssetClassChange(
            claim: ClaimKey(LoanID(loan), lender), date: day.adding(days: number), before: before,
            after: HeldClass(after, cause), standing: own ?? AssetStanding(after),
            status: LoanStatus(standing: .pastDue, daysPastDue: 91, accrual: .nonAccrual))
    }

    private func provision(_ loan: String, on number: Int, _ amount: Int64) -> ProvisionTarget {
        ProvisionTarget(
            claim: ClaimKey(LoanID(loan), Self.harbor), date: day.adding(days: number),
            currency: Books.usd, amount: amount)
    }

    private func classed(
        _ number: Int, rules: [(PartyID, String)] = [], _ changes: [AssetClassChange] = [],
        _ provisions: [ProvisionTarget] = [], ledger: [LedgerRow] = []
    ) -> AssetClassDay {
        let date = day.adding(days: number)
        return AssetClassDay(
            date: date,
            rules: rules.map { KeptAssetRules(lender: $0.0, date: date, text: $0.1) },
            changes: changes, provisions: provisions, ledger: ledger)
    }

    private func anchor(_ loan: String) -> LoanAnchor {
        LoanAnchor(
            loan: LoanID(loan), shard: UInt16(shard(of: loan)), agreement: "harbor-70",
            currency: Books.usd, lenders: [Self.harbor], fundedAmounts: [1_000], startsOn: day,
            dueOn: day.adding(days: 31), openingBalance: 1_000, rate: AnnualRate(units: 12),
            fraction: YearFraction(1, over: 12), interestBefore: 0, rounding: .halfUp,
            isQuiet: true, isLive: true)
    }

    @Test func `a date is classed once, together with its entries`() async throws {
        let rows = [(Account.allowance, Int64(-700)), (.provisionExpense, 700)].map {
            LedgerRow(
                date: day, shard: 7, kind: .provision, agreement: "harbor-70",
                posting: Posting(
                    book: Self.harbor.book, account: $0.0, currency: Books.usd, amount: $0.1))
        }
        let result = classed(
            0, rules: [(Self.harbor, "one\n")],
            [change("L1", on: 0, from: .normal, to: .loss)], [provision("L1", on: 0, 700)],
            ledger: rows)
        #expect(try await !classes.isClassed(day))
        try await classes.post(result)
        let digest = try await books.audit.digest()
        try await classes.post(result)
        #expect(try await books.audit.digest() == digest)
        #expect(try await classes.isClassed(day))
        #expect(try await !classes.isClassed(day.adding(days: 1)))
        #expect(try await books.totals.ledger(on: day) == rows)
        #expect(try await books.audit.assetClassChanges(on: day) == result.changes)
        #expect(try await books.audit.provisionTargets(on: day) == result.provisions)
        #expect(try await books.audit.assetRules() == result.rules)
        #expect(try await books.book.openSlices(day).first?.lowerBound == 0)
    }

    @Test func `what is kept of a claim is what its last rows before a date say`() async throws {
        let until = day.adding(days: 9)
        try await classes.post(
            classed(
                0,
                [
                    change("L1", on: 0, from: .normal, to: .substandard),
                    change(
                        "L1", Self.platform, on: 0, from: .normal, to: .doubtful, .crossDefault,
                        own: .normal),
                ], [provision("L1", on: 0, 5), provision("L2", on: 0, 6)]))
        try await classes.post(
            classed(
                1,
                [
                    change(
                        "L1", on: 1, from: .substandard, to: .substandard,
                        own: AssetStanding(.substandard, observedUntil: until))
                ], [provision("L1", on: 1, 0)]))
        let loans = [LoanID("L1"), LoanID("L2"), LoanID("L3")]
        func kept(_ number: Int) async throws -> [ClaimKey: KeptClaim] {
            try await classes.kept(of: loans, before: day.adding(days: number))
        }
        let (one, two) = (ClaimKey(loans[0], Self.harbor), ClaimKey(loans[1], Self.harbor))
        let other = ClaimKey(loans[0], Self.platform)
        #expect(try await kept(0).isEmpty)
        let bad = AssetStanding(.substandard)
        #expect(
            try await kept(1) == [
                one: KeptClaim(held: .substandard, standing: bad, provision: 5),
                other: KeptClaim(held: .doubtful), two: KeptClaim(provision: 6),
            ])
        #expect(
            try await kept(2)[one]
                == KeptClaim(
                    held: .substandard,
                    standing: AssetStanding(.substandard, observedUntil: until), provision: 0))
    }

    @Test func `rules hold from their date on until others do`() async throws {
        try await classes.post(classed(0, rules: [(Self.harbor, "a"), (Self.platform, "b")]))
        try await classes.post(classed(2, rules: [(Self.harbor, "")]))
        func rules(_ number: Int) async throws -> [PartyID: String] {
            try await classes.rules(before: day.adding(days: number))
        }
        #expect(try await rules(0) == [:])
        #expect(try await rules(2) == [Self.harbor: "a", Self.platform: "b"])
        #expect(try await rules(3) == [Self.platform: "b"])
    }

    @Test func `observations end on their date unless a later row says otherwise`() async throws {
        let until = day.adding(days: 30)
        let observed = AssetStanding(.substandard, observedUntil: until)
        func row(_ loan: String, on number: Int, _ own: AssetStanding) -> AssetClassChange {
            change(loan, on: number, from: .substandard, to: .substandard, own: own)
        }
        try await classes.post(
            classed(0, [row("L1", on: 0, observed), row("L2", on: 0, observed)]))
        try await classes.post(classed(5, [row("L2", on: 5, AssetStanding(.substandard))]))
        #expect(try await classes.observationsEnding(on: until) == [LoanID("L1")])
        #expect(try await classes.observationsEnding(on: until.adding(days: -1)).isEmpty)
    }

    @Test func `loans are found by borrower once a slice has posted them`() async throws {
        try await books.disburse(["L1", "L2"])
        #expect(try await classes.loans(of: ["B-L1", "B-L2"]).isEmpty)
        try await books.book.post(
            SliceResult(
                date: day, shards: 0..<4096, ledger: [], distributions: [], balances: [],
                anchors: ["L1", "L2"].map(anchor)))
        #expect(try await classes.loans(of: ["B-L2"]) == [LoanID("L2")])
        #expect(try await classes.loans(of: ["B-L9", "B-L1"]) == [LoanID("L1")])
    }

    @Test func `a lender's changes and classed loans are its own and of the date`() async throws {
        try await classes.post(
            classed(
                0,
                [
                    change("L1", on: 0, from: .normal, to: .loss),
                    change("L1", Self.platform, on: 0, from: .normal, to: .loss),
                    change("L2", on: 0, from: .loss, to: .loss),
                ], [provision("L3", on: 0, 1)]))
        try await classes.post(classed(1, [change("L4", on: 1, from: .normal, to: .loss)]))
        let changes = try await classes.classChanges(of: Self.harbor, on: day)
        #expect(changes.map(\.claim) == [ClaimKey(LoanID("L1"), Self.harbor)])
        let loans = try await classes.classedLoans(in: 0..<4096, before: day.adding(days: 1))
        #expect(Set(loans.map(\.text)) == ["L1", "L2", "L3"])
        #expect(try await classes.classedLoans(in: 0..<4096, before: day).isEmpty)
        let first = try await classes.classedLoans(in: 0..<2048, before: day.adding(days: 1))
        let second = try await classes.classedLoans(in: 2048..<4096, before: day.adding(days: 1))
        #expect(Set(first + second) == Set(loans) && first.count + second.count == 3)
    }

    @Test func `tables that a store does without leave no trace while they are empty`()
        async throws
    {
        let unseen = Schema.tables.filter(\.isUnseenWhenEmpty).map(\.name)
        #expect(
            Set(unseen)
                == [
                    "asset_rule", "asset_class", "provision", "cover_state", "loss_draw", "pool",
                    "pool_share", "pool_payment",
                ])
        let before = try await books.audit.digest()
        try await classes.post(classed(0))
        #expect(try await books.audit.digest() == before)
        try await classes.post(classed(1, [], [provision("L1", on: 1, 1)]))
        #expect(try await books.audit.digest() != before)
    }
}
