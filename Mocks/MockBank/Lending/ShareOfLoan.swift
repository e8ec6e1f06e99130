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
}

/// The bank's claim on one loan and the schedule that it follows from.
package struct ShareOfLoan: Sendable {
    /// The claim, instalment by instalment.
    package let instalments: [ShareInstalment]
    /// Contract rate in percent a year.
    package let annualRatePercent: Exact
    private let computation: LenderComputation
    private let schedule: Schedule
    private let scale: Scale
    /// The schedule's principal and interest before each instalment.
    private let billedBefore: [(principal: Int64, interest: Int64)]

    /// The share `amount` of the loan of `terms`, paid out on `start`.
    ///
    /// `own` replaces the roundings of a bank with a schedule of its own.
    package init(
        terms: LoanTerms, amount: Int64, start: Day, computation: LenderComputation,
        own: OwnRounding
    ) throws(Refusal) {
        var followed = terms
        if computation == .ownSchedule {
            followed.principal = amount
            followed.rounding = own.interest ?? terms.rounding
            followed.instalmentRounding = own.instalment ?? terms.instalmentRounding
        }
        schedule = try Schedule(followed, from: start)
        scale = Scale(own: amount, whole: terms.principal)
        annualRatePercent = terms.annualRatePercent
        self.computation = computation
        var running = (principal: Int64(0), interest: Int64(0))
        billedBefore = schedule.instalments.map { instalment in
            defer {
                running.principal += instalment.principal
                running.interest += instalment.interest
            }
            return running
        }
        instalments = ShareOfLoan.instalments(computation, schedule, scale, billedBefore)
    }

    private static func instalments(
        _ computation: LenderComputation, _ schedule: Schedule, _ scale: Scale,
        _ before: [(principal: Int64, interest: Int64)]
    ) -> [ShareInstalment] {
        var left = scale.own
        return schedule.instalments.indices.map { index in
            let whole = schedule.instalments[index]
            var (principal, interest) = (whole.principal, whole.interest)
            switch computation {
            case .ownSchedule: break
            case .scale:
                principal = scale.part(from: before[index].principal, length: principal)
                interest = scale.part(from: before[index].interest, length: interest)
            case .perInstalment:
                let isLast = index == schedule.instalments.count - 1
                principal = isLast ? left : min(left, scale.halfUpPart(of: principal))
                interest = scale.halfUpPart(of: interest)
            }
            left -= principal
            return ShareInstalment(
                startsOn: whole.startsOn, dueOn: whole.dueOn, principal: principal,
                interest: interest)
        }
    }

    /// The bank's interest of instalment `index` after `elapsed` days of its period.
    package func accrued(_ index: Int, elapsed: Int) -> Int64 {
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
        let whole = schedule.instalments[index].principal
        let own = instalments[index].principal
        if computation == .ownSchedule || unpaid == 0 { return unpaid }
        if unpaid == own { return whole }
        switch computation {
        case .ownSchedule: return unpaid
        case .scale:
            let start = billedBefore[index].principal
            return whole - scale.length(from: start, reaching: own - unpaid, limit: whole)
        case .perInstalment:
            let open = Int128(unpaid) * Int128(scale.whole)
            return min(whole, Int64(Rounding.halfUp.divide(open, by: Int128(scale.own))))
        }
    }

    /// The bank's part of the penalties of the first instalments, in order.
    func penaltyParts(_ penalties: [Int64]) -> [Int64] {
        switch computation {
        case .ownSchedule: return penalties
        case .perInstalment: return penalties.map { scale.halfUpPart(of: $0) }
        case .scale:
            var running: Int64 = 0
            return penalties.map { penalty in
                defer { running += penalty }
                return scale.part(from: running, length: penalty)
            }
        }
    }
}

/// Roundings of a bank that keeps a schedule of its own; nil leaves those of the terms.
package struct OwnRounding: Sendable {
    /// Rounding of interest.
    package var interest: Rounding?
    /// Rounding of the level instalment.
    package var instalment: Rounding?

    /// Roundings of a bank's own schedule.
    package init(interest: Rounding? = nil, instalment: Rounding? = nil) {
        self.interest = interest
        self.instalment = instalment
    }
}

extension Scale {
    /// One amount times the share, rounded half-up on its own.
    package func halfUpPart(of amount: Int64) -> Int64 {
        Int64(Rounding.halfUp.divide(Int128(amount) * Int128(own), by: Int128(whole)))
    }
}
