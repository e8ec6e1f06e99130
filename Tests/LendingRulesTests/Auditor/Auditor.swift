import BusinessCalendar
import LendingRules
import Monetary

/// Walks one loan forward a day at a time with heaps of cents, each with its owner's name on it.
///
/// Written from RULES § 2, 3 and the articles, apart from the code of the rules: no cumulative
/// targets and no replay, but a clerk's day. An instalment falls due, waiting cash meets it, the
/// vouchers of the day come, what is unpaid becomes overdue, the night earns, claims change hands.
/// Only the plan of repayment is taken as it is.
struct Auditor {
    let contract: LoanContract
    let book: CentBook
    var today: BusinessDate
    var schedule: Schedule
    /// By which what has not fallen due is laid out.
    var planTerms: ScheduleTerms
    var day: AuditedDay
    var due: [DueInstalment] = []
    /// Principal that has not fallen due.
    var undue: CentQueue
    /// Interest of the open period that the nights have earned and nobody has paid.
    var accrued = CentQueue()
    var penalty = CentQueue()
    var penaltyOnInterest = CentQueue()
    /// Where the next cent of each component comes from.
    var streams: Streams
    /// Interest that was ever earned.
    var earned = 0
    var waiting: [Waiting] = []
    /// Of those who hold the claims now: principal left, or what a transfer says.
    var weights: [Int]
    /// Hundred-millionths a year.
    var rate: Int
    /// What a flat loan bears interest on: all that was lent under the present plan.
    var flatPrincipal: Int
    var lost = LostCents()
    /// Of those that were lost, the cents that came back to lenders.
    var restored = 0
    /// Cents written off of instalments to come, the first of them first.
    var givenUp = 0
    var repaidEarly = 0
    /// Interest paid in advance that the plan has not been told of.
    var interestAhead = 0
    var isStopped = false
    var isUndone = false
    /// The borrower's cash beyond payments, below zero when too much went back.
    var sideCash = 0
    var lent: [Int]
    var fees: FeeBase
    var observation = Observation()
    /// Whether single instalments have another holder than the rest.
    var hasSplitInstalments = false
    /// How lenders compute their own parts; nil where all of them go by scales.
    var own: OwnParts?

    init(_ contract: LoanContract, _ book: CentBook) {
        self.contract = contract
        self.book = book
        today = contract.disbursedOn
        schedule = contract.schedule
        lent = contract.scale.weights.map { Int($0) }
        weights = lent
        flatPrincipal = lent.reduce(0, +)
        day = AuditedDay(lenders: lent.count, fees: contract.serviceFees.count)
        day.cash = -lent.reduce(0, +)
        rate = Int(contract.schedule.terms.rate.units)
        fees = FeeBase(lenders: lent.count, fees: contract.serviceFees.count)
        var principal = CentStream(book, lent)
        undue = CentQueue(principal.draw(lent.reduce(0, +)))
        streams = Streams(contract, book, lent)
        planTerms = contract.schedule.terms
        own = OwnParts(contract.income, contract.lenders)
        layOutOwnParts()
    }

    /// The evenings that are asked for, from events in the order they count.
    static func days(
        of contract: LoanContract, _ book: CentBook, events: [LoanFact], on dates: [BusinessDate]
    ) throws -> [AuditedDay] {
        var auditor = Auditor(contract, book)
        var evenings: [AuditedDay] = []
        guard let last = dates.last else { return [] }
        while auditor.today <= last {
            try auditor.live(events.filter { $0.valueDate == auditor.today })
            if dates.contains(auditor.today) { evenings.append(auditor.evening()) }
            auditor.today = auditor.today.adding(days: 1)
        }
        return evenings
    }

    private mutating func live(_ events: [LoanFact]) throws {
        let before = due.count
        fallDue()
        // Cash waits for a due date, or for something else to happen.
        if due.count > before || !events.isEmpty { try spendAll() }
        for event in events { try enter(event) }
        for index in due.indices { due[index].isOverdue = true }
        turnPenalties()
        chargeNight()
        earn()
        for event in events { handOver(event) }
        observe()
    }
}

extension Auditor {
    var lenders: Int { lent.count }

    var servicing: ServicingTerms { contract.servicing }

    /// Puts what falls due today on a heap of its own.
    mutating func fallDue() {
        if isUndone { return }
        while due.count < schedule.instalments.count,
            schedule.instalments[due.count].dueOn <= today
        {
            let instalment = schedule.instalments[due.count]
            let interest = Int(instalment.interest - instalment.paidEarly) - interestAhead
            interestAhead = 0
            let given = min(givenUp, Int(instalment.principal))
            givenUp -= given
            due.append(
                DueInstalment(
                    dueOn: instalment.dueOn,
                    principal: undue.take(Int(instalment.principal) - given),
                    // Written off in full, what grace had deferred is billed with the rest.
                    interest: queued(
                        isStopped ? accrued.takeAll() : accrued.take(interest)),
                    fee: isStopped ? [] : streams.fee.draw(Int(instalment.fee))))
            if hasSplitInstalments { due[due.count - 1].ownPenalties = bareOwnPenalties }
        }
    }

    /// Everybody's heaps counted.
    private func evening() -> AuditedDay {
        var day = day
        day.claims = claims()
        day.unallocated = waiting.reduce(sideCash) { $0 + $1.cents }
        day.daysPastDue = daysPastDue
        day.isNonAccrual = observation.isNonAccrual
        fees.charge(contract, lent, &day)
        return day
    }

    func claims() -> [AuditedClaims] {
        var claims = [AuditedClaims](repeating: AuditedClaims(), count: lenders)
        func add(_ bucket: AuditedBucket, _ cents: CentQueue) {
            for cent in cents.all { claims[cent.owner][bucket] += 1 }
        }
        for instalment in due {
            add(instalment.isOverdue ? .overduePrincipal : .principal, instalment.principal)
            add(instalment.isOverdue ? .overdueInterest : .interest, instalment.interest)
            add(.fee, instalment.fee)
            if let own = instalment.ownPenalties {
                add(.penalty, own.onPrincipal)
                add(.penaltyOnInterest, own.onInterest)
            }
        }
        add(.principal, undue)
        add(.interest, accrued)
        add(.penalty, penalty)
        add(.penaltyOnInterest, penaltyOnInterest)
        return claims
    }

    /// Days since the oldest due date on which more is unpaid than does not matter.
    var daysPastDue: Int {
        let late = due.first { $0.unpaid > Int(contract.materiality) }
        return late.map { today.days(since: $0.dueOn) } ?? 0
    }
}
