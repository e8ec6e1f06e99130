// Claims that come to the bank at the end of a day: its own again, or the other holders'.

extension Waterfall {
    /// What had all gone comes back as if the bank had always held it; of single instalments what
    /// went of them; else the bank's part of every claim grows.
    mutating func takeOver(_ relief: Relief) -> Components {
        let night = relief.valueDate.adding(days: 1)
        if isHandedOver, !isWrittenOff { return takeBack(relief, night) }
        let told = share.hasFees ? relief.told : relief.told.withoutFee
        let amounts = GivenUp(told)
        guard relief.isOfDue else {
            return move(
                amounts, of: openClaims(endOf: relief.valueDate), from: night,
                overdue: GivenUp(overdue: told))
        }
        let gone = share.instalments.indices.map { index in
            share.instalments[index].dueOn < night ? moved(of: index) : GivenUp()
        }
        return move(GivenUp.shares(of: amounts, by: gone), from: night)
    }

    /// Where less comes back than went, the rest goes again at once.
    private mutating func takeBack(_ relief: Relief, _ night: Day) -> Components {
        let before = openClaims(endOf: relief.valueDate)
        for move in moves where move.isLast { undo(move) }
        moves.removeAll(where: \.isLast)
        (stoppedOn, isHandedOver) = (nil, false)
        let open = openClaims(endOf: relief.valueDate)
        var taken = difference(before, open, night)
        let slack = max(1, conditions.roundingTolerance * Int64(max(1, open.count)))
        func unless(_ all: Int64, _ told: Int64) -> Int64 {
            told - all <= slack ? 0 : told - all
        }
        let told = relief.told
        let rest = GivenUp(
            penalty: unless(taken.penalty, told.penalty),
            fee: share.hasFees ? unless(taken.fee, told.fee) : 0,
            interest: unless(taken.collectedInterest, told.collectedInterest),
            principal: unless(
                taken.principal + taken.overduePrincipal, told.principal + told.overduePrincipal))
        if !rest.isNothing {
            let overdue = GivenUp(overdue: told - taken)
            taken += move(rest, of: open, from: night, overdue: overdue)
        }
        return taken
    }

    /// As if it had never gone: penalties of the nights between come with the claim.
    private mutating func undo(_ move: Move) {
        let (index, part) = (move.index, move.part)
        standings[index].penalty -= part.penalty
        standings[index].fee -= part.fee
        let standing = standings[index]
        if let place = standing.interestPayments.lastIndex(where: { $0 == (move.on, part.interest) }
        ) {
            standings[index].interestPayments.remove(at: place)
        }
        let gone = (move.on, part.principal)
        if let place = standing.principalPayments.lastIndex(where: { $0 == gone }) {
            standings[index].principalPayments.remove(at: place)
        }
    }

    private func difference(_ before: [GivenUp], _ after: [GivenUp], _ night: Day) -> Components {
        var taken = Components()
        for (index, claims) in zip(before, after).enumerated() {
            let (was, isNow) = claims
            taken.penalty += was.penalty - isNow.penalty
            taken.fee += was.fee - isNow.fee
            let interest = was.interest - isNow.interest
            let principal = was.principal - isNow.principal
            if share.instalments[index].dueOn < night {
                taken.overdueInterest += interest
                taken.overduePrincipal += principal
            } else {
                taken.interest += interest
                taken.principal += principal
            }
        }
        return taken
    }
}

extension GivenUp {
    fileprivate init(_ told: Components) {
        self.init(
            penalty: told.penalty, fee: told.fee, interest: told.collectedInterest,
            principal: told.principal + told.overduePrincipal)
    }

    fileprivate init(overdue told: Components) {
        self.init(interest: told.overdueInterest, principal: told.overduePrincipal)
    }

    fileprivate var isNothing: Bool {
        penalty == 0 && fee == 0 && interest == 0 && principal == 0
    }
}

extension Components {
    fileprivate var withoutFee: Components {
        var components = self
        components.fee = 0
        return components
    }
}
