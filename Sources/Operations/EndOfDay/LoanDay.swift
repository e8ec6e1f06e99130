import BusinessCalendar
import LendingRules
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
    private let facts: [LoanFact]

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

    /// Balances of every lender when the loan moved: disbursed, an instalment due, a payment, a
    /// claim given up, or undone.
    func balances(distributions: [DistributionRow], factLines: [FactLine]) -> [LenderBalance] {
        let hasMoved =
            before == nil || before?.dueCount != after.dueCount || !distributions.isEmpty
            || !factLines.isEmpty || before?.isUndone != after.isUndone
        guard hasMoved else { return [] }
        return zip(contract.lenders, after.lenders).map {
            LenderBalance(
                loan: contract.loan, lender: $0, currency: contract.currency, position: $1,
                at: date, daysPastDue: after.daysPastDue)
        }
    }
}

// MARK: - Payment lines

extension LoanDay {
    /// One row per line and lender: waiting cash applied today, today's payments, reversals, and
    /// corrections of earlier payments that today's facts changed.
    var distributions: [DistributionRow] {
        applied + todays
    }

    /// Cash that waited and met an instalment falling due today.
    private var applied: [DistributionRow] {
        guard let before, let expected else { return [] }
        return expected.payments.flatMap { payment in
            rows(
                from: before.payment(payment.payment), to: payment, line: payment.payment,
                valueDate: before.payment(payment.payment) == nil ? payment.valueDate : date)
        }
    }

    private var todays: [DistributionRow] {
        let standing = after.payments.flatMap { payment in
            let earlier = expected?.payment(payment.payment)
            let isNew = earlier == nil
            return rows(
                from: earlier, to: payment,
                line: isNew ? payment.payment : "\(cause)~\(payment.payment)",
                valueDate: payment.valueDate, correctionOf: isNew ? "" : payment.payment)
        }
        let gone = (expected?.payments ?? []).filter { after.payment($0.payment) == nil }
        return standing
            + gone.flatMap { payment in
                rows(
                    from: payment, to: nil, line: reversal(of: payment.payment),
                    valueDate: payment.valueDate, reverses: payment.payment)
            }
    }

    /// The fact that made corrections necessary: the first of today's in fact order.
    var cause: String { todaysFacts.min()?.id ?? "" }

    private func reversal(of payment: String) -> String {
        todaysFacts.first { $0.kind == .reversal(of: payment) }?.id ?? cause
    }

    private func rows(
        from earlier: PaymentPosition?, to later: PaymentPosition?, line: String,
        valueDate: BusinessDate, reverses: String = "", correctionOf: String = ""
    ) -> [DistributionRow] {
        let rows = contract.lenders.enumerated().map { index, lender in
            let past = earlier?.parts[index] ?? PaymentPart()
            let now = later?.parts[index] ?? PaymentPart()
            return DistributionRow(
                loan: contract.loan, line: line, lender: lender, postedOn: date,
                valueDate: valueDate, reverses: reverses, correctionOf: correctionOf,
                components: now.components - past.components,
                serviceFee: now.serviceFee - past.serviceFee)
        }
        return rows.contains { $0.components != Components() || $0.serviceFee != 0 } ? rows : []
    }
}

extension LoanPosition {
    fileprivate func payment(_ id: String) -> PaymentPosition? {
        payments.first { $0.payment == id }
    }
}
