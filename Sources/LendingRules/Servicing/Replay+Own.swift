import BusinessCalendar
import Monetary

// Loans of which a lender computes its part otherwise than on the scales.

extension IncomeTerms {
    /// Whether every part of principal and interest lies on the scales of a loan.
    package var isOnScales: Bool {
        if case .ownRates = pricing { return false }
        return computations.isEmpty
    }
}

extension OwnComputation {
    /// The computation of a first epoch; nil where everything lies on scales.
    init?(of contract: LoanContract) {
        if contract.income.isOnScales { return nil }
        unlaid = contract.scale.weights
        laidInterest = [Int64](repeating: 0, count: contract.lenders.count + 1)
        billed = 0
        if case .ownRates(let owner, let order) = contract.income.pricing {
            spreadOwner = contract.lenders.firstIndex(of: owner)
            spread = order
        } else {
            (spreadOwner, spread) = (nil, .proRata)
        }
    }
}

extension Replay {
    /// Divides the instalments that have not fallen due anew; of an open one that has begun to
    /// accrue what lies beyond `begun`, what has accrued by now and was not settled before.
    mutating func assignShares(begun: Int64 = 0) throws(AmountError) {
        guard let own, dueCount < instalments.count else { return }
        guard own.unlaid.contains(where: { $0 > 0 }) else { return try shareRest(beyond: begun) }
        let computation = ShareComputation(
            contract: contract, schedule: schedule, instalments: schedule.instalments[dueCount...],
            principal: try ProportionalScale(weights: own.unlaid), rate: rates.latest)
        let principals = try computation.principalParts()
        let interests = try computation.interestParts(of: principals)
        let isBegun = begun + instalments[dueCount].before.interest > 0
        for place in principals.indices {
            // What grace defers accrues as the instalment that bills it is divided.
            let billing = computation.billing(place)
            let shares = try OwnShares(
                principal: principals[place], interest: interests[billing], computation.principal)
            if place == 0, isBegun {
                instalments[dueCount].shares?.principal = shares.principal
                instalments[dueCount].shares?.interest.turn(
                    at: begun, to: try computation.restWeights())
            } else {
                instalments[dueCount + place].shares = shares
            }
        }
    }

    /// Once all principal has fallen due there is nothing to compute by: interest to come, of a
    /// flat loan, goes by who holds the claims.
    private mutating func shareRest(beyond begun: Int64) throws(AmountError) {
        let holders = scale.principal.latest
        let none = [Int64](repeating: 0, count: lenders.count)
        for index in dueCount..<instalments.count {
            let shares = try OwnShares(principal: none, interest: none + [0], holders)
            if index == dueCount, begun > 0 {
                instalments[index].shares?.interest.turn(at: begun, to: shares.interest.latest)
            } else {
                instalments[index].shares = shares
            }
        }
    }

    /// What of the open period has accrued before a date, less what was settled of it before the
    /// present epoch.
    func openPlace(before date: BusinessDate) throws(AmountError) -> Int64 {
        guard let own, dueCount < instalments.count else { return 0 }
        let accrued = try accruedInterest(before: date) - own.billed
        return max(0, accrued - instalments[dueCount].before.interest)
    }

    /// An instalment falls due: from now on the owner of a spread that comes last waits.
    mutating func layShares(_ index: Int) throws(AmountError) {
        guard var own, var shares = instalments[index].shares else { return }
        let state = instalments[index]
        let end = state.interest - state.before.interest
        let start = state.settled.interest - state.before.interest
        if index + 1 < instalments.count, instalments[index + 1].instalment.carried > 0 {
            instalments[index + 1].shares?.interest = shares.interest.dropping(first: end)
        }
        if own.spread == .last { try shares.putSpreadLast(from: start, to: end) }
        let interest = try shares.interest.parts(from: 0, to: end)
        for place in interest.indices { own.laidInterest[place] += interest[place] }
        own.billed += state.interest
        let principal = try shares.principal.parts(
            from: 0, to: state.instalment.principal - state.before.principal)
        for lender in principal.indices { own.unlaid[lender] -= principal[lender] }
        instalments[index].shares = shares
        self.own = own
    }

    /// Whose principal is repaid before it falls due.
    mutating func earlyParts(_ amount: Int64) throws(AmountError) -> [Int64] {
        guard let own else {
            return try scale.principal.parts(from: laid.principal, to: laid.principal + amount)
        }
        let parts = try ProportionalScale(weights: own.unlaid).parts(of: amount)
        for lender in parts.indices { self.own?.unlaid[lender] -= parts[lender] }
        return parts
    }

    /// Divides what is left when claims have changed hands, as the new scales do, and what is to
    /// come as the new holders compute it.
    mutating func layShares(holding claims: [Components]) throws(AmountError) {
        guard own != nil else { return }
        for index in instalments.indices { instalments[index].shares = nil }
        var laidInterest = [Int64](repeating: 0, count: lenders.count + 1)
        let due = instalments[..<dueCount].reduce(0) { $0 + $1.unpaidInterest }
        let all = instalments.reduce(0) { $0 + $1.unpaidPrincipal }
        let unlaid = try scale.principal.parts(from: laid.principal, to: all)
        for (lender, part) in try scale.interest.parts(from: 0, to: due).enumerated() {
            laidInterest[lender] = part
        }
        // What a charge-off has left of later instalments nobody computes anew.
        let end = stoppedOn == nil ? dueCount : instalments.count
        var shares: [OwnShares] = []
        for index in 0..<end {
            let principal = try principalParts(index, instalments[index].unpaidPrincipal)
            let interest = try interestParts(index, instalments[index].unpaidInterest)
            shares.append(
                try OwnShares(
                    principal: principal, interest: interest + [0], scale.principal.latest))
        }
        for index in shares.indices { instalments[index].shares = shares[index] }
        own?.unlaid = unlaid
        own?.laidInterest = laidInterest
        own?.billed = instalments[..<dueCount].reduce(0) { $0 + $1.interest }
        guard dueCount < instalments.count, stoppedOn == nil else { return }
        let open = claims.map(\.interest)
        instalments[dueCount].shares = try OwnShares(
            principal: unlaid, interest: open + [0], scale.principal.latest)
        try assignShares(begun: open.reduce(0, +))
    }
}

extension OwnShares {
    /// Shares of so much for each lender; `fallback` stands where there is nothing to divide.
    init(principal: [Int64], interest: [Int64], _ fallback: ProportionalScale)
        throws(AmountError)
    {
        let isRepaid = principal.allSatisfy { $0 == 0 }
        let isFree = interest.allSatisfy { $0 == 0 }
        self.principal = ComponentScale(
            isRepaid ? fallback : try ProportionalScale(weights: principal))
        self.interest = ComponentScale(
            try ProportionalScale(weights: isFree ? fallback.weights + [0] : interest))
    }

    /// Lets what is left of the spread come after what is left of the entitlements.
    fileprivate mutating func putSpreadLast(from start: Int64, to end: Int64)
        throws(AmountError)
    {
        var left = try interest.parts(from: start, to: end)
        let spread = left.removeLast()
        let entitled = left.reduce(0, +)
        guard spread > 0, entitled > 0 else { return }
        interest.overlay(from: start, with: try ProportionalScale(weights: left + [0]))
        interest.turn(
            at: start + entitled,
            to: try ProportionalScale(weights: left.map { _ in 0 } + [spread]))
    }
}
