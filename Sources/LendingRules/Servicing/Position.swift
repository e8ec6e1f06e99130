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
    /// does not matter. Facts value-dated after `date` do not count yet.
    /// - Throws: ``ServicingError`` for facts that cannot be.
    package func position(facts: [LoanFact], at date: BusinessDate) throws(ServicingError)
        -> LoanPosition
    {
        var replay = Replay(self)
        let payments = try effectivePayments(of: facts)
        do {
            try replay.run(payments: payments.filter { $0.valueDate <= date }, until: date)
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

    /// Payments that stand, in fact order: reversed ones are as if they had never come.
    private func effectivePayments(of facts: [LoanFact]) throws(ServicingError) -> [Payment] {
        var payments: [Payment] = []
        var reversed: Set<String> = []
        let ordered = facts.sorted()
        for fact in ordered {
            switch fact.kind {
            case .disbursed: continue
            case .repayment(let amount):
                guard amount > 0 else { throw .unusablePayment(id: fact.id) }
                guard fact.valueDate >= disbursedOn else {
                    throw .beforeDisbursement(id: fact.id)
                }
                payments.append(Payment(id: fact.id, amount: amount, valueDate: fact.valueDate))
            case .reversal(let payment):
                guard reversed.insert(payment).inserted else {
                    throw .reversedTwice(id: payment, reversal: fact.id)
                }
            }
        }
        for fact in ordered {
            guard case .reversal(let payment) = fact.kind else { continue }
            guard payments.contains(where: { $0.id == payment }) else {
                throw .unknownPayment(id: payment, reversal: fact.id)
            }
        }
        return payments.filter { !reversed.contains($0.id) }
    }
}
