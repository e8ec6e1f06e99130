import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Who pays the borrower, way by way: 1,000.00 lent on 2026-01-01 by the platform (200.00), harbor
/// (500.00) and meridian (300.00), and undone on 2026-01-03.
struct DisbursementWayTests {
    /// A way with the entries of the disbursement, hand-computed. `1010` cash, `1030` escrow,
    /// `1110` principal, `1310` due to/from, `1330` deposits, `2020` payouts in flight; debit
    /// positive.
    struct Scenario: CustomTestStringConvertible {
        let way: DisbursementWay
        let entries: [String]
        /// What the platform owes each lender by it.
        let owed: [String: Int64]
        /// What goes out over the platform's payment channel.
        let channel: Int64

        var testDescription: String { way.name.rawValue }
    }

    static let scenarios = [
        // The platform pays 1,000.00; harbor owes it 500.00, meridian 300.00.
        Scenario(
            way: .reimburse,
            entries: [
                "disbursement platform 1110 200.00",
                "disbursement harbor 1110 500.00",
                "disbursement platform 1310 harbor 500.00",
                "disbursement harbor 1310 platform -500.00",
                "disbursement meridian 1110 300.00",
                "disbursement platform 1310 meridian 300.00",
                "disbursement meridian 1310 platform -300.00",
                "disbursement platform 2020 -1000.00",
                "payout platform 2020 1000.00", "payout platform 1010 -1000.00",
            ], owed: ["harbor": -500_00, "meridian": -300_00], channel: 1_000_00),
        // The platform pays 1,000.00; it holds 500.00 less for harbor and 300.00 for meridian.
        Scenario(
            way: .reserve,
            entries: [
                "disbursement platform 1110 200.00",
                "disbursement harbor 1110 500.00",
                "disbursement platform 1330 harbor 500.00",
                "disbursement harbor 1330 platform -500.00",
                "disbursement meridian 1110 300.00",
                "disbursement platform 1330 meridian 300.00",
                "disbursement meridian 1330 platform -300.00",
                "disbursement platform 2020 -1000.00",
                "payout platform 2020 1000.00", "payout platform 1010 -1000.00",
            ], owed: [:], channel: 1_000_00),
        // Each pays its own share into escrow; nobody owes anybody.
        Scenario(
            way: .escrow,
            entries: [
                "disbursement platform 1110 200.00", "disbursement harbor 1110 500.00",
                "disbursement meridian 1110 300.00",
                "disbursement platform 1030 -200.00",
                "payout platform 1030 200.00", "payout platform 1010 -200.00",
                "disbursement harbor 1030 -500.00",
                "payout harbor 1030 500.00", "payout harbor 1010 -500.00",
                "disbursement meridian 1030 -300.00",
                "payout meridian 1030 300.00", "payout meridian 1010 -300.00",
            ], owed: [:], channel: 200_00),
        // Each pays its own share to the borrower.
        Scenario(
            way: .direct,
            entries: [
                "disbursement platform 1110 200.00", "disbursement harbor 1110 500.00",
                "disbursement meridian 1110 300.00",
                "disbursement platform 2020 -200.00",
                "payout platform 2020 200.00", "payout platform 1010 -200.00",
                "disbursement harbor 2020 -500.00",
                "payout harbor 2020 500.00", "payout harbor 1010 -500.00",
                "disbursement meridian 2020 -300.00",
                "payout meridian 2020 300.00", "payout meridian 1010 -300.00",
            ], owed: [:], channel: 200_00),
        // Harbor pays 1,000.00 and is owed 500.00 by the platform, which is owed 300.00 of it by
        // meridian.
        Scenario(
            way: .lenderPaysAll(payer: PartyID("harbor")),
            entries: [
                "disbursement platform 1110 200.00",
                "disbursement harbor 1110 500.00",
                "disbursement platform 1310 harbor -500.00",
                "disbursement harbor 1310 platform 500.00",
                "disbursement meridian 1110 300.00",
                "disbursement platform 1310 meridian 300.00",
                "disbursement meridian 1310 platform -300.00",
                "disbursement harbor 2020 -1000.00",
                "payout harbor 2020 1000.00", "payout harbor 1010 -1000.00",
            ], owed: ["harbor": 500_00, "meridian": -300_00], channel: 0),
    ]

    private static let lenders = [
        SampleLoan.platform, PartyID("harbor"), PartyID("meridian"),
    ]
    private static let amounts: [Int64] = [200_00, 500_00, 300_00]

    /// Without interest, so that the entries are those of the principal alone.
    private static func contract(
        _ way: DisbursementWay, _ lenders: [PartyID] = lenders, _ amounts: [Int64] = amounts
    ) throws -> LoanContract {
        let schedule = try Schedule.build(
            ScheduleTerms(
                principal: 1_000_00, currency: SampleLoan.dollars,
                rate: AnnualRate(percent: "0"), method: .equalPrincipal, instalments: 2,
                disbursedOn: SampleLoan.date("2026-01-01")))
        return try LoanContract(
            loan: LoanID("L1"), agreement: "trio", schedule: schedule, lenders: lenders,
            fundedAmounts: amounts, platform: SampleLoan.platform, serviceFees: [],
            penalty: PenaltyTerms(multipleThousandths: 0, graceDays: 0), materiality: 0,
            disbursement: way)
    }

    private static func entries(_ postings: [KindedPosting]) -> [String] {
        postings.map { line in
            let other = line.posting.counterparty.map { " \($0)" } ?? ""
            return "\(line.kind.rawValue) \(line.posting.book) \(line.posting.account)\(other) "
                + AmountText.format(line.posting.amount, decimals: 2)
        }
    }

    @Test(arguments: scenarios)
    func `the disbursement is booked as the table says`(scenario: Scenario) throws {
        let contract = try Self.contract(scenario.way)
        let lent = try contract.position(facts: [], at: contract.disbursedOn)
        let postings = LoanPostings.difference(of: contract, from: nil, to: lent)
        #expect(Self.entries(postings).sorted() == scenario.entries.sorted())
    }

    @Test(
        arguments: scenarios,
        [LoanFact.Kind.cancelled(.none), .payoutFailed, .payoutReturned])
    func `undoing a loan books its disbursement negated`(
        scenario: Scenario, kind: LoanFact.Kind
    ) throws {
        let contract = try Self.contract(scenario.way)
        let date = contract.disbursedOn.adding(days: 2)
        let undo = LoanFact(id: "X", kind: kind, valueDate: date, bookingDate: date, instant: 1)
        let lent = try contract.position(facts: [], at: date.adding(days: -1))
        let undone = try contract.position(facts: [undo], at: date)
        let back = LoanPostings.difference(of: contract, from: lent, to: undone)
        let there = LoanPostings.difference(of: contract, from: nil, to: lent)
        #expect(back.map(\.negated) == there)
    }

    @Test(arguments: scenarios)
    func `what is owed and what the channel pays are the entries' amounts`(scenario: Scenario)
        throws
    {
        let plan = SharePlan(
            shares: zip(Self.lenders, Self.amounts).map { PlannedShare(party: $0, amount: $1) })
        #expect(
            scenario.way.paidByPlatform(plan, platform: SampleLoan.platform) == scenario.channel)
        for share in plan.shares {
            let owed = scenario.way.owed(
                to: share.party, lending: share.amount, of: plan.total, lenders: Self.lenders,
                platform: SampleLoan.platform)
            #expect(owed == scenario.owed[share.party.name] ?? 0, "\(share.party)")
        }
    }

    @Test func `where the payer has no part in a loan the platform pays`() throws {
        let lenders = [SampleLoan.platform, PartyID("meridian")]
        let amounts: [Int64] = [700_00, 300_00]
        func postings(_ way: DisbursementWay) throws -> [String] {
            let contract = try Self.contract(way, lenders, amounts)
            return Self.entries(
                LoanPostings.difference(
                    of: contract, from: nil,
                    to: try contract.position(facts: [], at: contract.disbursedOn)))
        }
        #expect(
            try postings(.lenderPaysAll(payer: PartyID("harbor"))) == postings(.reimburse))
    }

    @Test func `a platform that lends nothing still pays where it is the one that pays`() throws {
        let contract = try Self.contract(
            .reserve, [PartyID("harbor"), PartyID("meridian")], [600_00, 400_00])
        let lent = try contract.position(facts: [], at: contract.disbursedOn)
        let postings = LoanPostings.difference(of: contract, from: nil, to: lent)
        #expect(
            Self.entries(postings).filter { $0.contains("platform 1010") } == [
                "payout platform 1010 -1000.00"
            ])
    }
}

extension KindedPosting {
    fileprivate var negated: KindedPosting {
        KindedPosting(
            kind,
            Posting(
                book: posting.book, account: posting.account, counterparty: posting.counterparty,
                currency: posting.currency, amount: -posting.amount))
    }
}
