import BusinessCalendar
import Monetary

/// Where the holders of a loan together have another amount than its borrower owes (RULES § 3).
package struct ConservationFault: Hashable, Sendable {
    /// A bucket, or `below zero` with the lender's name.
    package let bucket: String
    /// What all holders have of it, and what the borrower owes; minor units.
    package let holders: Int64
    package let borrower: Int64

    /// What is wrong, in minor units.
    package var sentence: String {
        "\(bucket) is not conserved: the holders have \(holders), the borrower owes \(borrower)"
    }
}

extension LoanContract {
    /// The first bucket of a position that is not conserved, or nil: no bucket of any lender is
    /// below zero, and each is for all holders together what the instalments leave open.
    ///
    /// - Throws: ``ServicingError/amount(_:)`` when a penalty overflows.
    package func conservationFault(of position: LoanPosition) throws(ServicingError)
        -> ConservationFault?
    {
        for (party, lender) in zip(lenders, position.lenders) where !lender.isSound {
            return ConservationFault(
                bucket: "below zero at \(party)", holders: lender.outstanding, borrower: 0)
        }
        if position.isUndone { return nil }
        let owed = try ServicingError.amounts { () throws(AmountError) in
            try position.owed(penalty)
        }
        let held = position.lenders.reduce(Components()) { $0 + $1.claims }
        for (name, bucket) in ConservationFault.buckets
        where held[keyPath: bucket] != owed[keyPath: bucket] {
            return ConservationFault(
                bucket: name, holders: held[keyPath: bucket], borrower: owed[keyPath: bucket])
        }
        return nil
    }
}

extension ConservationFault {
    fileprivate static let buckets: [(String, any KeyPath<Components, Int64> & Sendable)] = [
        ("principal", \.principal), ("overdue principal", \.overduePrincipal),
        ("interest", \.interest), ("overdue interest", \.overdueInterest),
        ("penalty on principal", \.penalty), ("penalty on interest", \.penaltyOnInterest),
        ("fee", \.fee),
    ]
}

extension LoanPosition {
    /// What the borrower owes by the instalments alone, whoever holds it.
    fileprivate func owed(_ terms: PenaltyTerms) throws(AmountError) -> Components {
        let morrow = date.adding(days: 1)
        let night = min(morrow, stoppedOn ?? morrow)
        var owed = Components()
        for state in instalments[..<dueCount] {
            owed.overduePrincipal = try owed.overduePrincipal.plus(state.unpaidPrincipal)
            owed.overdueInterest = try owed.overdueInterest.plus(state.unpaidInterest)
            owed.fee = try owed.fee.plus(state.unpaidFee)
            let targets = try state.penaltyTargets(on: night, terms, rates)
            owed.penalty += targets.onPrincipal - state.settled.penalty
            owed.penaltyOnInterest += targets.onInterest - state.settled.penaltyOnInterest
        }
        for state in instalments[dueCount...] {
            owed.principal = try owed.principal.plus(state.unpaidPrincipal)
        }
        owed.interest = try openInterest(before: night)
        return owed
    }

    /// Interest of the open period that has accrued and is unpaid.
    private func openInterest(before night: BusinessDate) throws(AmountError) -> Int64 {
        guard dueCount < instalments.count, night > schedule.terms.disbursedOn else { return 0 }
        let accrued = try schedule.accruedInterest(endOf: night.adding(days: -1))
        let billed = instalments[..<dueCount].reduce(0) { $0 + $1.interest }
        let settled = instalments[dueCount...].reduce(0) { $0 + $1.settled.interest }
        return max(0, accrued - billed) - (accrued > billed ? settled : 0)
    }
}
