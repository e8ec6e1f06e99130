// Claims that go without cash: waived, or written off in part or as a whole.

/// What is given up of a loan, as the platform told it and as long as it is not corrected.
struct Relief {
    let factID: String
    let isFull: Bool
    let isChargeOff: Bool
    let valueDate: Day
    /// The bank's part as told, by component.
    var told: Components

    init(_ line: FactLine) {
        factID = line.factID
        isFull = line.kind == "charge-off"
        isChargeOff = line.kind.hasSuffix("charge-off")
        valueDate = line.valueDate
        told = line.told
    }
}

extension Waterfall {
    /// The day, or the earlier one from which nothing accrues any more.
    func stopped(_ day: Day) -> Day {
        guard let stoppedOn, stoppedOn < day else { return day }
        return stoppedOn
    }

    /// Interest of an instalment that was or will be billed.
    func billed(_ index: Int) -> Int64 {
        let due = share.instalments[index]
        guard let stoppedOn, due.dueOn > stoppedOn else { return due.interest }
        let elapsed = stoppedOn.days(since: due.startsOn)
        return elapsed > 0 ? share.accrued(index, elapsed: elapsed) : 0
    }

    /// Gives up the bank's own claims in place of those told: oldest first, of what is due, or of
    /// everything; what differs by cents from all that is open is all that is open.
    mutating func relieve(_ relief: Relief) -> Components {
        let day = relief.valueDate
        if relief.isFull, stoppedOn == nil { stoppedOn = day }
        let reach = share.instalments.indices.filter {
            relief.isFull || share.instalments[$0].dueOn <= day
        }
        let penalties = penalties(paidOn: stopped(day))
        let open = reach.map { outstanding($0, penalties) }
        let slack = conditions.roundingTolerance * Int64(max(1, reach.count))
        var left = Outstanding(
            penalty: limit(relief.told.penalty, open.reduce(0) { $0 + $1.penalty }, slack),
            interest: limit(
                relief.told.collectedInterest, open.reduce(0) { $0 + $1.interest }, slack),
            principal: limit(
                relief.told.principal + relief.told.overduePrincipal,
                open.reduce(0) { $0 + $1.principal }, slack))
        var given = Components()
        for (index, open) in zip(reach, open) {
            let part = Outstanding(
                penalty: min(left.penalty, open.penalty),
                interest: min(left.interest, open.interest),
                principal: min(left.principal, open.principal))
            left = left - part
            note(part, of: index, on: day, in: &given)
        }
        return given
    }

    private func limit(_ told: Int64, _ open: Int64, _ slack: Int64) -> Int64 {
        abs(told - open) <= slack ? open : min(told, open)
    }

    private mutating func note(
        _ part: Outstanding, of index: Int, on day: Day, in given: inout Components
    ) {
        standings[index].penalty += part.penalty
        standings[index].interest += part.interest
        if part.principal > 0 {
            standings[index].principalPayments.append((day, part.principal))
        }
        given.penalty += part.penalty
        if day > share.instalments[index].dueOn {
            given.overdueInterest += part.interest
            given.overduePrincipal += part.principal
        } else {
            given.interest += part.interest
            given.principal += part.principal
        }
    }
}

extension Outstanding {
    static func - (left: Outstanding, right: Outstanding) -> Outstanding {
        Outstanding(
            penalty: left.penalty - right.penalty, interest: left.interest - right.interest,
            principal: left.principal - right.principal)
    }
}
