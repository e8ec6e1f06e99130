package import BusinessCalendar
import Monetary

/// A payment as the replay sees it: known, not reversed, in fact order.
struct Payment: Hashable {
    let id: String
    let amount: Int64
    let valueDate: BusinessDate
}

extension LoanContract {
    /// The position of the loan at the end of `date` from the given facts: **the definition**.
    ///
    /// Which facts are known is the caller's choice: posting of D is
    /// `position(booked ≤ D, at D) − position(booked ≤ D−1, at D−1)`. Their order in the array
    /// does not matter. Facts value-dated after `date` do not count yet; before its disbursement a
    /// loan has no amounts.
    /// - Throws: ``ServicingError`` for facts that cannot be.
    package func position(facts: [LoanFact], at date: BusinessDate) throws(ServicingError)
        -> LoanPosition
    {
        var replay = Replay(self)
        let payments = try effectivePayments(of: facts, at: date)
        do {
            try replay.run(payments: payments, until: date)
        } catch {
            throw .amount(error)
        }
        let delinquency = replay.delinquency(endOf: date)
        precondition(replay.lenders.allSatisfy(\.isSound), "a lender's bucket went below zero")
        return LoanPosition(
            date: date, lenders: replay.lenders, payments: replay.payments,
            dueCount: replay.dueCount, daysPastDue: delinquency.days,
            oldestUnpaid: delinquency.oldestUnpaid)
    }

    /// Payments that count on a date, in fact order: reversed ones are as if they had never come.
    private func effectivePayments(of facts: [LoanFact], at date: BusinessDate)
        throws(ServicingError) -> [Payment]
    {
        let ordered = facts.sorted()
        let payments = try payments(in: ordered)
        let reversals = try reversals(in: ordered)
        for (payment, reversal) in reversals.sorted(by: { $0.value < $1.value })
        where !payments.contains(where: { $0.id == payment }) {
            throw .unknownPayment(id: payment, reversal: reversal.id)
        }
        return payments.filter { payment in
            payment.valueDate <= date
                && reversals[payment.id].map { $0.valueDate > date } ?? true
        }
    }

    private func payments(in ordered: [LoanFact]) throws(ServicingError) -> [Payment] {
        var payments: [Payment] = []
        var received: Int64 = 0
        for fact in ordered {
            guard case .repayment(let amount) = fact.kind else { continue }
            guard amount > 0 else { throw .unusablePayment(id: fact.id) }
            guard fact.valueDate >= disbursedOn else { throw .beforeDisbursement(id: fact.id) }
            // Every later sum of parts of payments is at most this one.
            do { received = try received.plus(amount) } catch { throw .amount(error) }
            payments.append(Payment(id: fact.id, amount: amount, valueDate: fact.valueDate))
        }
        return payments
    }

    /// The reversal of each reversed payment.
    private func reversals(in ordered: [LoanFact]) throws(ServicingError) -> [String: LoanFact] {
        var reversals: [String: LoanFact] = [:]
        for fact in ordered {
            guard case .reversal(let payment) = fact.kind else { continue }
            guard reversals.updateValue(fact, forKey: payment) == nil else {
                throw .reversedTwice(id: payment, reversal: fact.id)
            }
        }
        return reversals
    }
}
