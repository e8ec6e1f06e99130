import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import TestSupport

/// Days of repayments as both sides tell them: closed, matched and settled by the house itself.
struct BreakStory {
    let house: TestHouse
    let desk: BreakDesk

    init(
        tolerance: Int64 = 0, disputes: DisputeTerms = .standard,
        settlement: SettlementTerms = SettlementTerms(lagDays: 1, calendar: "every-day"),
        house: TestHouse? = nil
    ) throws {
        self.house =
            try house
            ?? TestHouse(
                catalogue: try TestTerms.catalogue(
                    partners: [
                        TestTerms.partner(
                            TestTerms.harbor, tolerance: tolerance, disputes: disputes)
                    ], settlement: settlement))
        desk = BreakDesk(store: self.house.store, surroundings: self.house.surroundings)
    }

    /// Minor units by payment; payments `Y…` are in yen, all others in dollars.
    typealias Lines = [String: Int64]

    /// Lives every date up to one on which ours and theirs say this, then settles.
    func day(_ date: String, ours: Lines, theirs: Lines) async throws {
        try await day(SampleLoan.date(date), ours: ours, theirs: theirs)
    }

    func day(_ date: BusinessDate, ours: Lines, theirs: Lines) async throws {
        while house.store.world.open < date {
            try await one(house.store.world.open, ours: [:], theirs: [:])
        }
        try await one(date, ours: ours, theirs: theirs)
    }

    private func one(_ date: BusinessDate, ours: Lines, theirs: Lines) async throws {
        seed(ours, on: date)
        _ = try await house.closeDay().run(date)
        try await answer(date, theirs)
        _ = try await house.settle.run()
    }

    /// Closes a date, with what the partner has offered for it already.
    func closeOnly(_ date: String, ours: Lines) async throws {
        seed(ours, on: SampleLoan.date(date))
        _ = try await house.closeDay().run(SampleLoan.date(date))
        _ = try await house.reconcile.run(openDate: house.store.world.open)
        _ = try await house.settle.run()
    }

    /// The partner sends its lines of a date, for the first time or anew.
    func answer(_ date: BusinessDate, _ theirs: Lines) async throws {
        await house.answer(from: TestTerms.harbor, on: date) {
            $0[1].records = BreakStory.records(theirs)
        }
        _ = try await house.reconcile.run(openDate: house.store.world.open, again: true)
    }

    /// Our file of a date and the entries behind it.
    private func seed(_ ours: Lines, on date: BusinessDate) {
        let files = [
            TestFile(.disbursements, []), TestFile(.repayments, BreakStory.records(ours)),
            TestFile(.balances, []),
        ]
        let (platform, harbor) = (TestTerms.platform.book, TestTerms.harbor.book)
        house.store.write { world in
            world.files[World.Pair(party: TestTerms.harbor, date: date)] = TestFile.manifest(
                of: files, party: TestTerms.platform, on: date)
            for (currency, lines) in Dictionary(
                grouping: ours, by: { BreakStory.currency(of: $0.key) })
            {
                let sum = lines.reduce(0) { $0 + $1.value }
                let entries: [(BookID, Account, BookID?, Int64)] = [
                    (platform, .cash, nil, sum), (platform, .dueToFrom, harbor, -sum),
                    (harbor, .dueToFrom, platform, sum), (harbor, .principal, nil, -sum),
                ]
                for (book, account, other, amount) in entries where amount != 0 {
                    world.add(
                        LedgerRow(
                            date: date, shard: 0, kind: .repayment, agreement: "duo",
                            posting: Posting(
                                book: book, account: account, counterparty: other,
                                currency: currency, amount: amount)))
                }
            }
        }
    }

    private static func currency(of payment: String) -> Currency {
        payment.hasPrefix("Y") ? Currency(code: "JPY")! : SampleLoan.dollars
    }

    private static func records(_ lines: Lines) -> [Record] {
        lines.sorted { $0.key < $1.key }.map {
            Record(
                key: [$0.key], amounts: [$0.value, 0, 0, 0, 0, 0, 0],
                currency: currency(of: $0.key), valueDate: World.firstDate,
                fields: ["L-\($0.key)", "", ""], line: 0)
        }
    }

    /// A break is not the only one.
    struct NotOnly: Error {
        let found: [KeptBreak]
    }

    /// The only break there is.
    func only() throws -> KeptBreak {
        let breaks = Array(house.store.world.breaks.values)
        guard breaks.count == 1 else { throw NotOnly(found: breaks) }
        return breaks[0]
    }

    /// Settled nets by settlement day, `01-06 90000`.
    var nets: [String] {
        house.store.world.settlements.sorted { $0.id < $1.id }.map {
            "\(String("\($0.id.settlesOn)".dropFirst(5))) \($0.amount)"
        }
    }

    /// What the platform's book has on an account with the partner, or alone.
    func balance(_ account: Account) -> Int64 {
        house.store.world.ledgerRows.filter {
            $0.posting.book == TestTerms.platform.book && $0.posting.account == account
        }.reduce(0) { $0 + $1.posting.amount }
    }
}
