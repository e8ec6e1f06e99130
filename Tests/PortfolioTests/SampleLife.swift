import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Portfolio
import TestSupport
import Testing

/// One random loan with payments that mostly come on time, and sometimes other facts, closed day by
/// day.
struct SampleLife {
    /// What a quiet day of a loan is made of.
    struct QuietDay {
        /// Made at the end of the day before.
        let anchor: LoanAnchor
        /// By the definition, in agreement order, minor units.
        let interest: [Int64]
    }

    let contract: LoanContract
    let shard: UInt16
    private let facts: [LoanFact]
    private var position: LoanPosition?
    private var anchor: LoanAnchor?

    /// - Parameter hasRoutes: Whether every second loan has facts beyond payments.
    init(
        _ limits: SampleLoan.Limits, hasRoutes: Bool = false, using random: inout SeededGenerator
    ) {
        contract = SampleLoan.contract(limits, using: &random)
        shard = UInt16(random.pick(0...3))
        var facts = Self.payments(of: contract, using: &random)
        if hasRoutes, random.isOne(in: 2) {
            facts += facts.filter { _ in random.isOne(in: 6) }.map { payment in
                LoanFact(
                    id: "-\(payment.id)", kind: .reversal(of: payment.id),
                    valueDate: payment.valueDate.adding(days: random.pick(0...12)),
                    bookingDate: payment.bookingDate.adding(days: random.pick(0...12)), instant: 0)
            }
            facts += SampleFacts.routes(of: contract, using: &random)
        }
        self.facts = facts
    }

    private static func payments(of contract: LoanContract, using random: inout SeededGenerator)
        -> [LoanFact]
    {
        contract.schedule.instalments.compactMap { instalment in
            if instalment.total == 0 || random.isOne(in: 40) { return nil }
            let paidOn = instalment.dueOn.adding(
                days: random.isOne(in: 6) ? random.pick(-9...9) : 0)
            let bookedOn = paidOn.adding(days: random.isOne(in: 6) ? random.pick(-2...4) : 0)
            let extra = random.isOne(in: 5) ? instalment.total / 10 : 0
            return LoanFact(
                id: "P\(instalment.number)", kind: .repayment(amount: instalment.total + extra),
                valueDate: max(paidOn, instalment.startsOn), bookingDate: bookedOn, instant: 0)
        }
    }

    /// Closes a date; nil when the loan is not yet disbursed, finished, or not quiet.
    mutating func close(_ date: BusinessDate) throws -> QuietDay? {
        guard contract.disbursedOn <= date else { return nil }
        let known = facts.filter { $0.bookingDate <= date }
        let before = position
        let after = try contract.position(facts: known, at: date)
        let past = anchor
        let now = LoanAnchor.make(contract: contract, position: after, facts: known, shard: shard)
        (position, anchor) = (after, now)
        guard let before, let past else { return nil }
        let hasFacts = known.contains { $0.bookingDate == date }
        if past.needsScalar(on: date, hasFacts: hasFacts) { return nil }
        let postings = LoanPostings.difference(of: contract, from: before, to: after)
        #expect(postings.allSatisfy { $0.kind == .accrual }, "\(contract.loan) on \(date)")
        guard past.isLive else {
            #expect(postings.isEmpty, "a finished loan posts nothing: \(contract.loan) on \(date)")
            return nil
        }
        #expect(now == past, "rebuilt on a quiet day, \(contract.loan) has another anchor")
        return QuietDay(
            anchor: past,
            interest: contract.lenders.map { lender in
                postings.reduce(0) { sum, line in
                    line.posting.book == lender.book && line.posting.account == .interest
                        ? sum + line.posting.amount : sum
                }
            })
    }
}
