// A clerk's vouchers of cash on claims: oldest instalment first; penalty, interest, principal.

extension Auditor {
    mutating func receive(_ cents: Int, _ payment: String) {
        day.received[payment] = loan.lent.map { _ in 0 }
        day.cash += cents
        waiting.append(Waiting(payment: payment, kept: cents, cents: cents))
        spend(waiting.count - 1)
    }

    /// Lays what waits of a payment on whatever is due.
    mutating func spend(_ index: Int) {
        var cash = waiting[index].cents
        let payment = waiting[index].payment
        for number in unpaid.indices where unpaid[number].isDue && cash > 0 {
            payPenalty(number, payment, &cash)
            payInterest(number, payment, &cash)
            payPrincipal(number, payment, &cash)
        }
        waiting[index].cents = cash
    }

    private mutating func payPenalty(_ number: Int, _ payment: String, _ cash: inout Int) {
        let cents = min(cash, penaltyEarned(number) - unpaid[number].settledPenalty)
        give(owners.penalty.count(settledPenalty..<settledPenalty + cents), payment) {
            $0.penalty -= $1
        }
        unpaid[number].settledPenalty += cents
        settledPenalty += cents
        cash -= cents
    }

    private mutating func payInterest(_ number: Int, _ payment: String, _ cash: inout Int) {
        let cents = min(cash, unpaid[number].interest)
        let first = interestCents(number).lowerBound
        let parts = owners.interest.count(first..<first + cents)
        let isOverdue = unpaid[number].isOverdue
        give(parts, payment) {
            if isOverdue { $0.overdueInterest -= $1 } else { $0.interest -= $1 }
        }
        for lender in parts.indices { interestCollected[lender] += parts[lender] }
        chargeFees()
        unpaid[number].goneInterest += cents
        cash -= cents
    }

    private mutating func chargeFees() {
        for lender in day.claims.indices {
            day.claims[lender].fees = loan.fees.reduce(0) { sum, fee in
                guard fee.payer == lender else { return sum }
                let base = ExactFraction(
                    Int128(interestCollected[lender]) * fee.rate.over, fee.rate.under)
                return sum + base.rounded("half-up")
            }
        }
    }

    private mutating func payPrincipal(_ number: Int, _ payment: String, _ cash: inout Int) {
        let cents = min(cash, unpaid[number].principal)
        let first = principalCents(number).lowerBound
        let isOverdue = unpaid[number].isOverdue
        give(owners.principal.count(first..<first + cents), payment) {
            if isOverdue { $0.overduePrincipal -= $1 } else { $0.principal -= $1 }
        }
        unpaid[number].principal -= cents
        cash -= cents
    }

    private mutating func give(
        _ parts: [Int], _ payment: String, _ take: (inout AuditedClaims, Int) -> Void
    ) {
        for lender in parts.indices {
            take(&day.claims[lender], parts[lender])
            day.received[payment]?[lender] += parts[lender]
        }
    }
}
