import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// One random loan by every rule there is, closed on some dates of its life and paid off.
struct RichLife {
    private let contract: LoanContract
    private let facts: [LoanFact]
    private let dates: [BusinessDate]
    private var ledger = LoanLedger()
    private var position: LoanPosition?

    /// - Parameter isMixed: Whether claims and cash take every route, and not those of payments
    ///   alone.
    init(isMixed: Bool, changesHands: Bool, using random: inout SeededGenerator) throws {
        var limits = SampleLoan.Limits()
        limits.digits = random.pick([3, 5, 7, 9])
        limits.lenders = 1...4
        let contract = SampleLoan.richContract(limits, using: &random)
        self.contract = contract
        let facts = try SampleFacts.everything(
            of: contract, isMixed: isMixed, changesHands: changesHands, assigns: changesHands,
            using: &random)
        self.facts = facts
        let length = SampleFacts.horizon(of: contract, facts: facts).days(
            since: contract.disbursedOn)
        let offsets = Set((0..<9).map { _ in random.pick(0...length) } + [0, length])
        dates = offsets.sorted().map { contract.disbursedOn.adding(days: $0) }
    }

    /// Closes each date, checks every law, and pays the loan off at the end.
    mutating func live() throws {
        for date in dates {
            try close(date, facts.filter { $0.bookingDate <= date })
            let turned = try again(facts.reversed(), date)
            try hold(position == turned, "the order of facts matters")
        }
        try payOff()
    }

    private mutating func close(_ date: BusinessDate, _ known: [LoanFact]) throws {
        // What another fact makes impossible an import would have refused.
        guard let now = try standing(known, date) else { return }
        try ledger.add(LoanPostings.difference(of: contract, from: position, to: now))
        position = now
        let fault = try contract.conservationFault(of: now)
        try hold(fault == nil, "not conserved on \(date): \(String(describing: fault))")
        try PositionLaws(contract: contract, position: now, facts: known).checkPayments()
        try ledger.check(now, of: contract)
        let repeated = LoanPostings.difference(of: contract, from: now, to: now)
        try hold(repeated.isEmpty, "a second close posts something")
    }

    private func again(_ facts: [LoanFact], _ date: BusinessDate) throws -> LoanPosition? {
        try standing(facts.filter { $0.bookingDate <= date }, date) ?? position
    }

    private func standing(_ facts: [LoanFact], _ date: BusinessDate) throws -> LoanPosition? {
        do {
            return try contract.position(facts: facts, at: date)
        } catch {
            if case .plan = error { return nil }
            throw error
        }
    }

    /// The quote of the day after the last date ends the loan, to the cent.
    private mutating func payOff() throws {
        let date = dates[dates.count - 1].adding(days: 1)
        let known = facts.filter { $0.bookingDate <= date }
        let quote = try contract.payoff(facts: known, on: date)
        let before = try contract.position(facts: known, at: date.adding(days: -1))
        let day = waits || before.isStopped ? date.adding(days: 9_000) : date
        if quote.total > 1 {
            let short = payment(quote.total - 1, on: date)
            let after = try contract.position(facts: known + [short], at: day)
            try hold(!after.isPaidOff || before.unallocated < 0, "a cent too little ends the loan")
        }
        let whole = quote.total > 0 ? known + [payment(quote.total, on: date)] : known
        try close(day, whole)
        guard let position else { return }
        try hold(
            position.lenders.allSatisfy { $0.outstanding == 0 },
            "a lender keeps a claim after \(quote)")
        try hold(position.daysPastDue == 0, "a paid loan is past due")
    }

    /// Whether cash waits for its instalments, and the loan ends with the last of them.
    private var waits: Bool {
        contract.servicing.earlyRepayment.effect == .nextInstalment
            && contract.schedule.terms.method != .daily
    }

    private func payment(_ amount: Int64, on date: BusinessDate) -> LoanFact {
        LoanFact(
            id: "last", kind: .repayment(amount: amount), valueDate: date, bookingDate: date,
            instant: 9)
    }
}
