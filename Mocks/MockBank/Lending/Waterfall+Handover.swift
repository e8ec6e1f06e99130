// Claims that go to another holder at the end of a day and at a price.

/// What went of an instalment at the end of a day.
struct Move {
    /// The day after, from which it is another's.
    let on: Day
    let index: Int
    let part: GivenUp
    /// Whether the bank had no principal left after it.
    let isLast: Bool
}

extension Waterfall {
    /// Books the bank's own claims in place of those told, and gives what it has less; what comes
    /// to it is below zero.
    mutating func handOver(_ relief: Relief) -> Components {
        relief.told.total < 0 ? takeOver(relief) : giveAway(relief)
    }

    /// All principal, and the loan is over for the bank; the due instalments that are told; or a
    /// part of everything.
    private mutating func giveAway(_ relief: Relief) -> Components {
        let night = relief.valueDate.adding(days: 1)
        let open = openClaims(endOf: relief.valueDate)
        let slack = max(1, conditions.roundingTolerance * Int64(max(1, open.count)))
        func all(_ amount: (GivenUp) -> Int64) -> Int64 { open.reduce(0) { $0 + amount($1) } }
        func some(_ told: Int64, _ open: Int64) -> Int64 {
            told == 0 ? 0 : limit(told, open, slack)
        }
        let told = relief.told
        let left = GivenUp(
            penalty: some(told.penalty, all(\.penalty)),
            fee: share.hasFees ? some(told.fee, all(\.fee)) : 0,
            interest: some(told.collectedInterest, all(\.interest)),
            principal: some(told.principal + told.overduePrincipal, all(\.principal)))
        if left.principal == all(\.principal) {
            return giveFirst(left, of: open, from: night, isAll: true)
        }
        let due = open.indices.filter { share.instalments[$0].dueOn < night }
        let hasMore = open.indices.contains { !due.contains($0) && open[$0].principal > 0 }
        if relief.isOfDue, hasMore {
            return giveFirst(left, of: due.map { open[$0] }, from: night, isAll: false)
        }
        return move(left, of: open, from: night)
    }

    /// The oldest first; whoever has handed all principal over accrues nothing from the night on.
    private mutating func giveFirst(
        _ amounts: GivenUp, of open: [GivenUp], from night: Day, isAll: Bool
    ) -> Components {
        var (left, given) = (amounts, Components())
        let penalties = penalties(paidOn: stopped(night))
        if isAll {
            if stoppedOn == nil { stoppedOn = night }
            isHandedOver = true
        }
        for (index, open) in open.enumerated() {
            let part = left.take(from: open)
            moves.append(Move(on: night, index: index, part: part, isLast: isAll))
            note(part, outstanding(index, penalties), of: index, on: night, in: &given)
        }
        return given
    }

    /// A part of every claim, so much of each component; amounts below zero come to the bank.
    ///
    /// - Parameter overdue: What of it is overdue where claims come back, as the platform tells it.
    mutating func move(
        _ amounts: GivenUp, of open: [GivenUp], from night: Day, overdue: GivenUp? = nil
    ) -> Components {
        let whole = wholePrincipal(open)
        let parts = parts(of: amounts, open, endOf: night.adding(days: -1), overdue)
        let principals = open.map(\.principal)
        let holders = whole.map {
            HeldScale(amounts.principal, of: principals.reduce(0, +), whole: $0.reduce(0, +))
        }
        return move(parts, from: night, holders)
    }

    mutating func move(_ parts: [GivenUp], from night: Day, _ holders: HeldScale? = nil)
        -> Components
    {
        let penalties = penalties(paidOn: stopped(night))
        let due = share.instalments.prefix { $0.dueOn < night }.count
        let accrued = accrued(due, before: night)
        var given = Components()
        for (index, part) in parts.enumerated() {
            moves.append(Move(on: night, index: index, part: part, isLast: false))
            if index < due {
                note(part, outstanding(index, penalties), of: index, on: night, in: &given)
            } else {
                given.interest += part.interest
                given.principal += part.principal
            }
        }
        share.standsAlone = true
        keep(penalties, on: night)
        guard due < parts.count else { return given }
        let interest = parts[due...].reduce(0) { $0 + $1.interest }
        standings[due].interestPayments.append((night, interest))
        standings[due].early += interest
        share.move(
            parts[due...].map(\.principal), interest: standings[due].early, at: due, on: night)
        if let holders, holders.isSound {
            share.hold(holders, from: due, on: night, accrued: accrued)
        }
        // What had accrued by then stays what it was, whatever own amounts come to.
        let cents = self.accrued(due, before: night) - accrued
        guard cents != 0 else { return given }
        standings[due].interestPayments.append((night, cents))
        standings[due].early += cents
        moves.append(
            Move(on: night, index: due, part: GivenUp(interest: cents), isLast: false))
        return given
    }

    private func accrued(_ index: Int, before night: Day) -> Int64 {
        guard index < share.instalments.count else { return 0 }
        let elapsed = night.days(since: share.instalments[index].startsOn)
        return elapsed > 0 ? share.accrued(index, elapsed: elapsed) : 0
    }

    /// Penalties of the nights before stay what they were, whatever own amounts come to.
    private mutating func keep(_ earlier: Penalties, on night: Day) {
        let now = penalties(paidOn: stopped(night))
        for index in standings.indices {
            let onPrincipal = now.onPrincipal[index] - earlier.onPrincipal[index]
            let onInterest = now.onInterest[index] - earlier.onInterest[index]
            if onPrincipal == 0, onInterest == 0 { continue }
            standings[index].penalty += onPrincipal
            standings[index].penaltyOnInterest += onInterest
            let part = GivenUp(penalty: onPrincipal + onInterest)
            moves.append(Move(on: night, index: index, part: part, isLast: false))
        }
    }

    /// What of each instalment makes up the amounts, of what is due and of the rest by themselves:
    /// what stays is the bank's part of the whole loan's claims on a scale of its own, where the
    /// bank computes on scales.
    private func parts(
        of amounts: GivenUp, _ open: [GivenUp], endOf day: Day, _ overdue: GivenUp?
    ) -> [GivenUp] {
        let due = share.instalments.prefix { $0.dueOn <= day }.count
        let wholes = wholeClaims(open, endOf: day)
        var (first, rest) = amounts.parted(at: due, of: open, wholes)
        // What falls due on the day is not overdue yet.
        if let overdue, due == share.instalments.count(where: { $0.dueOn < day }) {
            for amount in [\GivenUp.principal, \.interest] where amounts[keyPath: amount] != 0 {
                first[keyPath: amount] = overdue[keyPath: amount]
                rest[keyPath: amount] = amounts[keyPath: amount] - overdue[keyPath: amount]
            }
        }
        return parts(of: first, 0..<due, open, wholes)
            + parts(of: rest, due..<open.count, open, wholes)
    }

    private func parts(
        of amounts: GivenUp, _ range: Range<Int>, _ open: [GivenUp], _ wholes: [GivenUp]?
    ) -> [GivenUp] {
        let open = Array(open[range])
        var parts = GivenUp.shares(of: amounts, by: open)
        guard let wholes else { return parts }
        for amount in [\GivenUp.principal, \.interest] {
            let wholes = wholes[range].map { $0[keyPath: amount] }
            let all = open.reduce(0) { $0 + $1[keyPath: amount] }
            let scale = HeldScale(amounts[keyPath: amount], of: all, whole: wholes.reduce(0, +))
            guard wholes.contains(where: { $0 > 0 }), scale.isSound else { continue }
            var start: Int64 = 0
            for (index, whole) in wholes.enumerated() {
                parts[index][keyPath: amount] =
                    open[index][keyPath: amount] - scale.part(from: start, length: whole)
                start += whole
            }
        }
        return parts
    }

    /// The whole loan's unpaid principal and interest by instalment; nil where the bank computes on
    /// amounts of its own.
    private func wholeClaims(_ open: [GivenUp], endOf day: Day) -> [GivenUp]? {
        guard let principal = wholePrincipal(open) else { return nil }
        let night = stopped(day.adding(days: 1))
        return open.indices.map { index in
            var whole = GivenUp(principal: principal[index])
            if share.instalments[index].dueOn <= day {
                whole.interest = share.scheduledUnpaidInterest(
                    index, unpaid: open[index].interest)
            } else {
                let elapsed = night.days(since: share.instalments[index].startsOn)
                whole.interest = elapsed > 0 ? share.schedule.accrued(index, elapsed: elapsed) : 0
            }
            return whole
        }
    }

    /// The whole loan's unpaid principal by instalment; nil where the bank computes on amounts of
    /// its own.
    private func wholePrincipal(_ open: [GivenUp]) -> [Int64]? {
        guard share.computation == .scale, !share.standsAlone, share.changed == nil else {
            return nil
        }
        return open.indices.map { share.scheduledUnpaid($0, unpaid: open[$0].principal) }
    }

    /// What has gone of an instalment in all.
    func moved(of index: Int) -> GivenUp {
        moves.filter { $0.index == index }.reduce(into: GivenUp()) { $0.add($1.part) }
    }

    /// What has gone since the end of a day.
    func moved(since day: Day) -> GivenUp {
        moves.filter { $0.on > day }.reduce(into: GivenUp()) { $0.add($1.part) }
    }

    /// What every instalment owes at the end of a day: interest that has accrued, not what will.
    func openClaims(endOf day: Day) -> [GivenUp] {
        let night = stopped(day.adding(days: 1))
        let penalties = penalties(paidOn: night)
        return share.instalments.indices.map { index in
            let open = outstanding(index, penalties)
            guard share.instalments[index].dueOn > day else {
                return GivenUp(
                    penalty: open.penalty + open.penaltyOnInterest, fee: open.fee,
                    interest: open.interest, principal: open.principal)
            }
            let elapsed = night.days(since: share.instalments[index].startsOn)
            let accrued = elapsed > 0 ? share.accrued(index, elapsed: elapsed) : 0
            return GivenUp(
                interest: accrued - standings[index].interest, principal: open.principal)
        }
    }
}

extension GivenUp {
    mutating func add(_ other: GivenUp) {
        penalty += other.penalty
        fee += other.fee
        interest += other.interest
        principal += other.principal
    }

    /// Takes what it can off what is open of an instalment.
    fileprivate mutating func take(from open: GivenUp) -> GivenUp {
        let part = GivenUp(
            penalty: min(penalty, open.penalty), fee: min(fee, open.fee),
            interest: min(interest, open.interest), principal: min(principal, open.principal))
        penalty -= part.penalty
        fee -= part.fee
        interest -= part.interest
        principal -= part.principal
        return part
    }

    /// What of the amounts is of claims before a place, rounded down, and of the rest; what comes
    /// from others goes by the whole loan's, where the bank knows them.
    fileprivate func parted(at place: Int, of open: [GivenUp], _ wholes: [GivenUp]?)
        -> (first: GivenUp, rest: GivenUp)
    {
        var (first, rest) = (GivenUp(), self)
        for amount in [\GivenUp.penalty, \.fee, \.interest, \.principal] {
            let isOnScales = amount == \GivenUp.interest || amount == \GivenUp.principal
            let comes = isOnScales && self[keyPath: amount] < 0
            let claims = (comes ? wholes ?? open : open).map { $0[keyPath: amount] }
            let whole = claims.reduce(0, +)
            if whole <= 0 { continue }
            let part = Int128(self[keyPath: amount]) * Int128(claims[..<place].reduce(0, +))
            first[keyPath: amount] = Int64(part / Int128(whole))
            rest[keyPath: amount] -= first[keyPath: amount]
        }
        return (first, rest)
    }

    /// Amounts laid on claims in proportion, by running totals, so that no cent is lost.
    static func shares(of amounts: GivenUp, by open: [GivenUp]) -> [GivenUp] {
        var parts = open.map { _ in GivenUp() }
        for amount in [\GivenUp.penalty, \.fee, \.interest, \.principal] {
            let whole = open.reduce(0) { $0 + $1[keyPath: amount] }
            let (size, sign) = (abs(amounts[keyPath: amount]), amounts[keyPath: amount].signum())
            if whole <= 0 { continue }
            var (running, laid): (Int64, Int64) = (0, 0)
            for index in open.indices {
                running += open[index][keyPath: amount]
                let target = Int64(
                    Rounding.halfUp.divide(Int128(size) * Int128(running), by: Int128(whole)))
                parts[index][keyPath: amount] = sign * (target - laid)
                laid = target
            }
        }
        return parts
    }
}
