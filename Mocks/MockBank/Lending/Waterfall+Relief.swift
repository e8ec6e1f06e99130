// Claims that go without cash: waived, or written off in part or as a whole.

/// What is given up of a loan, as the platform told it and as long as it is not corrected.
struct Relief {
    let factID: String
    let isFull: Bool
    let isChargeOff: Bool
    /// Whether claims go to another holder, or come from one.
    let changesHands: Bool
    /// Whether only claims that have fallen due go, instalment by instalment.
    let isOfDue: Bool
    let valueDate: Day
    /// The bank's part as told, by component.
    var told: Components

    /// - Parameter original: The decision that it corrects; nil for one of its own.
    init(_ line: FactLine, correcting original: Relief? = nil) {
        isOfDue = original?.isOfDue ?? (line.told.principal == 0 && line.told.interest == 0)
        factID = line.factID
        isFull = line.kind == "charge-off"
        isChargeOff = line.kind.hasSuffix("charge-off")
        changesHands = line.changesHands
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
        if relief.isFull { isWrittenOff = true }
        let reach = share.instalments.indices.filter {
            relief.isFull || share.instalments[$0].dueOn <= day
        }
        let penalties = penalties(paidOn: stopped(day))
        let open = reach.map { outstanding($0, penalties) }
        let slack = conditions.roundingTolerance * Int64(max(1, reach.count))
        func all(_ amount: (Outstanding) -> Int64) -> Int64 { open.reduce(0) { $0 + amount($1) } }
        var left = GivenUp(
            penalty: limit(
                relief.told.penalty, all { $0.penalty + $0.penaltyOnInterest }, slack),
            fee: share.hasFees ? limit(relief.told.fee, all(\.fee), slack) : 0,
            interest: limit(relief.told.collectedInterest, all(\.interest), slack),
            principal: limit(
                relief.told.principal + relief.told.overduePrincipal, all(\.principal), slack))
        var given = Components()
        for (index, open) in zip(reach, open) {
            let part = left.take(from: open)
            note(part, open, of: index, on: day, in: &given)
        }
        return given
    }

    func limit(_ told: Int64, _ open: Int64, _ slack: Int64) -> Int64 {
        abs(told - open) <= slack ? open : min(told, open)
    }

    mutating func note(
        _ part: GivenUp, _ open: Outstanding, of index: Int, on day: Day,
        in given: inout Components
    ) {
        let onPrincipal = min(part.penalty, open.penalty)
        standings[index].penalty += onPrincipal
        standings[index].penaltyOnInterest += part.penalty - onPrincipal
        standings[index].fee += part.fee
        standings[index].interestPayments.append((day, part.interest))
        standings[index].principalPayments.append((day, part.principal))
        given.penalty += part.penalty
        given.fee += part.fee
        if day > share.instalments[index].dueOn {
            given.overdueInterest += part.interest
            given.overduePrincipal += part.principal
        } else {
            given.interest += part.interest
            given.principal += part.principal
        }
    }
}

/// What is given up, or is still to be, by component.
struct GivenUp {
    var penalty: Int64 = 0
    var fee: Int64 = 0
    var interest: Int64 = 0
    var principal: Int64 = 0

    /// Takes what it can off what is open of an instalment.
    mutating func take(from open: Outstanding) -> GivenUp {
        let part = GivenUp(
            penalty: min(penalty, open.penalty + open.penaltyOnInterest), fee: min(fee, open.fee),
            interest: min(interest, open.interest), principal: min(principal, open.principal))
        penalty -= part.penalty
        fee -= part.fee
        interest -= part.interest
        principal -= part.principal
        return part
    }
}
