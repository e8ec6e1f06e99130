/// One lender's claims at the end of a day, cents.
struct AuditedClaims: Equatable {
    var principal = 0
    var overduePrincipal = 0
    var interest = 0
    var overdueInterest = 0
    var penalty = 0
    var fees = 0
}

/// A loan at the end of a day.
struct AuditedDay: Equatable {
    var claims: [AuditedClaims]
    var unallocated = 0
    var daysPastDue = 0
    /// What each lender got of each payment in all.
    var received: [String: [Int]] = [:]
}

/// Walks one loan forward a day at a time with buckets that are added to and taken from.
///
/// Written from RULES § 2, 3 and the working rules of payments, apart from the code of the rules:
/// no cumulative targets and no replay, but a clerk's day. An instalment falls due, waiting cash
/// meets it, the payments of the day come, what is unpaid becomes overdue, the night earns.
struct Auditor {
    private let loan: AuditedLoan
    private var day: AuditedDay
    private var unpaid: [Unpaid]
    private var waiting: [(payment: AuditedPayment, cents: Int)] = []
    private var owners: (principal: CentOwners, interest: CentOwners, penalty: CentOwners)
    private var earned = (interest: 0, penalty: 0)
    private var paidPenalty = 0
    private var interestCollected: [Int]

    /// What is open of one instalment.
    private struct Unpaid {
        var principal: Int
        var interest: Int
        var paidPenalty = 0
        var isDue = false
        var isOverdue = false
        /// Cents times nights for which penalty is owed.
        var penaltyUnits = 0
    }

    init(_ loan: AuditedLoan) {
        self.loan = loan
        day = AuditedDay(claims: loan.lent.map { AuditedClaims(principal: $0) })
        unpaid = loan.plan.map { Unpaid(principal: $0.principal, interest: $0.interest) }
        let owner = CentOwners(weights: loan.lent)
        owners = (owner, owner, owner)
        interestCollected = loan.lent.map { _ in 0 }
    }

    /// Every day from the disbursement to the last day, from payments in the order they count.
    static func days(of loan: AuditedLoan, payments: [AuditedPayment], until last: Int)
        -> [AuditedDay]
    {
        var auditor = Auditor(loan)
        guard loan.disbursedDay <= last else { return [] }
        return (loan.disbursedDay...last).map { today in
            auditor.fallDue(today)
            for payment in payments where payment.day == today { auditor.receive(payment, today) }
            auditor.becomeOverdue(today)
            auditor.earn(nightOf: today)
            auditor.countDaysPastDue(today)
            return auditor.day
        }
    }
}

// MARK: - The hours of a day

extension Auditor {
    private mutating func fallDue(_ today: Int) {
        for number in unpaid.indices where loan.plan[number].dueDay == today {
            unpaid[number].isDue = true
        }
        let cash = waiting
        waiting = []
        for (payment, cents) in cash { spend(cents, of: payment) }
    }

    private mutating func receive(_ payment: AuditedPayment, _ today: Int) {
        day.received[payment.id] = loan.lent.map { _ in 0 }
        spend(payment.cents, of: payment)
    }

    private mutating func becomeOverdue(_ today: Int) {
        for number in unpaid.indices where loan.plan[number].dueDay == today {
            unpaid[number].isOverdue = true
            let principal = owners.principal.count(unpaidPrincipalCents(number))
            let interest = owners.interest.count(unpaidInterestCents(number))
            for lender in day.claims.indices {
                day.claims[lender].principal -= principal[lender]
                day.claims[lender].overduePrincipal += principal[lender]
                day.claims[lender].interest -= interest[lender]
                day.claims[lender].overdueInterest += interest[lender]
            }
        }
    }

    private mutating func earn(nightOf today: Int) {
        let interest = interestEarned(throughNightOf: today)
        for (lender, cents) in owners.interest.count(earned.interest..<interest).enumerated() {
            day.claims[lender].interest += cents
        }
        earned.interest = interest
        for number in unpaid.indices { countPenaltyNight(number, today) }
        let penalty = unpaid.indices.reduce(0) { $0 + penaltyEarned($1) }
        for (lender, cents) in owners.penalty.count(earned.penalty..<penalty).enumerated() {
            day.claims[lender].penalty += cents
        }
        earned.penalty = penalty
    }

    private mutating func countDaysPastDue(_ today: Int) {
        let late = unpaid.indices.first {
            unpaid[$0].isDue && unpaid[$0].principal + unpaid[$0].interest > loan.materiality
        }
        day.daysPastDue = late.map { today - loan.plan[$0].dueDay } ?? 0
        day.unallocated = waiting.reduce(0) { $0 + $1.cents }
    }
}

// MARK: - Spending a payment

extension Auditor {
    private mutating func spend(_ cents: Int, of payment: AuditedPayment) {
        var cash = cents
        for number in unpaid.indices where unpaid[number].isDue && cash > 0 {
            payPenalty(number, payment, &cash)
            payInterest(number, payment, &cash)
            payPrincipal(number, payment, &cash)
        }
        if cash > 0 { waiting.append((payment, cash)) }
    }

    private mutating func payPenalty(
        _ number: Int, _ payment: AuditedPayment, _ cash: inout Int
    ) {
        let cents = min(cash, penaltyEarned(number) - unpaid[number].paidPenalty)
        give(owners.penalty.count(paidPenalty..<paidPenalty + cents), payment) {
            $0.penalty -= $1
        }
        unpaid[number].paidPenalty += cents
        paidPenalty += cents
        cash -= cents
    }

    private mutating func payInterest(
        _ number: Int, _ payment: AuditedPayment, _ cash: inout Int
    ) {
        let cents = min(cash, unpaid[number].interest)
        let first = unpaidInterestCents(number).lowerBound
        let parts = owners.interest.count(first..<first + cents)
        let isOverdue = unpaid[number].isOverdue
        give(parts, payment) {
            if isOverdue { $0.overdueInterest -= $1 } else { $0.interest -= $1 }
        }
        for lender in parts.indices { interestCollected[lender] += parts[lender] }
        for lender in day.claims.indices {
            day.claims[lender].fees = loan.fees.reduce(0) { sum, fee in
                guard fee.payer == lender else { return sum }
                let base = ExactFraction(
                    Int128(interestCollected[lender]) * fee.rate.over, fee.rate.under)
                return sum + base.rounded("half-up")
            }
        }
        unpaid[number].interest -= cents
        cash -= cents
    }

    private mutating func payPrincipal(
        _ number: Int, _ payment: AuditedPayment, _ cash: inout Int
    ) {
        let cents = min(cash, unpaid[number].principal)
        let first = unpaidPrincipalCents(number).lowerBound
        let isOverdue = unpaid[number].isOverdue
        give(owners.principal.count(first..<first + cents), payment) {
            if isOverdue { $0.overduePrincipal -= $1 } else { $0.principal -= $1 }
        }
        unpaid[number].principal -= cents
        cash -= cents
    }

    private mutating func give(
        _ parts: [Int], _ payment: AuditedPayment, _ take: (inout AuditedClaims, Int) -> Void
    ) {
        for lender in parts.indices {
            take(&day.claims[lender], parts[lender])
            day.received[payment.id]?[lender] += parts[lender]
        }
    }
}

// MARK: - What a night earns, and which cents are open

extension Auditor {
    /// A period earns day by day towards its billed interest, rounded on the whole so far.
    private func interestEarned(throughNightOf today: Int) -> Int {
        var (total, balance) = (0, loan.lent.reduce(0, +))
        for line in loan.plan {
            let (nights, length) = (today + 1 - line.startDay, line.dueDay - line.startDay)
            if nights >= length {
                total += line.interest
            } else if nights > 0 {
                let over = Int128(balance) * Int128(loan.rate) * line.yearPart.over
                let exact = ExactFraction(
                    over * Int128(nights), line.yearPart.under * 100_000_000 * Int128(length))
                total += exact.rounded(loan.interestRounding)
            }
            balance -= line.principal
        }
        return total
    }

    /// The night of the last day of grace adds all nights since the due date at once.
    private mutating func countPenaltyNight(_ number: Int, _ today: Int) {
        let late = today - loan.plan[number].dueDay
        if late == loan.graceDays {
            unpaid[number].penaltyUnits += unpaid[number].principal * (late + 1)
        } else if late > loan.graceDays {
            unpaid[number].penaltyUnits += unpaid[number].principal
        }
    }

    private func penaltyEarned(_ number: Int) -> Int {
        let over =
            Int128(unpaid[number].penaltyUnits) * Int128(loan.rate)
            * Int128(loan.penaltyThousandths)
        return ExactFraction(over, 365 * 1_000 * 100_000_000).rounded("half-even")
    }

    private func unpaidPrincipalCents(_ number: Int) -> Range<Int> {
        let end = loan.plan[...number].reduce(0) { $0 + $1.principal }
        return end - unpaid[number].principal..<end
    }

    private func unpaidInterestCents(_ number: Int) -> Range<Int> {
        let end = loan.plan[...number].reduce(0) { $0 + $1.interest }
        return end - unpaid[number].interest..<end
    }
}
