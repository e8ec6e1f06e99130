/// Walks one loan a day at a time, by what was signed and what happened.
///
/// Written from RULES § 2, 3 and 5 apart from the code of the rules: no cumulative targets and no
/// replay, but heaps of cents with their owners' names, a plan laid out anew when cash comes early,
/// and its own calendar.
struct ClerkLoan {
    let paper: LoanPaper
    /// What has fallen due, the first instalment first.
    var due: [DuePage] = []
    /// Of them so many are paid, penalties and all.
    var closed = 0
    var plan: ClerkPlan
    var undue: CentHeap
    /// Interest of the open period that the nights have earned and nobody has paid.
    var accrued = CentHeap()
    var penalty = CentHeap()
    var penaltyOnInterest = CentHeap()
    var sources: Sources
    /// By whose principal the nights' interest goes.
    var holders: [Int]
    /// Interest that the nights of the open period have earned.
    var earned = 0
    /// Of it paid, and of that what the plan has been told.
    var paidAhead = 0
    var cash = ClerkCash()
    var lost = LostHeaps()
    var ledger: [PartyLedger]
    /// What parties have paid for of the claims that they hold.
    var acquired: [AcquiredPile]
    /// Who has held a claim, and who by something else than a compensation.
    var hasHeld: [Bool]
    var isOwner: [Bool]
    /// Whether single instalments have another holder than the rest.
    var hasSplitInstalments = false
    /// Principal written off of instalments to come.
    var givenUp = 0
    var stoppedOn: Int?
    var isUndone = false
    /// What parties have paid each other for losses, in order.
    var settlements: [Settlement] = []

    init(_ paper: LoanPaper) {
        self.paper = paper
        plan = ClerkPlan(paper)
        let deal = CentDeal(paper.lent)
        undue = CentHeap(deal, 0, paper.principal)
        sources = Sources(deal)
        holders = paper.lent
        ledger = paper.lent.map { PartyLedger(lent: $0) }
        acquired = paper.lent.map { _ in AcquiredPile() }
        hasHeld = paper.lent.map { $0 > 0 }
        isOwner = hasHeld
    }

    var parties: Int { paper.lent.count }

    /// Days since the oldest due date with anything unpaid but penalties.
    func daysPastDue(_ today: Int) -> Int {
        for page in due[closed...] where page.unpaid > 0 { return today - page.dueOn }
        return 0
    }

    /// Whether a night may add nothing but interest.
    func isQuiet(_ today: Int) -> Bool {
        closed == due.count && plan.pages.first?.dueOn != today
    }

    /// A whole date whose decisions are known.
    mutating func live(_ today: Int, _ vouchers: [Voucher]) {
        morning(today, vouchers)
        evening(today)
        for voucher in vouchers {
            guard case .ruling(let ruling) = voucher.kind else { continue }
            handOver(ruling, today, number: voucher.number - Voucher.firstRuling)
        }
    }

    /// The books of a date up to its last voucher.
    mutating func morning(_ today: Int, _ vouchers: [Voucher]) {
        let before = due.count
        fallDue(today)
        if due.count > before || !vouchers.isEmpty { spendAll(today) }
        for voucher in vouchers { enter(voucher, today) }
    }

    /// What is unpaid becomes overdue, and the night earns.
    mutating func evening(_ today: Int) {
        for index in closed..<due.count { due[index].isOverdue = true }
        closePaid()
        if isUndone { return }
        turnFines()
        if stoppedOn != nil { return }
        accrue(until: today + 1)
        for index in closed..<due.count { charge(index, today) }
    }

    mutating func closePaid() {
        while closed < due.count, due[closed].isClosed { closed += 1 }
    }

    private mutating func charge(_ index: Int, _ today: Int) {
        let late = today - due[index].dueOn
        let onPrincipal = due[index].onPrincipal.pass(
            due[index].principal.count, late, paper.rate * paper.penalty, paper)
        let onInterest = due[index].onInterest.pass(
            due[index].interest.count, late, paper.rate * paper.penaltyOnInterest, paper)
        if due[index].fines == nil {
            penalty.add(sources.penalty.draw(onPrincipal))
            penaltyOnInterest.add(sources.penaltyOnInterest.draw(onInterest))
        } else {
            due[index].fines?.charge(onPrincipal, onInterest)
        }
    }

    /// Brings the open period to what it has earned by the morning of a date.
    mutating func accrue(until morning: Int) {
        guard let whole = plan.earned(until: morning), whole > earned else { return }
        accrued.add(sources.interest.draw(whole - earned))
        earned = whole
    }

    mutating func fallDue(_ today: Int) {
        while !isUndone, let page = plan.pages.first, page.dueOn <= today {
            let given = min(givenUp, page.principal)
            givenUp -= given
            due.append(
                DuePage(
                    dueOn: page.dueOn, principal: undue.take(page.principal - given),
                    interest: accrued.takeAll(),
                    fee: stoppedOn == nil ? sources.fee.draw(page.fee) : CentHeap()))
            if hasSplitInstalments { due[due.count - 1].fines = Fines(CentDeal(holders)) }
            plan.turnPage()
            (earned, paidAhead) = (0, 0)
        }
    }
}

/// What is open of an instalment that has fallen due.
struct DuePage {
    let dueOn: Int
    var principal: CentHeap
    var interest: CentHeap
    var fee: CentHeap
    var isOverdue = false
    var onPrincipal = NightMeter()
    var onInterest = NightMeter()
    /// Its penalties where instalments have holders of their own; otherwise all lie on one heap.
    var fines: Fines?
    /// What layers have paid for of it.
    var paidFor: [BoughtFrom: PlainLoss] = [:]

    init(dueOn: Int, principal: CentHeap, interest: CentHeap, fee: CentHeap) {
        self.dueOn = dueOn
        self.principal = principal
        self.interest = interest
        self.fee = fee
    }

    /// Without penalty, which makes nothing past due.
    var unpaid: Int { principal.count + interest.count + fee.count }

    var isClosed: Bool { unpaid == 0 && onPrincipal.open == 0 && onInterest.open == 0 }
}

/// Penalty on something overdue, by the cents that are overdue each night.
struct NightMeter {
    private var units: Int128 = 0
    private var nightsInGrace: Int128 = 0
    private var charged = 0
    var settled = 0

    var open: Int { charged - settled }

    /// A night so many days after the due date; the cents that it adds.
    mutating func pass(_ cents: Int, _ late: Int, _ rate: Int, _ paper: LoanPaper) -> Int {
        if late < paper.graceDays {
            nightsInGrace += 1
            return 0
        }
        if late == paper.graceDays { units += nightsInGrace * Int128(cents) * Int128(rate) }
        units += Int128(cents) * Int128(rate)
        let before = charged
        charged = Plain.round(units, 365 * 1_000 * 100_000_000, .halfEven)
        return charged - before
    }
}

/// Where the next cent of each component comes from.
struct Sources {
    var interest: CentSource
    var penalty: CentSource
    var penaltyOnInterest: CentSource
    var fee: CentSource

    init(_ deal: CentDeal) {
        interest = CentSource(deal)
        penalty = CentSource(deal)
        penaltyOnInterest = CentSource(deal)
        fee = CentSource(deal)
    }
}
