import BusinessCalendar
import Monetary

extension LoanContract {
    /// What the other party pays more for a change of claims that somebody has ordered to move: all
    /// that has moved by it costs the ratio of the order, rounded half up; nil for a decision that
    /// nobody has ordered.
    func price(
        of decision: StandingDecision, by change: ClaimAmounts, isRevival: Bool,
        _ facts: [LoanFact]
    ) throws(ServicingError) -> Int64? {
        guard case .assigned(let moved) = decision.fact.kind,
            let order = moved.order(decision.date, facts)
        else { return nil }
        if order.counted != nil {
            return try countedPrice(of: decision, by: change, isRevival: isRevival, facts)
        }
        let all = (decision.amounts + change).cents
        return try ServicingError.amounts { () throws(AmountError) in
            try order.price(of: all) - decision.paid
        }
    }

    /// The same of claims that were sold at a price counted at a cut-off (RULES § 2).
    ///
    /// What was there at the cut-off, had it been known, costs the part that the whole share has
    /// cost; what would not have been passed through comes back, what has accrued since is free.
    private func countedPrice(
        of decision: StandingDecision, by change: ClaimAmounts, isRevival: Bool,
        _ facts: [LoanFact]
    ) throws(ServicingError) -> Int64? {
        guard case .assigned(let sale) = decision.fact.kind, sale.reason == .poolSale,
            let order = sale.order(decision.date, facts), let counted = order.counted,
            let seller = lenders.firstIndex(of: sale.from)
        else { return nil }
        let whole = try cutOff(counted.cutOff, facts).lenders[seller].claims.claim.cents
        guard whole > 0 else { return change.cents }
        let revival = try RevivedClaims(self, decision, sale, facts)
        let followed = isRevival ? decision.followed + change : decision.followed
        let byPeople = (decision.amounts + change - sale.claims - followed).cents
        let early = try revival.counted(of: seller, at: counted.cutOff)
        let product = 2 * Int128(early + byPeople) * Int128(counted.price) + Int128(whole)
        let rounded = product / (2 * Int128(whole)) - (product % (2 * Int128(whole)) < 0 ? 1 : 0)
        guard let priced = Int64(exactly: rounded) else { throw .amount(.overflow) }
        // What the borrower has paid of it since is the seller's, and not paid for again.
        let gone = (revival.target - followed).aboveZero.cents
        let known = facts.filter { $0 < decision.fact && $0.bookingDate <= decision.date }
        let back = try revival.passedBack(
            of: seller, since: counted.cutOff,
            withPrices: try order.tookPrices(self, known, on: decision.date))
        return priced + back - gone - (decision.paid - sale.price)
    }
}

extension RevivedClaims {
    /// How much more the share was at its cut-off than was known, as far as it follows; what has
    /// only followed decisions of before then since was there too.
    fileprivate func counted(of seller: Int, at cutOff: BusinessDate) throws(ServicingError)
        -> Int64
    {
        func claims(_ history: RevivedHistory) throws(ServicingError) -> Int64 {
            let (contract, facts) = (history.contract, history.facts)
            let early = Set(facts.lazy.filter { $0.valueDate <= cutOff }.map(\.id))
            let late = history.late(before: decision.fact)
                .filter { early.contains($0.correctedDecision ?? "") }
                .claims(of: contract.lenders[seller])
            let start = try contract.position(facts: facts, at: cutOff).lenders[seller].claims
            return start.claim.cents + late.cents
        }
        return part(max(0, try claims(now) - (try claims(then))))
    }

    /// How much less would have been passed through, as far as it follows.
    fileprivate func passedBack(
        of seller: Int, since cutOff: BusinessDate, withPrices: Bool
    ) throws(ServicingError) -> Int64 {
        func passed(_ history: RevivedHistory) throws(ServicingError) -> Int64 {
            let contract = history.contract
            let start = try contract.position(facts: history.facts, at: cutOff)
            let end = try history.position(before: decision.fact)
            let party = contract.lenders[seller]
            let period = contract.period(of: seller, from: start, to: end)
            // Covers that have paid for a loss since pay more for it now.
            let decided = Set(history.facts.lazy.filter { $0.valueDate > cutOff }.map(\.id))
            let came = contract.cash(of: seller, at: end) { decided.contains($0.fact) }
            let late = history.late(before: decision.fact)
                .filter { decided.contains($0.correctedDecision ?? "") }
            var cash = came.losses.total + late.lossPayments(to: party).total
            if withPrices {
                cash += came.prices(of: seller, from: start, to: end) + late.prices(to: party)
            }
            return period.collected.total + period.recovered + cash
        }
        return part(try passed(then) - (try passed(now)))
    }
}

extension [LoanFact] {
    /// What claims moving by these have brought a party in cash; below zero what they have cost.
    fileprivate func prices(to party: PartyID) -> Int64 {
        var sum: Int64 = 0
        for case .assigned(let one) in map(\.kind) {
            if one.from == party { sum += one.price }
            if one.to == party { sum -= one.price }
        }
        return sum
    }
}

extension Assignment {
    /// What people have asked for of which it is the outcome; nil where nobody has, or several
    /// orders of the date between the same parties name other prices.
    fileprivate func order(_ date: BusinessDate, _ facts: [LoanFact]) -> AssignmentOrder? {
        var orders: [AssignmentOrder] = []
        for fact in facts where fact.valueDate == date {
            if case .instructed(.assignment(let order)) = fact.kind, order.reason == reason,
                order.from == from, order.to == to, order.ground == ground
            {
                orders.append(order)
            }
        }
        let isOnePrice = orders.allSatisfy {
            $0.priceRatio == orders[0].priceRatio && $0.counted == orders[0].counted
        }
        return isOnePrice ? orders.first : nil
    }
}
