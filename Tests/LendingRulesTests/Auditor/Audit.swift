import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// One random life, told to the auditor and to the rules, and compared day by day.
struct Audit {
    private let contract: LoanContract
    private let facts: [LoanFact]

    init(using random: inout SeededGenerator) {
        var limits = SampleLoan.Limits()
        // Owners are kept for every single cent.
        limits.digits = 4
        limits.instalments = 1...7
        limits.rateDigits = 8
        contract = SampleLoan.contract(limits, using: &random)
        facts = SampleFacts.facts(of: contract, using: &random)
    }

    /// Throws at the first day on which the two disagree.
    func run() throws {
        let end = SampleFacts.horizon(of: contract, facts: facts)
        var date = contract.disbursedOn
        var walked = walk(until: end, knownOn: date)
        while date <= end {
            if facts.contains(where: { $0.bookingDate == date || $0.valueDate == date }) {
                walked = walk(until: end, knownOn: date)
            }
            let known = facts.filter { $0.bookingDate <= date }
            let position = try contract.position(facts: known, at: date)
            let audited = walked[date.days(since: contract.disbursedOn)]
            try hold(
                AuditedDay(position) == audited,
                "\(date): \(AuditedDay(position)) audited as \(audited)")
            date = date.adding(days: 1)
        }
    }

    /// The clerk starts anew whenever he learns of something: his books of that day on are right.
    private func walk(until end: BusinessDate, knownOn date: BusinessDate) -> [AuditedDay] {
        let known = facts.filter { $0.bookingDate <= date && $0.valueDate <= date }
        var undone: Set<String> = []
        for fact in known {
            if case .reversal(let payment) = fact.kind { undone.insert(payment) }
        }
        let ordered = known.sorted { left, right in
            if left.valueDate != right.valueDate { return left.valueDate < right.valueDate }
            if left.instant != right.instant { return left.instant < right.instant }
            return left.id < right.id
        }
        let payments = ordered.compactMap { fact -> AuditedPayment? in
            guard case .repayment(let amount) = fact.kind, !undone.contains(fact.id) else {
                return nil
            }
            return AuditedPayment(
                id: fact.id, cents: Int(amount), day: Int(fact.valueDate.dayNumber))
        }
        return Auditor.days(
            of: AuditedLoan(contract), payments: payments, until: Int(end.dayNumber))
    }
}

extension AuditedDay {
    /// The same numbers as the rules see them.
    fileprivate init(_ position: LoanPosition) {
        claims = position.lenders.map {
            AuditedClaims(
                principal: Int($0.principal), overduePrincipal: Int($0.overduePrincipal),
                interest: Int($0.interest), overdueInterest: Int($0.overdueInterest),
                penalty: Int($0.penalty), fees: Int($0.serviceFees.reduce(0, +)))
        }
        unallocated = Int(position.unallocated)
        daysPastDue = position.daysPastDue
        for payment in position.payments {
            received[payment.payment] = payment.parts.map { Int($0.components.total) }
        }
    }
}
