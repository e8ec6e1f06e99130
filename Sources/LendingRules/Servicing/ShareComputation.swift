import BusinessCalendar
import Monetary

/// Lenders' own parts of the instalments that are still to come (RULES § 2).
///
/// Every lender computes in its own way; the residue holder has what that leaves of principal and
/// of interest at the borrower's rate. With own rates the spread is what they leave of interest.
/// Where somebody would be left with less than nothing the scale decides.
struct ShareComputation {
    let contract: LoanContract
    let schedule: Schedule
    /// The instalments, all of them after what has fallen due.
    let instalments: ArraySlice<Instalment>
    /// Each lender's principal of them.
    let principal: ProportionalScale
    /// The borrower's rate.
    let rate: AnnualRate

    /// Each lender's principal of every instalment; its own plan sums to what it holds.
    func principalParts() throws(AmountError) -> [[Int64]] {
        let onScale = try scaleParts(principal) { $0.principal }
        guard !contract.income.computations.isEmpty else { return onScale }
        var parts = onScale
        for (lender, way) in ways {
            let own = own(lender, way)
            var left = principal.weights[lender]
            for (place, instalment) in instalments.enumerated() {
                let wanted =
                    own.map { $0.instalments[place].principal }
                    ?? Proportion.halfUp(
                        instalment.principal, principal.weights[lender], principal.total)
                let isLast = place + 1 == instalments.count
                parts[place][lender] = isLast ? left : min(wanted, left)
                left -= parts[place][lender]
            }
        }
        return settleResidue(parts, of: \.principal) ?? onScale
    }

    /// Each lender's interest of every instalment and, behind, the spread.
    func interestParts(of principals: [[Int64]]) throws(AmountError) -> [[Int64]] {
        if usesOwnRates { return try ownRateParts(of: principals) }
        let weights = try contract.income.interestScale(contract.lenders, principal)
        let onScale = try scaleParts(weights) { $0.interest }
        var parts = onScale
        for (lender, way) in ways {
            let own = own(lender, way)
            for (place, instalment) in instalments.enumerated() {
                parts[place][lender] =
                    own.map { $0.instalments[place].interest }
                    ?? Proportion.halfUp(
                        instalment.interest, weights.weights[lender], weights.total)
            }
        }
        let settled = settleResidue(parts, of: \.interest)
        return (settled ?? onScale).map { $0 + [0] }
    }

    /// What each lender's rate gives it of the borrower's interest from now on in an open period,
    /// in proportion, and the spread.
    func restWeights() throws(AmountError) -> ProportionalScale {
        guard usesOwnRates else {
            let weights = try contract.income.interestScale(contract.lenders, principal)
            return try ProportionalScale(weights: weights.weights + [0])
        }
        let whole = Int128(principal.total) * Int128(rate.units)
        let earned = principal.weights.enumerated().map { lender, held in
            Int128(held) * Int128(contract.income.rates[contract.lenders[lender]]?.units ?? 0)
        }
        let sum = earned.reduce(0, +)
        // Coarser only where principal and rate are so large that a scale could not hold them.
        let unit = (max(whole, sum) >> 62) + 1
        let weights = earned.map { Int64($0 / unit) }
        // Where nothing is earned at all the spread's owner stands for everybody.
        let spread = max(whole, sum) == 0 ? 1 : Int64(max(0, whole - sum) / unit)
        return try ProportionalScale(weights: weights + [spread])
    }

    /// The first place from one on, of the instalments, that bills interest; itself when none does.
    func billing(_ place: Int) -> Int {
        let later = instalments.dropFirst(place)
        return later.firstIndex { $0.interest > 0 }.map { $0 - instalments.startIndex } ?? place
    }

    private var ways: [(Int, LenderComputation)] {
        contract.lenders.enumerated().compactMap { lender, party in
            guard principal.weights[lender] > 0, lender != residueHolder,
                let way = contract.income.computations[party]
            else { return nil }
            return (lender, way)
        }
    }

    private var residueHolder: Int? {
        contract.lenders.firstIndex(of: contract.income.residueHolder ?? contract.platform)
    }

    private var usesOwnRates: Bool {
        guard case .ownRates = contract.income.pricing else { return false }
        return zip(contract.lenders, principal.weights).allSatisfy {
            $1 == 0 || contract.income.rates[$0] != nil
        }
    }

    private func scaleParts(_ scale: ProportionalScale, _ amount: (Instalment) -> Int64)
        throws(AmountError) -> [[Int64]]
    {
        var (parts, cumulative): ([[Int64]], Int64) = ([], 0)
        for instalment in instalments {
            let next = cumulative + amount(instalment)
            parts.append(try scale.parts(from: cumulative, to: next))
            cumulative = next
        }
        return parts
    }

    /// Gives the residue holder the rest; nil where there would be less than nothing.
    private func settleResidue(_ parts: [[Int64]], of amount: KeyPath<Instalment, Int64>)
        -> [[Int64]]?
    {
        guard let residueHolder else { return nil }
        var settled = parts
        for (place, instalment) in instalments.enumerated() {
            let others = parts[place].reduce(0, +) - parts[place][residueHolder]
            settled[place][residueHolder] = instalment[keyPath: amount] - others
            if settled[place][residueHolder] < 0 { return nil }
        }
        return settled
    }
}

// MARK: - Own rates and own schedules

extension ShareComputation {
    private func ownRateParts(of principals: [[Int64]]) throws(AmountError) -> [[Int64]] {
        var parts = instalments.map { _ in [Int64](repeating: 0, count: contract.lenders.count) }
        for (lender, party) in contract.lenders.enumerated() {
            guard let rate = contract.income.rates[party], principal.weights[lender] > 0 else {
                continue
            }
            let amounts: [Int64]
            let way = contract.income.computations[party] ?? .scale
            if let own = own(lender, way) {
                amounts = own.instalments.map(\.interest)
            } else {
                amounts = try ownInterest(
                    rate, principals.map { $0[lender] }, isCumulative: way != .perInstalment)
            }
            for (place, amount) in amounts.enumerated() { parts[place][lender] = amount }
        }
        for (place, instalment) in instalments.enumerated() {
            let sum = parts[place].reduce(0, +)
            if sum <= instalment.interest {
                parts[place].append(instalment.interest - sum)
            } else {
                let scale = try ProportionalScale(weights: parts[place])
                parts[place] = try scale.parts(of: instalment.interest) + [0]
            }
        }
        return parts
    }

    /// A lender's interest at its own rate on its own scheduled principal.
    private func ownInterest(
        _ rate: AnnualRate, _ principals: [Int64], isCumulative: Bool
    ) throws(AmountError) -> [Int64] {
        var balance = principals.reduce(0, +)
        let lent = balance
        var (sum, posted): (ExactSum, Int64) = (ExactSum(), 0)
        var amounts: [Int64] = []
        for (place, instalment) in instalments.enumerated() {
            let bearing = schedule.terms.method == .flat ? lent : balance
            // In a period that is free of interest nobody earns any.
            let units = instalment.rate.units > 0 ? rate.units : 0
            try sum.add(
                Int128(bearing) * Int128(units) * Int128(instalment.fraction.numerator),
                over: Int128(AnnualRate.unitsPerOne) * Int128(instalment.fraction.denominator))
            balance -= principals[place]
            // Interest that grace defers is owed with that of the instalment that pays it.
            guard instalment.interest > 0 else {
                amounts.append(0)
                continue
            }
            let target = try sum.rounded(schedule.terms.rounding)
            amounts.append(target - posted)
            posted = target
            if !isCumulative { (sum, posted) = (ExactSum(), 0) }
        }
        return amounts
    }

    /// The schedule of a lender's own, or nil when its terms give none.
    private func own(_ lender: Int, _ way: LenderComputation) -> Schedule? {
        guard case .ownSchedule(let own) = way, let first = instalments.first else { return nil }
        var terms = schedule.plan?.terms ?? schedule.terms
        terms.principal = principal.weights[lender]
        terms.rate = contract.income.rates[contract.lenders[lender]] ?? rate
        terms.instalments = instalments.count
        terms.disbursedOn = first.startsOn
        terms.firstDueOn = first.dueOn
        terms.dayCount = own.dayCount
        terms.rounding = own.rounding
        terms.instalmentRounding = own.instalmentRounding
        terms.fees = []
        terms.instalmentMultiple = 1
        terms.principalGrace = max(0, terms.principalGrace - (first.number - 1))
        terms.interestGrace = max(0, terms.interestGrace - (first.number - 1))
        guard let built = try? Schedule.build(terms, isBegun: first.number > 1),
            built.instalments.count == instalments.count
        else { return nil }
        return built
    }
}
