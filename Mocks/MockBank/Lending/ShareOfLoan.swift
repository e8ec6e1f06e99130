// What the bank is owed of a loan, in the way this bank computes it.

/// How a bank arrives at its own figures.
package enum LenderComputation: String, Sendable {
    case scale
    case perInstalment = "per-instalment"
    case ownSchedule = "own-schedule"
}

/// One instalment of the bank's own claim.
package struct ShareInstalment: Equatable, Sendable {
    /// First day whose interest it carries.
    package let startsOn: Day
    /// The day it falls due.
    package let dueOn: Day
    /// The bank's principal in minor units.
    package let principal: Int64
    /// The bank's interest in minor units.
    package let interest: Int64
    /// The bank's part of the fee in minor units.
    package let fee: Int64
}

/// The bank's claim on one loan and the schedule that it follows from.
package struct ShareOfLoan: Sendable {
    /// The claim, instalment by instalment.
    package internal(set) var instalments: [ShareInstalment]
    /// The whole loan's terms.
    let terms: LoanTerms
    let computation: LenderComputation
    let schedule: Schedule
    let scale: Scale
    /// The terms by which the bank computes on its own amounts.
    let ownTerms: LoanTerms
    /// The rates that hold, each from its day on.
    var rates: [(from: Day, rate: Exact)]
    /// Principal that came before it fell due.
    var repaid: [(on: Day, amount: Int64)] = []
    /// Whether a part of the claim has changed hands: the bank is then owed other parts of earlier
    /// instalments than of later ones.
    var standsAlone = false
    /// The bank's part of the whole loan's interest since then, as long as nothing else changes.
    var held: HeldInterest?
    /// What has taken the place of the schedule, once something has changed.
    var changed: ChangedPlan?
    /// The schedule's principal, interest and fee before each instalment.
    private let billedBefore: [Billed]

    struct Billed {
        var principal: Int64 = 0
        var interest: Int64 = 0
        var fee: Int64 = 0
    }

    /// The share `amount` of the loan of `terms`, paid out on `start`.
    ///
    /// `own` replaces the conventions of a bank with a schedule of its own.
    package init(
        terms: LoanTerms, amount: Int64, start: Day, computation: LenderComputation,
        own: OwnRounding
    ) throws(Refusal) {
        let scale = Scale(own: amount, whole: terms.principal)
        var followed = terms
        followed.principal = amount
        // A fee in money is the loan's, the bank has its part of it.
        followed.fees = terms.fees.map { $0.part(of: scale) }
        if computation == .ownSchedule {
            followed.dayCount = own.dayCount ?? terms.dayCount
            followed.rounding = own.interest ?? terms.rounding
            followed.instalmentRounding = own.instalment ?? terms.instalmentRounding
        }
        schedule = try Schedule(computation == .ownSchedule ? followed : terms, from: start)
        self.scale = scale
        self.terms = terms
        self.computation = computation
        ownTerms = followed
        rates = [(start, terms.annualRatePercent)]
        var running = Billed()
        billedBefore = schedule.instalments.map { instalment in
            defer {
                running.principal += instalment.principal
                running.interest += instalment.interest
                running.fee += instalment.fee
            }
            return running
        }
        instalments = ShareOfLoan.instalments(computation, schedule, scale, billedBefore)
    }

    private static func instalments(
        _ computation: LenderComputation, _ schedule: Schedule, _ scale: Scale,
        _ before: [Billed]
    ) -> [ShareInstalment] {
        var left = scale.own
        return schedule.instalments.indices.map { index in
            let whole = schedule.instalments[index]
            var (principal, interest, fee) = (whole.principal, whole.interest, whole.fee)
            switch computation {
            case .ownSchedule: break
            case .scale:
                principal = scale.part(from: before[index].principal, length: principal)
                interest = scale.part(from: before[index].interest, length: interest)
                fee = scale.part(from: before[index].fee, length: fee)
            case .perInstalment:
                let isLast = index == schedule.instalments.count - 1
                principal = isLast ? left : min(left, scale.halfUpPart(of: principal))
                interest = scale.halfUpPart(of: interest)
                fee = scale.halfUpPart(of: fee)
            }
            left -= principal
            return ShareInstalment(
                startsOn: whole.startsOn, dueOn: whole.dueOn, principal: principal,
                interest: interest, fee: fee)
        }
    }

    /// The bank's interest of instalment `index` after `elapsed` days of its period.
    package func accrued(_ index: Int, elapsed: Int) -> Int64 {
        if let held, let own = held.own(index, schedule.accrued(index, elapsed: elapsed)) {
            return own
        }
        if let row = changed?.row(index) { return row.accrued(elapsed, ownTerms.rounding) }
        let whole = schedule.accrued(index, elapsed: elapsed)
        return switch computation {
        case .ownSchedule: whole
        case .scale: scale.part(from: billedBefore[index].interest, length: whole)
        case .perInstalment: scale.halfUpPart(of: whole)
        }
    }

    /// The bank's interest of all days before `day`.
    func accrued(before day: Day) -> Int64 {
        instalments.indices.reduce(0) { sum, index in
            if instalments[index].dueOn <= day { return sum + instalments[index].interest }
            let elapsed = day.days(since: instalments[index].startsOn)
            return elapsed > 0 ? sum + accrued(index, elapsed: elapsed) : sum
        }
    }

    /// The schedule's unpaid principal of an instalment of which the bank's own `unpaid` is open.
    func scheduledUnpaid(_ index: Int, unpaid: Int64) -> Int64 {
        whole(
            index, unpaid, own: instalments[index].principal, \.principal, \.principal)
    }

    /// The same for interest.
    func scheduledUnpaidInterest(_ index: Int, unpaid: Int64) -> Int64 {
        whole(index, unpaid, own: instalments[index].interest, \.interest, \.interest)
    }

    private func whole(
        _ index: Int, _ unpaid: Int64, own: Int64, _ amount: KeyPath<Instalment, Int64>,
        _ before: KeyPath<Billed, Int64>
    ) -> Int64 {
        if computation == .ownSchedule || unpaid == 0 || isChanged(index) { return unpaid }
        let whole = schedule.instalments[index][keyPath: amount]
        if unpaid == own { return whole }
        if computation == .scale {
            let start = billedBefore[index][keyPath: before]
            return whole - scale.length(from: start, reaching: own - unpaid, limit: whole)
        }
        let open = Int128(unpaid) * Int128(scale.whole)
        return min(whole, Int64(Rounding.halfUp.divide(open, by: Int128(scale.own))))
    }

    /// The bank's part of the penalties of the first instalments, in order.
    func penaltyParts(_ penalties: [Int64]) -> [Int64] {
        var running: Int64 = 0
        return penalties.enumerated().map { index, penalty in
            if computation == .ownSchedule || isChanged(index) { return penalty }
            if computation == .perInstalment { return scale.halfUpPart(of: penalty) }
            defer { running += penalty }
            return scale.part(from: running, length: penalty)
        }
    }

    /// Whether an instalment follows from the bank's own amounts since something has changed.
    func isChanged(_ index: Int) -> Bool { standsAlone || changed?.row(index) != nil }

    /// Whether the loan bears fees that the bank computes.
    var hasFees: Bool { !terms.fees.isEmpty }
}

/// Conventions of a bank that keeps a schedule of its own; nil leaves those of the terms.
package struct OwnRounding: Sendable {
    /// Rounding of interest.
    package var interest: Rounding?
    /// Rounding of the level instalment.
    package var instalment: Rounding?
    /// How days become parts of a year.
    package var dayCount: LoanTerms.DayCount?

    /// Conventions of a bank's own schedule.
    package init(
        interest: Rounding? = nil, instalment: Rounding? = nil,
        dayCount: LoanTerms.DayCount? = nil
    ) {
        self.interest = interest
        self.instalment = instalment
        self.dayCount = dayCount
    }
}

extension Scale {
    /// One amount times the share, rounded half-up on its own.
    package func halfUpPart(of amount: Int64) -> Int64 {
        Int64(Rounding.halfUp.divide(Int128(amount) * Int128(own), by: Int128(whole)))
    }
}

extension TermFee {
    fileprivate func part(of scale: Scale) -> TermFee {
        guard case .amount(let amount) = value else { return self }
        return TermFee(value: .amount(scale.halfUpPart(of: amount)))
    }
}
