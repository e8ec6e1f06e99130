import BusinessCalendar
import LendingRules
import Monetary
import Portfolio
import TestSupport
import Testing

/// What an anchor says about a loan, and which days it leaves to the definition.
struct AnchorTests {
    @Test(
        arguments: [
            // disbursed 01-31, due 02-28 and 03-31; paid 300.00 on 02-28
            ("2026-02-01", "none", "2026-02-01", false),
            ("2026-02-01", "none", "2026-02-27", false),
            ("2026-02-01", "none", "2026-02-28", true),
            ("2026-02-01", "booked", "2026-02-02", true),
            ("2026-02-28", "none", "2026-03-01", true),
            ("2026-02-28", "paid", "2026-03-01", false),
            ("2026-02-28", "paid", "2026-03-31", true),
            ("2026-03-31", "paid", "2026-04-01", true),
            ("2026-03-31", "paid twice", "2026-04-01", false),
            ("2026-03-31", "paid twice", "2026-09-01", false),
        ])
    func `only days without an event are left to the kernel`(
        made: String, payments: String, closing: String, needsScalar: Bool
    ) throws {
        let contract = try Self.contract(lenders: 2)
        let anchor = try Self.anchor(contract, made: made, payments: payments)
        let isNeeded = anchor.needsScalar(
            on: SampleLoan.date(closing), hasFacts: payments == "booked")
        #expect(isNeeded == needsScalar)
    }

    @Test
    func `a finished loan is not live and a running one is`() throws {
        let contract = try Self.contract(lenders: 2)
        let running = try Self.anchor(contract, made: "2026-03-31", payments: "paid")
        let finished = try Self.anchor(contract, made: "2026-03-31", payments: "paid twice")
        #expect(running.isLive)
        #expect(!finished.isLive)
    }

    /// 306.00 is due on 02-28; paid on 03-04 it owes 300.00 × 18 % × 4 ÷ 365 = 0.59 of penalty.
    @Test(
        arguments: [
            // The penalty belongs to the period until that ends.
            ("P 03-04 30659", "03-04", false), ("P 03-04 30659", "03-20", false),
            ("P 03-04 30659; Q 03-31 30300", "03-31", false),
            // All but the penalty: it is owed until it is paid.
            ("P 03-04 30600", "03-04", false), ("W 03-04", "03-05", false),
            ("W 03-04; P 03-06 59", "03-06", false),
            // On the due date nothing is owed besides.
            ("W 02-28", "03-05", true), ("P 02-28 30600", "03-05", true),
        ])
    func `a loan with penalty in its open period is left to the definition`(
        happened: String, made: String, isQuiet: Bool
    ) throws {
        let contract = try Self.contract(lenders: 2)
        let facts = happened.split(separator: ";").map { text in
            let words = text.split(separator: " ")
            let day = SampleLoan.date("2026-\(words[1])")
            let waived = ClaimAmounts(principal: 300_00, interest: 6_00)
            let amount = words.count > 2 ? Int64(words[2]) ?? 0 : 0
            return LoanFact(
                id: "\(words[0])",
                kind: amount > 0 ? .repayment(amount: amount) : .waiver(waived, borneBy: nil),
                valueDate: day, bookingDate: day, instant: 0)
        }
        let position = try contract.position(facts: facts, at: SampleLoan.date("2026-\(made)"))
        let anchor = LoanAnchor.make(
            contract: contract, position: position, facts: facts, shard: 0)
        #expect(anchor.isQuiet == isQuiet)
    }

    /// Disbursed 01-31, due 02-28 and 03-31; the close looks at none of these loans again.
    @Test(arguments: [
        (LoanFact.Kind.chargeOff(ClaimAmounts(principal: 600_00, interest: 3_21), isFull: true)),
        .cancelled(.none), .cancelled(.interest), .payoutFailed, .payoutReturned,
    ])
    func `due dates change nothing about a finished loan`(end: LoanFact.Kind) throws {
        let contract = try Self.contract(lenders: 2)
        let date = SampleLoan.date("2026-02-15")
        let facts = [
            LoanFact(id: "X1", kind: end, valueDate: date, bookingDate: date, instant: 0)
        ]
        let anchors = try (0..<60).map { days in
            let position = try contract.position(facts: facts, at: date.adding(days: days))
            return LoanAnchor.make(
                contract: contract, position: position, facts: facts, shard: 0)
        }
        #expect(Set(anchors).count == 1)
        #expect(!anchors[0].isLive)
    }

    @Test(arguments: [(1, true), (2, true), (3, true), (4, false), (5, false)])
    func `more than three lenders are left to the definition`(lenders: Int, isQuiet: Bool) throws {
        let anchor = try Self.anchor(
            Self.contract(lenders: lenders), made: "2026-02-01", payments: "none")
        #expect(anchor.isQuiet == isQuiet)
    }

    @Test
    func `a plan whose interest was agreed otherwise is left to the definition`() throws {
        let plain = try Self.contract(lenders: 2)
        let agreed = plain.schedule.instalments.map {
            Instalment(
                number: $0.number, startsOn: $0.startsOn, dueOn: $0.dueOn,
                principal: $0.principal, interest: $0.interest + 1,
                openingBalance: $0.openingBalance, fraction: $0.fraction, rate: $0.rate)
        }
        let contract = try Self.contract(
            lenders: 2, schedule: Schedule(terms: plain.schedule.terms, instalments: agreed))
        #expect(try !Self.anchor(contract, made: "2026-02-01", payments: "none").isQuiet)
    }

    @Test
    func `a payment that waits for its value date keeps a loan from being quiet`() throws {
        let contract = try Self.contract(lenders: 2)
        let waiting = LoanFact(
            id: "P1", kind: .repayment(amount: 1), valueDate: SampleLoan.date("2026-02-10"),
            bookingDate: SampleLoan.date("2026-02-01"), instant: 0)
        let date = SampleLoan.date("2026-02-01")
        let anchor = LoanAnchor.make(
            contract: contract, position: try contract.position(facts: [waiting], at: date),
            facts: [waiting], shard: 0)
        #expect(anchor.needsScalar(on: SampleLoan.date("2026-02-10"), hasFacts: false))
    }

    /// 600.00 at 12 % in two equal instalments of principal.
    private static func contract(lenders: Int, schedule: Schedule? = nil) throws -> LoanContract {
        let plain = try Schedule.build(
            ScheduleTerms(
                principal: 60_000, currency: SampleLoan.dollars,
                rate: AnnualRate(units: 12_000_000), method: .equalPrincipal, instalments: 2,
                disbursedOn: SampleLoan.date("2026-01-31")))
        return try LoanContract(
            loan: LoanID("L1"), agreement: "alpha", schedule: schedule ?? plain,
            lenders: Array(SampleLoan.parties.prefix(lenders)),
            fundedAmounts: [Int64](repeating: Int64(60_000 / lenders), count: lenders),
            platform: SampleLoan.platform, serviceFees: [],
            penalty: PenaltyTerms(multipleThousandths: 1500, graceDays: 0), materiality: 0)
    }

    private static func anchor(_ contract: LoanContract, made: String, payments: String) throws
        -> LoanAnchor
    {
        let count = ["paid": 1, "paid twice": 2][payments] ?? 0
        let facts = contract.schedule.instalments.prefix(count).map {
            LoanFact(
                id: "P\($0.number)", kind: .repayment(amount: $0.total), valueDate: $0.dueOn,
                bookingDate: $0.dueOn, instant: 0)
        }
        let position = try contract.position(facts: facts, at: SampleLoan.date(made))
        return LoanAnchor.make(contract: contract, position: position, facts: facts, shard: 0)
    }
}
