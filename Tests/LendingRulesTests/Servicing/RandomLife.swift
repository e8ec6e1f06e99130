import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// One random loan, closed on some dates of its life, its postings added up in a ledger.
struct RandomLife {
    private let contract: LoanContract
    private let facts: [LoanFact]
    private let dates: [BusinessDate]
    private let isMixed: Bool
    private var ledger = LoanLedger()
    private var position: LoanPosition?

    /// - Parameter isMixed: Whether claims and cash take every route, and not those of payments
    ///   alone.
    /// - Parameter changesHands: Whether other lenders take claims over now and then.
    init(
        isMixed: Bool = false, changesHands: Bool = false, using random: inout SeededGenerator
    ) {
        var limits = SampleLoan.Limits()
        limits.digits = random.pick([3, 5, 9, 15])
        limits.lenders = isMixed ? 2...4 : 1...5
        let contract = SampleLoan.contract(limits, using: &random)
        self.contract = contract
        self.isMixed = isMixed
        facts =
            (isMixed
                ? SampleFacts.mixed(of: contract, using: &random)
                : SampleFacts.facts(of: contract, using: &random))
            + (changesHands ? SampleFacts.handovers(of: contract, using: &random) : [])
            + (changesHands ? SampleFacts.assignments(of: contract, using: &random) : [])
        let length = SampleFacts.horizon(of: contract, facts: facts).days(
            since: contract.disbursedOn)
        let offsets = Set((0..<9).map { _ in random.pick(0...length) } + [0, length])
        dates = offsets.sorted().map { contract.disbursedOn.adding(days: $0) }
    }

    /// Closes each date, checks every law, and pays the loan off at the end.
    mutating func live() throws {
        for date in dates {
            try close(date, facts.filter { $0.bookingDate <= date })
            try hold(position == again(facts.reversed(), date), "the order of facts matters")
        }
        try holdReversalsToNoTrace()
        try payOff()
    }

    private mutating func close(_ date: BusinessDate, _ known: [LoanFact]) throws {
        let now = try contract.position(facts: known, at: date)
        try ledger.add(LoanPostings.difference(of: contract, from: position, to: now))
        position = now
        if isMixed {
            try FactLaws(contract: contract, position: now, facts: known).check()
        } else {
            try PositionLaws(contract: contract, position: now, facts: known).check()
        }
        try ledger.check(now, of: contract)
        let repeated = LoanPostings.difference(of: contract, from: now, to: now)
        try hold(repeated.isEmpty, "a second close posts something")
    }

    private func again(_ facts: [LoanFact], _ date: BusinessDate) throws -> LoanPosition {
        try contract.position(facts: facts.filter { $0.bookingDate <= date }, at: date)
    }

    /// The final position is that of the payments that stand, learned on any day.
    private func holdReversalsToNoTrace() throws {
        let reversed = Set(facts.compactMap(\.reversedPayment))
        let standing = facts.filter { $0.reversedPayment == nil && !reversed.contains($0.id) }
        let end = dates[dates.count - 1]
        try hold(
            position == contract.position(facts: standing, at: end), "a reversal left a trace")
    }

    /// Whatever is owed on the day after the last date is paid, and nobody has a claim left.
    private mutating func payOff() throws {
        let date = dates[dates.count - 1].adding(days: 1)
        let owed = contract.schedule.terms.principal
        let known = facts.filter { $0.bookingDate <= date }
        let position = try contract.position(facts: known, at: date)
        // More than all that can be owed, yet inside 64 bits.
        let enough = min(owed * 900, Int64.max / 2 - position.received)
        let last = LoanFact(
            id: "last", kind: .repayment(amount: enough), valueDate: date, bookingDate: date,
            instant: 9)
        try close(date, known + [last])
        try holdNothingIsOwed()
    }

    private func holdNothingIsOwed() throws {
        guard let position else { return }
        try hold(position.isPaidOff, "a loan that is paid in full is not paid off")
        try hold(
            position.lenders.allSatisfy { $0.outstanding == 0 }, "a lender keeps a claim")
        try hold(position.daysPastDue == 0, "a paid loan is past due")
    }
}

extension LoanFact {
    fileprivate var reversedPayment: String? {
        if case .reversal(let payment) = kind { payment } else { nil }
    }
}

extension LoanPosition {
    /// Cash received for good, minor units.
    var received: Int64 { payments.reduce(0) { $0 + $1.received } }
}
