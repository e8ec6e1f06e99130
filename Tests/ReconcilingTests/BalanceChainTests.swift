import BusinessCalendar
import Reconciling
import TestSupport
import Testing

/// Closing balance = the one before + the partner's own lines.
struct BalanceChainTests {
    /// 10,000.00 before, a payment of 788.49 principal: 9,211.51 after.
    private static func day(_ change: (inout Day) -> Void = { _ in }) -> Day {
        var day = Day()
        day.earlier = [Samples.stated(1_000_000)]
        day.ourPayments = [Samples.payment("P")]
        day.theirPayments = [Samples.payment("P")]
        day.ourBalances = [Samples.balance()]
        day.theirBalances = [Samples.balance()]
        change(&day)
        return day
    }

    private static func chain(_ day: Day) throws -> ExplainedBreak? {
        try day.reconciled().first { $0.found.kind == .balanceChain }
    }

    @Test func `a balance that follows is none, and is remembered`() throws {
        let result = try Self.day().result()
        #expect(result.explained.isEmpty)
        #expect(result.closings == [Samples.stated(921_151, daysBefore: 0)])
    }

    /// Both sides agree today; it is the balance three days ago that does not fit.
    @Test func `a partner that contradicts itself is told so, with loan, column, amount and date`()
        throws
    {
        let found = try #require(
            try Self.chain(Self.day { $0.earlier = [Samples.stated(999_900)] }))
        #expect(found.found.key == ["L-1", "principal"])
        #expect(found.found.file == "balances")
        #expect(found.found.claims.isEmpty)
        #expect(found.explanation.cause == .brokenChain)
        #expect(found.found.magnitude == 100)
        #expect(
            found.explanation.sentence == """
                balances L-1/principal, balance-chain; first at principal since 2026-02-25: \
                earlier balance and lines 9210.51, closing balance 9211.51, difference -1.00; \
                likely cause: harbor's balance does not follow from its own earlier one and its \
                own lines
                """)
    }

    /// What is wrong today, and what the chain follows from.
    @Test(arguments: [
        ("the payment left out", ["repayments ours-only left-out-of-file"]),
        ("the payment misprinted", ["repayments amount misprinted"]),
        ("the payment doubled", ["repayments duplicate-theirs written-twice"]),
        ("the balance misprinted", ["balances amount misprinted-balance"]),
    ])
    func `a chain that fails by a line or balance follows from its break`(
        what: String, others: [String]
    ) throws {
        let day = Self.day { day in
            switch what {
            case "the payment left out": day.theirPayments = []
            case "the payment misprinted":
                day.theirPayments = [Samples.payment("P", principal: 77_849)]
            case "the payment doubled": day.theirPayments += day.theirPayments
            default: day.theirBalances = [Samples.balance(principal: 921_153)]
            }
        }
        let breaks = try day.reconciled()
        let chain = try #require(breaks.first { $0.found.kind == .balanceChain })
        #expect(chain.explanation.cause == .followsFrom)
        let rest = breaks.filter { $0.found.kind != .balanceChain }
        #expect(rest.summary == others)
        #expect(chain.explanation.related == rest.map(\.found.id))
    }

    @Test func `a payment the partner has not booked at all breaks no chain`() throws {
        let day = Self.day { day in
            day.theirPayments = []
            day.theirBalances = []
        }
        #expect(try Self.chain(day) == nil)
    }

    @Test func `interest and overdue are told apart from principal`() throws {
        let day = Self.day { day in
            day.ourBalances = [Samples.balance(principal: 900_000, overduePrincipal: 21_151)]
            day.theirBalances = day.ourBalances
            day.theirPayments = [Samples.payment("P", interest: 9_000)]
        }
        #expect(try Self.chain(day) == nil)
    }

    @Test func `a wrong balance does not make the next one wrong, and is healed by it`() throws {
        let day = Self.day { $0.earlier = [Samples.stated(1_000_005, expected: 1_000_000)] }
        let result = try day.result()
        #expect(result.explained.isEmpty)
        let before = Samples.date.adding(days: -3)
        #expect(
            result.healed == [
                Samples.ids("harbor", before).id(
                    file: "balances", kind: .balanceChain, key: ["L-1", "principal"])
            ])
    }

    @Test func `a balance that carries the wrong one on follows from it, and heals nothing`()
        throws
    {
        let day = Self.day { day in
            day.earlier = [Samples.stated(1_000_005, expected: 1_000_000)]
            day.theirBalances = [Samples.balance(principal: 921_156)]
        }
        let result = try day.result()
        #expect(result.explained.allSatisfy { $0.found.kind != .balanceChain })
        #expect(result.healed.isEmpty)
    }

    @Test func `a balance that differed before explains the chain of today`() throws {
        let old = OpenBreak(
            id: BreakID(text: "old"), layout: .balances, kind: .amount, key: ["L-1"],
            loan: "L-1", firstDate: Samples.date.adding(days: -3),
            differences: [("principal", -700)])
        let day = Self.day { day in
            day.earlier = [Samples.stated(1_000_700)]
            day.open = [old]
            day.theirPayments = [Samples.payment("P", interest: 9_999)]
        }
        let chain = try #require(try Self.chain(day))
        #expect(chain.explanation.cause == .followsFrom)
        #expect(chain.explanation.related == [old.id])
    }

    @Test func `a row left out before hides its lines, and the chain follows from it`() throws {
        let hidden = OpenBreak(
            id: BreakID(text: "old"), layout: .balances, kind: .oursOnly, key: ["L-1"],
            loan: "L-1", firstDate: Samples.date.adding(days: -1),
            differences: [("principal", 1_000_000)])
        let day = Self.day { day in
            day.earlier = [Samples.stated(1_000_700)]
            day.open = [hidden]
            day.theirPayments = [Samples.payment("P", interest: 9_999)]
        }
        #expect(try Self.chain(day)?.explanation.related == [hidden.id])
    }

    @Test func `without an earlier balance only a loan paid out today is checked`() throws {
        let unknown = Self.day { $0.earlier = [] }
        #expect(try Self.chain(unknown) == nil)
        let opened = Self.day { day in
            day.earlier = []
            day.ourDisbursements = [Samples.disbursement("R", principal: 1_000_000)]
            day.theirDisbursements = day.ourDisbursements
        }
        #expect(try Self.chain(opened) == nil)
        let less = Self.day { day in
            day.earlier = []
            day.ourDisbursements = [Samples.disbursement("R", principal: 900_000)]
            day.theirDisbursements = day.ourDisbursements
        }
        #expect(try Self.chain(less)?.found.magnitude == 100_000)
    }

    @Test func `nothing is checked while a file of lines is not there, or balances are not`()
        throws
    {
        let row = [Samples.balance()]
        var day = PartnerDay(
            partner: "harbor", businessDate: Samples.date,
            files: [
                FilePair(layout: .repayments, ours: [], theirs: nil, manifest: nil),
                FilePair(layout: .balances, ours: row, theirs: row, manifest: nil),
            ], computation: .scale, hash: Samples.hash)
        day.earlier = ["L-1": Samples.stated(5)]
        let result = try day.reconciled()
        #expect(result.explained.allSatisfy { $0.found.kind != .balanceChain })
        #expect(result.closings == [Samples.stated(921_151, daysBefore: 0)], "all the same told")
        let none = Self.day { $0.theirBalances = nil }
        #expect(try none.result().closings.isEmpty)
    }

    @Test func `extreme amounts break no arithmetic`() throws {
        let lines = ["P", "Q"].map { Samples.payment($0, principal: .max) }
        let rows = [Samples.balance(principal: .max), Samples.balance("L-2", principal: .min)]
        var day = PartnerDay(
            partner: "harbor", businessDate: Samples.date,
            files: [
                FilePair(layout: .repayments, ours: lines, theirs: lines, manifest: nil),
                FilePair(layout: .balances, ours: rows, theirs: rows, manifest: nil),
            ], computation: .scale, hash: Samples.hash)
        day.earlier = ["L-1": Samples.stated(.min), "L-2": Samples.stated(.max, loan: "L-2")]
        let result = try day.reconciled()
        // What does not fit in 64 bits is not told as a difference.
        #expect(result.explained.allSatisfy { $0.found.kind == .controlTotal })
        #expect(result.closings.map(\.stated) == [.max, .min])
    }

    /// Random lines and faults; our own books hold, and theirs before the faults.
    @Test(arguments: 0..<200)
    func `whatever a file has wrong, the chain follows from it or holds`(number: Int) throws {
        let seeded = SeededCase(number: number)
        var random = seeded.generator
        var day = Day()
        let opening = random.pick(100_000...900_000 as ClosedRange<Int64>)
        day.earlier = [Samples.stated(opening)]
        day.ourPayments = (0..<random.pick(1...4)).map {
            Samples.payment("P\($0)", principal: random.pick(1...9_000 as ClosedRange<Int64>))
        }
        let closing = day.ourPayments.reduce(opening) { $0 - $1.amounts[0] }
        day.ourBalances = [Samples.balance(principal: closing)]
        day.theirBalances = day.ourBalances
        for line in day.ourPayments {
            switch random.pick(0...5) {
            case 0: continue
            case 1: day.theirPayments += [line, line]
            case 2:
                day.theirPayments.append(
                    Samples.payment(line.key[0], principal: line.amounts[0] + random.pick(1...99)))
            case 3: day.theirPayments += [line, Samples.payment(line.key[0] + "X", principal: 7)]
            default: day.theirPayments.append(line)
            }
        }
        if random.isOne(in: 4) {
            day.theirBalances = [Samples.balance(principal: closing + random.pick(1...500))]
        }
        let breaks = try day.reconciled()
        let isRight =
            day.theirPayments.reduce(opening) { $0 - $1.amounts[0] }
            == day.theirBalances?[0].amounts[0]
        let chain = breaks.filter { $0.found.kind == .balanceChain }
        #expect(chain.isEmpty == isRight, "\(seeded)")
        #expect(chain.allSatisfy { $0.explanation.cause == .followsFrom }, "\(seeded)")
    }
}
