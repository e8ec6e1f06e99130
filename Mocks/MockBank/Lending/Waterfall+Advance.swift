// Cash beyond everything due, and plans that have changed.

extension Waterfall {
    private var early: EarlyRepayment { conditions.early(share.terms.method) }

    /// Whether cash beyond what is due repays principal, and does not wait.
    var repaysEarly: Bool { stoppedOn == nil && early.effect != .nextInstalment }

    /// Pays what has accrued in the open period, then principal with its fee.
    mutating func payInAdvance(_ index: Int, _ slip: inout Slip) {
        let elapsed = slip.day.days(since: share.instalments[index].startsOn)
        let accrued = elapsed < 0 ? 0 : share.accrued(index, elapsed: elapsed)
        let owedInterest = max(0, accrued - standings[index].interest)
        let owed = share.principal(from: index)
        let fee = early.fee(on: repaidEarly + owed) - earlyFees
        let slack = conditions.roundingTolerance * Int64(standings.count)
        // A few cents more or less than all there is are all there is.
        if abs(slip.left - owedInterest - owed - fee) <= slack {
            rounding += slip.left - owedInterest - owed - fee
            slip.left = owedInterest + owed + fee
        }
        let interest = slip.take(owedInterest)
        let principal = principal(of: slip.left, atMost: owed)
        let charged = slip.take(early.fee(on: repaidEarly + principal) - earlyFees)
        slip.left -= principal
        standings[index].pay(interest: interest, on: slip.day)
        standings[index].early += interest
        slip.paid[index, default: Components()].interest += interest
        slip.paid[index, default: Components()].fee += charged
        slip.paid[index, default: Components()].principal += principal
        guard principal > 0 else { return }
        (repaidEarly, earlyFees) = (repaidEarly + principal, earlyFees + charged)
        share.repay(
            principal, interest: standings[index].early, at: index, on: slip.day, early.effect)
        fitStandings()
        for notice in notices where follow(notice, on: slip.day) { break }
    }

    /// The most principal that some cash repays together with its fee.
    private func principal(of cash: Int64, atMost owed: Int64) -> Int64 {
        func cost(_ principal: Int64) -> Int64 {
            principal + early.fee(on: repaidEarly + principal) - earlyFees
        }
        if cost(owed) <= cash { return owed }
        var (low, high) = (Int64(0), min(cash, owed))
        while low < high {
            let middle = high - (high - low) / 2
            if cost(middle) <= cash { low = middle } else { high = middle - 1 }
        }
        return low
    }

    mutating func fitStandings() {
        let count = share.instalments.count
        while standings.count < count { standings.append(Standing()) }
        standings.removeSubrange(count...)
    }
}

extension Waterfall {
    /// Goes by a notice from a day on, where its principal adds up to the bank's; says whether.
    @discardableResult
    mutating func follow(_ notice: PlanNotice, on day: Day) -> Bool {
        guard stoppedOn == nil, let index = share.open(on: day),
            let rows = notice.rows(from: index)
        else { return false }
        let difference = share.principal(from: index) - rows.reduce(0) { $0 + $1.principal }
        guard abs(difference) <= conditions.roundingTolerance * Int64(rows.count) else {
            return false
        }
        let early = standings[index].early
        var plain = share
        plain.follow(rows, at: index, early: early, cutOn: notice.bookedOn)
        if !fits(plain, rows, index, early) {
            guard let change = otherRate(rows, index, early, notice) else { return false }
            plain = share
            plain.follow(rows, at: index, early: early, cutOn: notice.bookedOn, change)
        }
        share = plain
        rounding += difference
        fitStandings()
        followed.insert(notice.bookedOn)
        return true
    }

    /// Whether the interest told is what the bank computes, but for cents.
    private func fits(
        _ plan: ShareOfLoan, _ rows: ArraySlice<ToldInstalment>, _ index: Int, _ early: Int64
    ) -> Bool {
        zip(rows, plan.instalments[index...]).enumerated().allSatisfy { place, pair in
            let own = pair.1.interest - (place == 0 ? early : 0)
            return abs(pair.0.interest - own) <= conditions.roundingTolerance + 1
        }
    }

    /// The rate, and the day from which it holds, that explain all interest told; nil when none
    /// does.
    private func otherRate(
        _ rows: ArraySlice<ToldInstalment>, _ index: Int, _ early: Int64, _ notice: PlanNotice
    ) -> (rate: Exact, from: Day)? {
        let start = share.instalments[index].startsOn
        let end = min(share.instalments[index].dueOn, rows[rows.startIndex].dueOn)
        let days = [notice.bookedOn] + (0..<end.days(since: start)).map(start.adding)
        for rate in rates(told: rows, index, early, notice) {
            for day in days where day >= start && day <= end {
                var plan = share
                plan.follow(rows, at: index, early: early, cutOn: notice.bookedOn, (rate, day))
                if fits(plan, rows, index, early) { return (rate, day) }
            }
        }
        return nil
    }

    /// Rates near the one that the interest told comes from, the roundest first.
    private func rates(
        told rows: ArraySlice<ToldInstalment>, _ index: Int, _ early: Int64, _ notice: PlanNotice
    ) -> [Exact] {
        let start = share.instalments[index].startsOn
        func interest(at rate: Exact, from day: Day) -> [Int64] {
            var plan = share
            plan.follow(rows, at: index, early: early, cutOn: notice.bookedOn, (rate, day))
            return plan.instalments[index...].map(\.interest)
        }
        let whole = interest(at: share.rate, from: start)
        var found = [quotient(rows.dropFirst().map(\.interest), Array(whole.dropFirst()))]
        for (row, own) in zip(rows, whole).suffix(3) {
            found.append(quotient([row.interest], [own]))
        }
        // Of the open period the days before bear what they bore.
        let day = max(start, notice.bookedOn)
        let (now, none) = (interest(at: share.rate, from: day), interest(at: .zero, from: day))
        if let first = rows.first, let now = now.first, let none = none.first {
            found.append(quotient([first.interest + early - none], [now - none]))
        }
        return [Int64(1), 10, 100, 1_000, 10_000].flatMap { scale in
            found.compactMap { $0.flatMap { rate($0.told, $0.own, scale) } }
        }
    }

    private func quotient(_ told: [Int64], _ own: [Int64]) -> (told: Int64, own: Int64)? {
        let sums = (told: told.reduce(0, +), own: own.reduce(0, +))
        return sums.told >= 0 && sums.own > 0 ? sums : nil
    }

    /// The rate that bears `told` where the present one bears `own`.
    private func rate(_ told: Int64, _ own: Int64, _ scale: Int64) -> Exact? {
        let wanted = Int128(told) * Int128(share.rate.units) * Int128(scale)
        let units = Rounding.halfUp.divide(wanted, by: Int128(own) * Int128(share.rate.scale))
        return Int64(exactly: units).map { Exact(units: $0, scale: scale) }
    }

    /// Why the bank does not go by the last plan it was sent; nil when it does.
    package var refusedPlan: String? {
        guard let last = notices.last, !followed.contains(last.bookedOn) else { return nil }
        let told = last.rows.filter { $0.dueOn > last.bookedOn }.reduce(0) { $0 + $1.principal }
        let index = share.open(on: last.bookedOn) ?? share.instalments.count
        return "the plan of \(last.bookedOn) cannot be checked: its principal is \(told), ours "
            + "\(share.principal(from: index)), or no rate explains its interest"
    }
}
