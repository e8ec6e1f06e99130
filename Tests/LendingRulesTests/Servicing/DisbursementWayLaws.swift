import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Laws of every way of disbursement, over loans whose claims and cash take every route.
struct DisbursementWayLaws {
    @Test
    func `every way keeps books and pairs in balance in 6,000 random lives`() throws {
        try Property.check(6_000) { random in
            let sample = Self.contract(using: &random)
            let way = Self.way(of: sample, using: &random)
            let contract = try sample.disbursed(way)
            let facts = SampleFacts.mixed(of: sample, using: &random)
            let end = SampleFacts.horizon(of: sample, facts: facts)
            var (past, usual): (LoanPosition?, LoanPosition?) = (nil, nil)
            for offset in [0, 1, 17, 40, end.days(since: sample.disbursedOn)].sorted() {
                let date = sample.disbursedOn.adding(days: offset)
                let known = facts.filter { $0.bookingDate <= date }
                let now = try contract.position(facts: known, at: date)
                let same = try sample.position(facts: known, at: date)
                try hold(now == same, "the borrower's position depends on \(way)")
                let postings = LoanPostings.difference(of: contract, from: past, to: now)
                for kind in EntryKind.allCases {
                    _ = try PostingGroup(postings.filter { $0.kind == kind }.map(\.posting))
                }
                let others = LoanPostings.difference(of: sample, from: usual, to: same)
                try hold(
                    postings.filter(\.isOfService) == others.filter(\.isOfService),
                    "\(way) changes more than who pays the borrower")
                (past, usual) = (now, same)
            }
        }
    }

    @Test
    func `a loan that is wholly undone leaves every account at zero, whatever the way`() throws {
        try Property.check(4_000) { random in
            let sample = Self.contract(using: &random)
            let contract = try sample.disbursed(Self.way(of: sample, using: &random))
            let start = sample.disbursedOn
            let date = start.adding(days: random.pick(0...90))
            let kind = random.pick([LoanFact.Kind.cancelled(.none), .payoutFailed, .payoutReturned])
            let undo = LoanFact(
                id: "X", kind: kind, valueDate: date, bookingDate: date, instant: 1)
            var sums: [String: Int64] = [:]
            var past: LoanPosition?
            for day in Set([start, start.adding(days: 5), date, date.adding(days: 9)]).sorted() {
                let now = try contract.position(facts: day < date ? [] : [undo], at: day)
                for line in LoanPostings.difference(of: contract, from: past, to: now) {
                    let posting = line.posting
                    let other = posting.counterparty?.name ?? ""
                    sums["\(posting.book) \(posting.account) \(other)", default: 0] +=
                        posting.amount
                }
                past = now
            }
            let left = sums.filter { $0.value != 0 }
            try hold(left.isEmpty, "\(contract.disbursement) leaves \(left)")
        }
    }

    private static func contract(using random: inout SeededGenerator) -> LoanContract {
        var limits = SampleLoan.Limits()
        limits.digits = random.pick([3, 5, 9])
        limits.lenders = 2...4
        return SampleLoan.contract(limits, using: &random)
    }

    /// A payer is at times one that has no part in the loan.
    private static func way(
        of contract: LoanContract, using random: inout SeededGenerator
    ) -> DisbursementWay {
        random.pick([
            .reserve, .escrow, .direct, .lenderPaysAll(payer: random.pick(contract.lenders)),
            .lenderPaysAll(payer: PartyID("stranger")),
        ])
    }
}

extension LoanContract {
    /// The same loan, paid out another way.
    fileprivate func disbursed(_ way: DisbursementWay) throws -> LoanContract {
        try LoanContract(
            loan: loan, agreement: agreement, schedule: schedule, lenders: lenders,
            fundedAmounts: scale.weights, platform: platform, serviceFees: serviceFees,
            penalty: penalty, materiality: materiality, disbursement: way)
    }
}

extension KindedPosting {
    /// Whether it is of the loan's life behind its payout.
    fileprivate var isOfService: Bool { ![.disbursement, .payout].contains(kind) }
}
