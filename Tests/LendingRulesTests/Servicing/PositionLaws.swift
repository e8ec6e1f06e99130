import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// The laws every single position keeps, from the borrower's side.
struct PositionLaws {
    let contract: LoanContract
    let position: LoanPosition
    let facts: [LoanFact]

    func check() throws {
        try hold(position.lenders.allSatisfy(\.isSound), "a bucket is below zero")
        try hold(
            sum(\.disbursed) == contract.schedule.terms.principal, "lenders lent the principal")
        try hold(
            sum(\.accruedInterest)
                == contract.schedule.accruedInterest(endOf: position.date),
            "lenders accrue the borrower's interest")
        try hold(
            sum(\.paid.total) + position.unallocated == position.received,
            "paid and waiting cash are what was received")
        try checkBilled()
        try checkPayments()
        try checkDelinquency()
    }

    /// What is overdue was billed and is not paid.
    private func checkBilled() throws {
        let schedule = contract.schedule
        let dueCount = schedule.dueCount(on: position.date)
        try hold(position.dueCount == dueCount, "due instalments are counted")
        let paidPrincipal = sum(\.paid.principal) + sum(\.paid.overduePrincipal)
        let paidInterest = sum(\.paid.interest) + sum(\.paid.overdueInterest)
        try hold(
            sum(\.overduePrincipal) == schedule.cumulativePrincipal[dueCount] - paidPrincipal,
            "overdue principal is what is billed and unpaid")
        try hold(
            sum(\.overdueInterest) == schedule.cumulativeInterest[dueCount] - paidInterest,
            "overdue interest is what is billed and unpaid")
        let isWaiting = position.unallocated > 0
        try hold(
            !isWaiting || sum(\.overduePrincipal) + sum(\.overdueInterest) == 0,
            "cash waits while something is due")
    }

    /// Lenders got what the payments say they got.
    func checkPayments() throws {
        for (index, lender) in position.lenders.enumerated() {
            let parts = position.payments.map { $0.parts[index] }
            try hold(
                parts.reduce(Components()) { $0 + $1.components } == lender.paid,
                "payments add up to what a lender was paid")
            let earned = zip(contract.serviceFees, lender.serviceFees).filter { fee, _ in
                [.interestCollected, .principalCollected].contains(fee.base)
            }
            try hold(
                parts.reduce(0) { $0 + $1.serviceFee } == earned.reduce(0) { $0 + $1.1 },
                "fees of payments add up to what a lender owes")
        }
    }

    private func checkDelinquency() throws {
        let overdue = sum(\.overduePrincipal) + sum(\.overdueInterest)
        if overdue == 0 { try hold(position.daysPastDue == 0, "nothing overdue, yet past due") }
        guard let oldest = position.oldestUnpaid, oldest < position.dueCount else { return }
        let days = position.date.days(since: contract.schedule.instalments[oldest].dueOn)
        try hold(position.daysPastDue <= days, "more days past due than since the oldest")
        if contract.materiality == 0 {
            try hold(position.daysPastDue == days, "days count from the oldest unpaid date")
        }
    }

    private func sum(_ amount: KeyPath<LenderPosition, Int64>) -> Int64 {
        position.lenders.reduce(0) { $0 + $1[keyPath: amount] }
    }
}
