import BusinessCalendar
import LendingRules
import Monetary
import Portfolio

/// One loan's day: what position(D) − position(D−1) posts, and the lines the files will show.
struct LoanDay {
    let contract: LoanContract
    let date: BusinessDate
    /// With the facts booked before the date, at the end of the day before; nil before
    /// disbursement.
    let before: LoanPosition?
    /// With the facts booked before the date, at its end: what the day brings by itself.
    let expected: LoanPosition?
    /// With all facts booked up to the date, at its end.
    let after: LoanPosition
    private let todaysFacts: [LoanFact]
    let facts: [LoanFact]

    init(contract: LoanContract, facts: [LoanFact], date: BusinessDate) throws(ServicingError) {
        self.contract = contract
        self.date = date
        self.facts = facts
        let earlier = facts.filter { $0.bookingDate < date }
        todaysFacts = facts.filter { $0.bookingDate == date }
        if earlier.contains(where: { $0.kind == .disbursed }) {
            before = try contract.position(facts: earlier, at: date.adding(days: -1))
            expected = try contract.position(facts: earlier, at: date)
        } else {
            before = nil
            expected = nil
        }
        after = try contract.position(facts: facts, at: date)
    }

    var postings: [KindedPosting] {
        LoanPostings.difference(of: contract, from: before, to: after)
    }

    func anchor(shard: UInt16) -> LoanAnchor {
        LoanAnchor.make(contract: contract, position: after, facts: facts, shard: shard)
    }

    /// Balances of every lender when the loan moved: disbursed, an instalment due, a payment,
    /// undone, other terms; of those alone that had a part in it when claims were given up or
    /// changed hands. Of a lender that had handed everything over before only when it had one, too.
    func balances(distributions: [DistributionRow], factLines: [FactLine]) -> [LenderBalance] {
        // Once nothing is owed any more, due dates pass unnoticed.
        let hasFallenDue = before?.isPaidOff == false && before?.dueCount != after.dueCount
        let hasMoved =
            before == nil || hasFallenDue || !distributions.isEmpty
            || before?.isUndone != after.isUndone || hasChangedTerms
        if !hasMoved && factLines.isEmpty { return [] }
        let taking = Set(distributions.map(\.lender) + factLines.map(\.lender))
        return contract.balances(at: after).filter { balance in
            if !hasMoved { return taking.contains(balance.lender) }
            guard let before, !taking.contains(balance.lender),
                let place = contract.lenders.firstIndex(of: balance.lender)
            else { return true }
            return !before.hasHandedOver(place) || !after.hasHandedOver(place)
        }
    }

    /// Whether instalments to come were agreed anew, or income is kept out of the books or back.
    private var hasChangedTerms: Bool {
        before?.isNonAccrual != after.isNonAccrual || before?.schedule != after.schedule
    }

    /// Lenders that have no row of a line in which they have no part: those who were to take claims
    /// over later when it happened, or have handed all of theirs over.
    var absentLenders: Set<Int> {
        Set(
            contract.lenders.indices.filter {
                contract.scale.weights[$0] == 0 || after.holding.scale.weights[$0] == 0
            })
    }

    /// From when the loan is as if it had never been lent, by a fact of today's.
    var undoneFrom: BusinessDate? { todaysFacts.first(where: \.undoesLoan)?.valueDate }

    /// How the loan's status changed since the day before, or nil when it did not.
    var statusChange: StatusChange? {
        let (earlier, now) = (LoanStatus(before), LoanStatus(after))
        guard now.differs(from: earlier) else { return nil }
        return StatusChange(
            loan: contract.loan, date: date, from: earlier.standing, to: now.standing,
            daysPastDue: now.daysPastDue, accrual: now.accrual)
    }
}

extension LoanContract {
    /// The balance of every lender at a position; who has handed everything over is owed nothing
    /// that could be past due.
    func balances(at position: LoanPosition) -> [LenderBalance] {
        let status = LoanStatus(position)
        let nothing = LoanStatus(standing: status.standing, daysPastDue: 0)
        return lenders.indices.filter { position.hasHeld[$0] }.map {
            LenderBalance(
                loan: loan, lender: lenders[$0], currency: currency,
                claims: position.lenders[$0].claims, accrual: position.openAccruals[$0],
                at: position.date, position.hasHandedOver($0) ? nothing : status)
        }
    }
}

extension LoanPosition {
    /// Whether a lender's principal has gone to others and nothing that falls due is left to it;
    /// penalties of the time before may be.
    fileprivate func hasHandedOver(_ place: Int) -> Bool {
        if isUndone || !hasHeld[place] || holding.scale.weights[place] > 0 { return false }
        let claims = lenders[place].claims
        return claims.allPrincipal == 0 && claims.allInterest == 0 && claims.fee == 0
    }
}

// MARK: - Payment lines

extension LoanDay {
    /// One row per line and lender.
    var distributions: [DistributionRow] {
        let absent = absentLenders
        return lines.flatMap { $0.rows(contract, on: date, absent: absent) }
    }

    /// The same by instalment, for lenders that received or returned something.
    var distributionParts: [DistributionPart] {
        lines.flatMap { $0.parts(contract, on: date) }
    }

    /// Waiting cash applied today, today's payments, reversals, and corrections of earlier
    /// payments that today's facts changed.
    private var lines: [PaymentLine] { applied + todays }

    /// Cash that waited and met an instalment falling due today.
    private var applied: [PaymentLine] {
        guard let before, let expected else { return [] }
        return expected.payments.map { payment in
            PaymentLine(
                id: payment.payment, earlier: before.payment(payment.payment), later: payment,
                valueDate: before.payment(payment.payment) == nil ? payment.valueDate : date)
        }
    }

    private var todays: [PaymentLine] {
        let standing = after.payments.map { payment in
            let earlier = expected?.payment(payment.payment)
            let isNew = earlier == nil
            return PaymentLine(
                id: isNew ? payment.payment : "\(cause)~\(payment.payment)", earlier: earlier,
                later: payment, valueDate: payment.valueDate,
                correctionOf: isNew ? "" : payment.payment)
        }
        let gone = (expected?.payments ?? []).filter { after.payment($0.payment) == nil }
        return standing
            + gone.map { payment in
                PaymentLine(
                    id: reversal(of: payment.payment), earlier: payment, later: nil,
                    valueDate: payment.valueDate, reverses: payment.payment)
            }
    }

    /// The fact that made corrections necessary: the first of today's in fact order.
    var cause: String { todaysFacts.min()?.id ?? "" }

    private func reversal(of payment: String) -> String {
        todaysFacts.first { $0.kind == .reversal(of: payment) }?.id ?? cause
    }
}

extension LoanPosition {
    fileprivate func payment(_ id: String) -> PaymentPosition? {
        payments.first { $0.payment == id }
    }
}
