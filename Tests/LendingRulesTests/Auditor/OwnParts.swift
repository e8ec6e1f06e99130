import BusinessCalendar
import LendingRules
import Monetary

/// Lenders that compute their parts themselves: whose the cents are that are still to come.
struct OwnParts {
    /// Interest that the nights will earn, in their order.
    var coming = CentQueue()
    let spreadOwner: Int?
    let isSpreadLast: Bool

    /// Nil where all lenders go by the loan's scales.
    init?(_ terms: IncomeTerms, _ lenders: [PartyID]) {
        if case .ownRates(let owner, let order) = terms.pricing {
            spreadOwner = lenders.firstIndex(of: owner)
            isSpreadLast = order == .last
        } else {
            if terms.computations.isEmpty { return nil }
            (spreadOwner, isSpreadLast) = (nil, false)
        }
    }
}

/// What every lender finds as its part of each instalment to come, each by its own way.
struct OwnFigures {
    let contract: LoanContract
    let book: CentBook
    /// Instalments to come.
    let plan: [Instalment]
    /// The terms by which they are laid out.
    let terms: ScheduleTerms
    /// Principal of each lender.
    let held: [Int]

    private var income: IncomeTerms { contract.income }

    private var residueHolder: Int? {
        contract.lenders.firstIndex(of: income.residueHolder ?? contract.platform)
    }

    /// Lenders that go their own way: who holds nothing or takes the rest does not.
    private var loners: [Int] {
        held.indices.filter {
            held[$0] > 0 && $0 != residueHolder
                && income.computations[contract.lenders[$0]] != nil
        }
    }

    private func way(_ lender: Int) -> LenderComputation {
        income.computations[contract.lenders[lender]] ?? .scale
    }

    /// Each instalment's principal by lender.
    func principals() -> [[Int]] {
        let common = cut(CentStream(book, held), plan.map { Int($0.principal) })
        var parts = common
        for lender in loners {
            let figures = schedule(of: lender)?.instalments.map { Int($0.principal) }
            var left = held[lender]
            for (number, instalment) in plan.enumerated() {
                let wish =
                    figures?[number] ?? share(Int(instalment.principal), lender, of: held)
                let part = number == plan.count - 1 ? left : min(left, wish)
                parts[number][lender] = part
                left -= part
            }
        }
        return residue(parts, plan.map { Int($0.principal) }) ?? common
    }

    /// Each instalment's interest by lender, the spread behind them.
    func interests(_ principals: [[Int]]) -> [[Int]] {
        if hasOwnRates { return ownRates(principals) }
        let weights = IncomeWeights(contract, held).interest
        let amounts = plan.map { Int($0.interest) }
        let common = cut(CentStream(book, weights), amounts)
        var parts = common
        for lender in loners {
            let figures = schedule(of: lender)?.instalments.map { Int($0.interest) }
            for number in plan.indices {
                parts[number][lender] =
                    figures?[number] ?? share(amounts[number], lender, of: weights)
            }
        }
        return (residue(parts, amounts) ?? common).map { $0 + [0] }
    }

    /// Of a period that has begun: what everybody earns a day, the spread behind.
    func daily() -> [Int] {
        guard hasOwnRates else { return IncomeWeights(contract, held).interest + [0] }
        let parts = held.indices.map { held[$0] * rate(of: $0) }
        let whole = held.reduce(0, +) * Int(terms.rate.units)
        return parts + [max(0, whole - parts.reduce(0, +))]
    }
}

extension OwnFigures {
    private var hasOwnRates: Bool {
        guard case .ownRates = income.pricing else { return false }
        return held.indices.allSatisfy {
            held[$0] == 0 || income.rates[contract.lenders[$0]] != nil
        }
    }

    private func rate(of lender: Int) -> Int {
        Int(income.rates[contract.lenders[lender]]?.units ?? 0)
    }

    /// Each lender's rate on its own principal; what is left is the spread. Where the lenders want
    /// more than the borrower pays they share it in proportion.
    private func ownRates(_ principals: [[Int]]) -> [[Int]] {
        var parts = plan.map { _ in held.map { _ in 0 } }
        for lender in held.indices where held[lender] > 0 {
            let figures: [Int]
            if case .ownSchedule = way(lender), let own = schedule(of: lender) {
                figures = own.instalments.map { Int($0.interest) }
            } else {
                figures = interest(
                    of: lender, principals.map { $0[lender] },
                    runsOn: way(lender) != .perInstalment)
            }
            for number in plan.indices { parts[number][lender] = figures[number] }
        }
        return plan.indices.map { number in
            let (wanted, paid) = (parts[number].reduce(0, +), Int(plan[number].interest))
            if wanted <= paid { return parts[number] + [paid - wanted] }
            var stream = CentStream(book, parts[number])
            return stream.draw(paid).counts(held.count) + [0]
        }
    }

    /// A lender's interest at its own rate, rounded on the running total or each time anew.
    private func interest(of lender: Int, _ principals: [Int], runsOn: Bool) -> [Int] {
        var (left, exact, told) = (held[lender], ExactFraction.zero, 0)
        return plan.indices.map { number in
            let period = plan[number].fraction
            let bearing = terms.method == .flat ? held[lender] : left
            exact =
                exact
                + ExactFraction(Int128(bearing) * Int128(rate(of: lender)), 100_000_000)
                * ExactFraction(Int128(period.numerator), Int128(period.denominator))
            left -= principals[number]
            // Deferred: it is owed with the instalment that pays interest next.
            if plan[number].interest == 0 { return 0 }
            let whole = exact.rounded(terms.rounding.rawValue)
            let part = whole - told
            (exact, told) = runsOn ? (exact, whole) : (.zero, 0)
            return part
        }
    }

    private func schedule(of lender: Int) -> Schedule? {
        guard case .ownSchedule(let own) = way(lender), let first = plan.first else { return nil }
        let party = contract.lenders[lender]
        let terms = ScheduleTerms(
            principal: Int64(held[lender]), currency: terms.currency,
            rate: income.rates[party] ?? terms.rate, method: terms.method,
            instalments: plan.count, every: terms.every, disbursedOn: first.startsOn,
            firstDueOn: first.dueOn, dayCount: own.dayCount, rounding: own.rounding,
            instalmentRounding: own.instalmentRounding,
            principalGrace: max(0, terms.principalGrace - (first.number - 1)),
            interestGrace: max(0, terms.interestGrace - (first.number - 1)),
            monthEnd: terms.monthEnd, holidays: terms.holidays)
        let schedule = try? Schedule.build(terms)
        return schedule?.instalments.count == plan.count ? schedule : nil
    }

    private func share(_ amount: Int, _ lender: Int, of weights: [Int]) -> Int {
        ExactFraction(
            Int128(amount) * Int128(weights[lender]), Int128(weights.reduce(0, +))
        ).rounded("half-up")
    }

    private func cut(_ cents: CentStream, _ amounts: [Int]) -> [[Int]] {
        var cents = cents
        return amounts.map { cents.draw($0).counts(held.count) }
    }

    /// Nobody else than the residue holder bears what the others' figures leave; nil where that
    /// would be less than nothing.
    private func residue(_ parts: [[Int]], _ amounts: [Int]) -> [[Int]]? {
        guard let residueHolder else { return nil }
        var parts = parts
        for number in parts.indices {
            parts[number][residueHolder] += amounts[number] - parts[number].reduce(0, +)
            if parts[number][residueHolder] < 0 { return nil }
        }
        return parts
    }
}
