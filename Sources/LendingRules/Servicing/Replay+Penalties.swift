import BusinessCalendar
import Monetary

// Whose penalties are: of all instalments alike, or of each one by who holds it (RULES § 2).

extension Replay {
    /// The scales on which an instalment's penalties lie: its own where single instalments have
    /// holders of their own, otherwise those of the epoch.
    func penaltyScales(_ index: Int) -> InstalmentPenalties {
        instalments[index].penalties ?? commonPenalties
    }

    private var commonPenalties: InstalmentPenalties {
        InstalmentPenalties(onPrincipal: scale.penalty, onInterest: scale.penaltyOnInterest)
    }

    /// Where on them the next of its penalties begin.
    func penaltyStart(_ index: Int) -> Penalties {
        let state = instalments[index]
        return state.penalties == nil
            ? Penalties(laid) - Penalties(opening.settled)
            : Penalties(state.settled) - Penalties(state.before)
    }

    /// Each lender's part of the next of an instalment's penalties; on common scales those of
    /// `earlier` instalments may lie in front of them.
    func penaltyParts(_ index: Int, _ next: Penalties, behind earlier: Penalties = Penalties())
        throws(AmountError) -> [Penalties]
    {
        let start = penaltyStart(index) + earlier
        return try penaltyScales(index).parts(from: start, to: start + next)
    }

    /// Takes penalties off an instalment, by whatever route.
    mutating func settle(penalties: Penalties, of index: Int) {
        instalments[index].settled.penalty += penalties.onPrincipal
        instalments[index].settled.penaltyOnInterest += penalties.onInterest
        laid.penalty += penalties.onPrincipal
        laid.penaltyOnInterest += penalties.onInterest
    }

    /// Each lender's part of all penalties of the epoch to the end of a date, of so much in all.
    func accruedPenaltyParts(_ all: Penalties, endOf date: BusinessDate) throws(AmountError)
        -> [Penalties]
    {
        guard hasInstalmentHolders else {
            return try commonPenalties.parts(
                from: Penalties(), to: all - Penalties(opening.settled))
        }
        let night = stopped(date.adding(days: 1))
        return try sumOfInstalments { state throws(AmountError) in
            try state.penaltyTargets(on: night, contract.penalty, rates) - Penalties(state.before)
        }
    }

    /// Each lender's part of the penalties that are open as an epoch begins at the end of a date.
    func openPenaltyParts(_ all: Penalties, endOf date: BusinessDate) throws(AmountError)
        -> [Penalties]
    {
        guard hasInstalmentHolders else {
            return try commonPenalties.parts(from: Penalties(), to: all - Penalties(laid))
        }
        let night = stopped(date.adding(days: 1))
        return try sumOfInstalments { state throws(AmountError) in
            try state.penaltyTargets(on: night, contract.penalty, rates) - Penalties(state.settled)
        }
    }

    private func sumOfInstalments(_ amounts: (InstalmentState) throws(AmountError) -> Penalties)
        throws(AmountError) -> [Penalties]
    {
        var sums = lenders.map { _ in Penalties() }
        for (index, state) in instalments[..<dueCount].enumerated() {
            let parts = try penaltyScales(index).parts(
                from: Penalties(), to: try amounts(state))
            for lender in sums.indices { sums[lender] = sums[lender] + parts[lender] }
        }
        return sums
    }
}

// MARK: - Instalments with holders of their own

extension Replay {
    /// From now on the penalties of each instalment lie on scales of their own: those that are open
    /// are theirs who have them, the nights to come theirs who hold what is overdue of it.
    mutating func partPenalties(_ pieces: ClaimPieces) throws(AmountError) {
        hasInstalmentHolders = true
        for (index, held) in pieces.places.dropLast().enumerated() {
            instalments[index].penalties = InstalmentPenalties(
                onPrincipal: try ComponentScale(
                    [held.map(\.penalty)],
                    then: try penaltyScale(held.map(\.principal)) ?? scale.penalty.latest),
                onInterest: try ComponentScale(
                    [held.map(\.penaltyOnInterest)],
                    then: try penaltyScale(held.map(\.interest)) ?? scale.penaltyOnInterest.latest))
        }
    }

    /// An instalment that falls due where others have holders of their own has scales too.
    mutating func partPenalties(of index: Int) {
        if hasInstalmentHolders { instalments[index].penalties = commonPenalties.begun }
    }

    /// All instalments have the same holders again.
    mutating func joinPenalties() {
        hasInstalmentHolders = false
        for index in instalments.indices { instalments[index].penalties = nil }
    }

    /// Of each instalment the penalties of the nights after a date are theirs whose claims on it
    /// are overdue.
    mutating func turnPenalties(after date: BusinessDate) throws(AmountError) {
        let night = stopped(date.adding(days: 1))
        for index in min(firstUnpaid, dueCount)..<dueCount {
            let state = instalments[index]
            guard var scales = state.penalties, state.unpaid > 0 else { continue }
            let place =
                try state.penaltyTargets(on: night, contract.penalty, rates)
                - Penalties(state.before)
            // A date on which nothing changes leaves no trace.
            let principal = try penaltyScale(principalParts(index, state.unpaidPrincipal))
            if let principal, principal != scales.onPrincipal.latest {
                scales.onPrincipal.turn(at: place.onPrincipal, to: principal)
            }
            let interest = try penaltyScale(interestParts(index, state.unpaidInterest))
            if let interest, interest != scales.onInterest.latest {
                scales.onInterest.turn(at: place.onInterest, to: interest)
            }
            instalments[index].penalties = scales
        }
    }

    /// By whom penalties are earned on what lenders hold; nil where they hold nothing.
    private func penaltyScale(_ held: [Int64]) throws(AmountError) -> ProportionalScale? {
        guard held.contains(where: { $0 > 0 }) else { return nil }
        return try contract.income.scale(
            contract.income.penalty, contract.lenders, try ProportionalScale(weights: held))
    }
}

extension InstalmentPenalties {
    /// Scales of the latest weights alone.
    fileprivate var begun: InstalmentPenalties {
        InstalmentPenalties(
            onPrincipal: ComponentScale(onPrincipal.latest),
            onInterest: ComponentScale(onInterest.latest))
    }
}
