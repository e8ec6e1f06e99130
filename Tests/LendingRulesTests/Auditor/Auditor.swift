/// Walks one loan forward a day at a time with buckets that are added to and taken from.
///
/// Written from RULES § 2, 3 and the working rules of facts, apart from the code of the rules: no
/// cumulative targets and no replay, but a clerk's day. An instalment falls due, waiting cash meets
/// it, the vouchers of the day come, what is unpaid becomes overdue, the night earns.
struct Auditor {
    let loan: AuditedLoan
    var day: AuditedDay
    var unpaid: [Unpaid]
    var waiting: [Waiting] = []
    var owners: (principal: CentOwners, interest: CentOwners, penalty: CentOwners)
    var earned = (interest: 0, penalty: 0)
    /// Of those who hold the claims now.
    var weights: [Int]
    var settledPenalty = 0
    var interestCollected: [Int]
    /// Cents of the three components that are written off and have not come back, oldest first.
    var lost: CentRanges = ([], [], [])
    /// Of those that were lost, the cents that came back to lenders.
    var restored = 0
    /// The first night that earns nothing any more.
    var stoppedDay: Int?
    var isUndone = false
    /// The borrower's cash beyond payments, below zero when too much went back.
    var sideCash = 0

    typealias CentRanges = (
        principal: [Range<Int>], interest: [Range<Int>], penalty: [Range<Int>]
    )

    /// What is open of one instalment.
    struct Unpaid {
        var billedInterest: Int
        var principal: Int
        var goneInterest = 0
        var settledPenalty = 0
        var isDue = false
        var isOverdue = false
        /// Cents times nights for which penalty is owed.
        var penaltyUnits = 0

        var interest: Int { billedInterest - goneInterest }
    }

    /// Cash of a payment that no claim has met yet.
    struct Waiting {
        let payment: String
        /// What came in less what was paid back.
        var kept: Int
        var cents: Int
    }

    init(_ loan: AuditedLoan) {
        self.loan = loan
        day = AuditedDay(claims: loan.lent.map { AuditedClaims(principal: $0) })
        day.cash = -loan.lent.reduce(0, +)
        unpaid = loan.plan.map { Unpaid(billedInterest: $0.interest, principal: $0.principal) }
        let owner = CentOwners(weights: loan.lent)
        owners = (owner, owner, owner)
        interestCollected = loan.lent.map { _ in 0 }
        weights = loan.lent
    }

    /// Every day from the disbursement to the last day, from events in the order they count.
    static func days(of loan: AuditedLoan, events: [AuditedEvent], until last: Int) -> [AuditedDay]
    {
        var auditor = Auditor(loan)
        guard loan.disbursedDay <= last else { return [] }
        return (loan.disbursedDay...last).map { today in
            auditor.fallDue(today)
            for event in events where event.day == today { auditor.enter(event) }
            auditor.becomeOverdue(today)
            auditor.earn(nightOf: today)
            for event in events where event.day == today { auditor.handOver(event) }
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
        for index in waiting.indices { spend(index) }
    }

    private mutating func becomeOverdue(_ today: Int) {
        for number in unpaid.indices where loan.plan[number].dueDay == today {
            unpaid[number].isOverdue = true
            let principal = owners.principal.count(principalCents(number))
            let interest = owners.interest.count(interestCents(number))
            for lender in day.claims.indices {
                day.claims[lender].principal -= principal[lender]
                day.claims[lender].overduePrincipal += principal[lender]
                day.claims[lender].interest -= interest[lender]
                day.claims[lender].overdueInterest += interest[lender]
            }
        }
    }

    private mutating func earn(nightOf today: Int) {
        if isUndone || today >= stoppedDay ?? .max { return }
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
        day.unallocated = waiting.reduce(sideCash) { $0 + $1.cents }
    }
}

// MARK: - What a night earns, and which cents are open

extension Auditor {
    /// A period earns day by day towards its billed interest, rounded on the whole so far.
    func interestEarned(throughNightOf today: Int) -> Int {
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

    func penaltyEarned(_ number: Int) -> Int {
        let over =
            Int128(unpaid[number].penaltyUnits) * Int128(loan.rate)
            * Int128(loan.penaltyThousandths)
        return ExactFraction(over, 365 * 1_000 * 100_000_000).rounded("half-even")
    }

    func principalCents(_ number: Int) -> Range<Int> {
        let end = loan.plan[...number].reduce(0) { $0 + $1.principal }
        return end - unpaid[number].principal..<end
    }

    func interestCents(_ number: Int) -> Range<Int> {
        let start = loan.plan[..<number].reduce(unpaid[number].goneInterest) { $0 + $1.interest }
        return start..<start + unpaid[number].interest
    }
}
