import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import TestSupport
import Testing

/// Classes and provisions over the life of loans of 1,000.00, of which harbor lends 700.00; see
/// ``LoanLife`` for what falls due.
struct AssetClassTests {
    /// Principal of harbor: 700.00; 468.98 after the first instalment, 235.65 after the second.
    /// 700.00 × 1 % = 7.00, × 2 % = 14.00, × 25 % = 175.00; 468.98 × 25 % = 117.245;
    /// 235.65 × 25 % = 58.9125, × 1 % = 2.3565.
    @Test func `what is kept follows class and principal through arrears, observation and cure`()
        async throws
    {
        let rules = try ClassedHouse.rules(AssetUpgrade(observationMonths: 1))
        let house = try ClassedHouse.house([
            TestTerms.harbor: [ClassedHouse.from("2026-01-01", rules)]
        ])
        try await Self.live(house)
        let world = house.store.world
        #expect(
            world.classes(of: TestTerms.harbor) == [
                "2026-02-02 L1 normal special-mention own",
                "2026-02-12 L1 special-mention substandard own",
                "2026-02-13 L1 substandard substandard own until 2026-03-13",
                "2026-03-13 L1 substandard normal own",
            ])
        #expect(
            world.provisions(of: TestTerms.harbor) == [
                "2026-01-01 7.00", "2026-02-02 14.00", "2026-02-12 175.00", "2026-02-13 117.25",
                "2026-03-01 58.91", "2026-03-13 2.36", "2026-04-01 0.00",
            ])
        #expect(
            world.provisionEntries == [
                "2026-01-01 harbor 1180 -7.00", "2026-01-01 harbor 5045 7.00",
                "2026-02-02 harbor 1180 -7.00", "2026-02-02 harbor 5045 7.00",
                "2026-02-12 harbor 1180 -161.00", "2026-02-12 harbor 5045 161.00",
                "2026-02-13 harbor 1180 57.75", "2026-02-13 harbor 5045 -57.75",
                "2026-03-01 harbor 1180 58.34", "2026-03-01 harbor 5045 -58.34",
                "2026-03-13 harbor 1180 56.55", "2026-03-13 harbor 5045 -56.55",
                "2026-04-01 harbor 1180 2.36", "2026-04-01 harbor 5045 -2.36",
            ])
        #expect(try await house.verify.run() == nil)
    }

    /// Unpaid on 1 February, all arrears paid on the 13th, the rest in time.
    private static func live(_ house: TestHouse) async throws {
        try await house.book(ClassedHouse.row("L1"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-02-12")
        try await house.pay(PaymentFile.row("P1", "L1", "345.00", valueDate: "2026-02-13"))
        try await house.close(through: "2026-02-28")
        try await house.pay(PaymentFile.row("P2", "L1", "340.03", valueDate: "2026-03-01"))
        try await house.close(through: "2026-03-31")
        try await house.pay(PaymentFile.row("P3", "L1", "340.01", valueDate: "2026-04-01"))
        try await house.close(through: "2026-04-02")
    }

    @Test func `without rules nothing is kept and nothing posted`() async throws {
        let house = try ClassedHouse.house([:])
        try await Self.live(house)
        let world = house.store.world
        #expect(world.classed.isEmpty && world.assetRules.isEmpty && world.classChanges.isEmpty)
        #expect(world.provisions.isEmpty && world.provisionEntries.isEmpty)
    }

    @Test func `on a quiet day no loan is looked at`() async throws {
        let house = try ClassedHouse.house(try ClassedHouse.randomRules())
        try await house.book(ClassedHouse.row("L1"), ClassedHouse.row("L2"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-04")
        let book = CountingBook(house.store)
        _ = try await house.closeDay(book: book).run(SampleLoan.date("2026-01-05"))
        #expect(book.taken() == 0)
        // Meridian's rules begin.
        try await house.close(through: "2026-01-19")
        _ = try await house.closeDay(book: book).run(SampleLoan.date("2026-01-20"))
        #expect(book.taken() == 2)
    }

    @Test func `a written-off loan is lost, and its provision goes back against the loss`()
        async throws
    {
        let house = try ClassedHouse.house([
            TestTerms.harbor: [ClassedHouse.from("2026-01-01", try ClassedHouse.rules())]
        ])
        try await house.book(ClassedHouse.row("L1"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-02-14")
        try await house.take(
            FactFile.line(
                "C1", "charge-off", "scope=full", valueDate: "2026-02-15",
                at: "2026-02-15T10:00:00Z"))
        try await house.close(through: "2026-02-20")
        #expect(
            house.store.world.classes(of: TestTerms.harbor).last
                == "2026-02-15 L1 substandard loss own")
        #expect(
            house.store.world.provisions(of: TestTerms.harbor).suffix(2) == [
                "2026-02-12 175.00", "2026-02-15 0.00",
            ])
        #expect(try await house.verify.run() == nil)
    }
}

// MARK: - Several loans and lenders

extension AssetClassTests {
    /// L1 and L2 are one borrower's, L3 is another's; L1 alone is not paid. Harbor holds all loans
    /// of a borrower in its own worst class; the platform, which is bad only from the 41st day,
    /// takes over the worst class of any lender.
    private static func shared() async throws -> TestHouse {
        let house = try ClassedHouse.house([
            TestTerms.harbor: [
                ClassedHouse.from("2026-01-01", try ClassedHouse.rules(crossDefault: .lender))
            ],
            TestTerms.platform: [
                ClassedHouse.from(
                    "2026-01-01",
                    try ClassedHouse.rules(crossDefault: .everyLender, specialMention: 31))
            ],
        ])
        try await house.book(
            ClassedHouse.row("L1"), ClassedHouse.row("L2"), ClassedHouse.row("L3", of: "B2"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-31")
        for loan in ["L2", "L3"] {
            try await house.pay(
                PaymentFile.row("P-\(loan)", loan, "340.03", valueDate: "2026-02-01"))
        }
        try await house.close(through: "2026-02-02")
        var late = ClassedHouse.row("L4")
        late[7] = "2026-02-03T09:00:00Z"
        try await house.book(late)
        _ = try await house.fund().run()
        try await house.close(through: "2026-02-12")
        try await house.pay(PaymentFile.row("P1", "L1", "345.00", valueDate: "2026-02-13"))
        try await house.close(through: "2026-02-14")
        return house
    }

    @Test func `a bad loan pulls the borrower's others along, and lets them go`() async throws {
        let house = try await Self.shared()
        let world = house.store.world
        #expect(
            world.classes(of: TestTerms.harbor) == [
                "2026-02-02 L1 normal special-mention own",
                "2026-02-02 L2 normal special-mention cross-default by itself normal",
                "2026-02-03 L4 normal special-mention cross-default by itself normal",
                "2026-02-12 L1 special-mention substandard own",
                "2026-02-12 L2 special-mention substandard cross-default by itself normal",
                "2026-02-12 L4 special-mention substandard cross-default by itself normal",
                "2026-02-13 L1 substandard normal own",
                "2026-02-13 L2 substandard normal own",
                "2026-02-13 L4 substandard normal own",
            ])
        #expect(
            world.classes(of: TestTerms.platform)
                == world.classes(of: TestTerms.harbor).map { line in
                    guard line.hasSuffix("own"), !line.contains("normal own") else { return line }
                    return line.replacing(
                        " own", with: " cross-default by itself normal")
                })
        #expect(
            world.provisions(of: TestTerms.harbor, for: "L2") == [
                "2026-01-01 7.00", "2026-02-01 4.69", "2026-02-02 9.38", "2026-02-12 117.25",
                "2026-02-13 4.69",
            ])
        #expect(world.provisions(of: TestTerms.harbor, for: "L3").count == 2)
        #expect(try await house.verify.run() == nil)
    }

    @Test func `a partner's files carry its own classes and a line for each change of them`()
        async throws
    {
        let house = try await Self.shared()
        func lines(_ file: FileLayout, _ date: String) throws -> [String] {
            let place = World.Pair(party: TestTerms.harbor, date: SampleLoan.date(date))
            let kept = try #require(
                house.store.world.files[place]?.first { $0.name.hasPrefix(file.name + ".") })
            return try TestFormat().records(kept, layout: file).map {
                ($0.key + $0.fields).joined(separator: " ")
            }
        }
        #expect(
            try lines(.statusChanges, "2026-02-02") == [
                "L1 current past-due 1 special-mention accrual",
                "L2 current current 0 special-mention accrual",
            ])
        #expect(
            try lines(.statusChanges, "2026-02-12") == [
                "L1 past-due past-due 11 substandard accrual",
                "L2 current current 0 substandard accrual",
                "L4 current current 0 substandard accrual",
            ])
        #expect(
            try lines(.balances, "2026-02-03") == ["L4 0 special-mention accrual"],
            "a new loan of a bad borrower")
        #expect(try lines(.statusChanges, "2026-02-14").isEmpty)
    }

    @Test func `other rules class every loan anew from their date on`() async throws {
        let rules = try ClassedHouse.rules()
        let strict = try ClassedHouse.rules(normal: "3%")
        let harbor = TestTerms.harbor
        let house = try ClassedHouse.house([
            harbor: [
                ClassedHouse.from("2026-01-10", rules), ClassedHouse.from("2026-01-20", strict),
            ]
        ])
        try await house.book(ClassedHouse.row("L1"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-25")
        #expect(
            house.store.world.provisions(of: harbor) == ["2026-01-10 7.00", "2026-01-20 21.00"])
        #expect(house.store.world.assetRules.map { "\($0.date)" } == ["2026-01-10", "2026-01-20"])
        // Nothing any more.
        let bare = try ClassedHouse.house([:], house.store)
        try await bare.close(through: "2026-01-26")
        #expect(house.store.world.provisions(of: harbor).last == "2026-01-26 0.00")
        #expect(house.store.world.assetRules.last?.text == "")
        #expect(try await bare.verify.run() == nil)
        try await bare.close(through: "2026-01-28")
        #expect(!house.store.world.classed.contains(SampleLoan.date("2026-01-28")))
    }

    /// A store whose class or provision was changed behind the program's back.
    @Test(arguments: [
        "a class", "a cause", "a provision", "a row too many", "a row gone", "an entry", "a rule",
    ])
    func `the auditor finds a class or provision that does not follow`(what: String) async throws {
        let house = try await Self.shared()
        house.store.write(nil) { $0.spoil(what) }
        let found = try #require(try await house.verify.run())
        let law: Divergence.Law = what == "an entry" ? .log : .classes
        #expect(found.law == law, "\(found.sentence)")
    }
}

extension World {
    fileprivate mutating func spoil(_ what: String) {
        let change = classChanges[0]
        switch what {
        case "a class": classChanges[0] = change.held(HeldClass(.doubtful, change.after.cause))
        case "a cause":
            classChanges[0] = change.held(HeldClass(change.after.assetClass, .crossDefault))
        case "a provision":
            let target = provisions[1]
            provisions[1] = ProvisionTarget(
                claim: target.claim, date: target.date, currency: target.currency,
                amount: target.amount + 1)
        case "a row too many":
            provisions.append(
                ProvisionTarget(
                    claim: provisions[0].claim, date: SampleLoan.date("2026-01-20"),
                    currency: provisions[0].currency, amount: 1))
        case "a row gone": classChanges.remove(at: 0)
        case "an entry":
            for row in ledgerRows.filter({ $0.kind == .provision }).prefix(2) {
                add(row.of(row.posting.amount))
            }
        default:
            assetRules[0] = KeptAssetRules(
                lender: assetRules[0].lender, date: assetRules[0].date, text: "step bad 1\n")
        }
    }
}

extension AssetClassChange {
    fileprivate func held(_ held: HeldClass) -> AssetClassChange {
        AssetClassChange(
            claim: claim, date: date, before: before, after: held, standing: standing,
            status: status)
    }
}
