package import Monetary

/// How incomes and instalments of a loan are divided among its lenders, as agreed at booking.
package struct IncomeTerms: Hashable, Sendable {
    package let pricing: Pricing
    /// Shares of interest, both penalties and fees by party, each one whole; nil is by principal.
    package let interest: [PartyID: Share]?
    package let penalty: [PartyID: Share]?
    package let fee: [PartyID: Share]?
    /// Lenders' own rates, where pricing uses them.
    package let rates: [PartyID: AnnualRate]
    /// Lenders that compute otherwise than on scales.
    package let computations: [PartyID: LenderComputation]
    /// Who takes what is left of lenders' own computations; nil is the platform.
    package let residueHolder: PartyID?

    package init(
        pricing: Pricing = .borrowerRate, interest: [PartyID: Share]? = nil,
        penalty: [PartyID: Share]? = nil, fee: [PartyID: Share]? = nil,
        rates: [PartyID: AnnualRate] = [:], computations: [PartyID: LenderComputation] = [:],
        residueHolder: PartyID? = nil
    ) {
        self.pricing = pricing
        self.interest = interest
        self.penalty = penalty
        self.fee = fee
        self.rates = rates
        self.computations = computations.filter { $0.value != .scale }
        self.residueHolder = residueHolder
    }

    /// Everything by principal, on scales.
    package static let byPrincipal = IncomeTerms()
}

extension IncomeTerms {
    /// The same for those who have taken claims over: a party without a rate of its own earns on
    /// them what whoever it has them from earned.
    package func passedOn(by facts: [LoanFact]) -> IncomeTerms {
        var rates = rates
        for fact in facts.sorted() {
            guard case .assigned(let assignment) = fact.kind, let rate = rates[assignment.from],
                rates[assignment.to] == nil
            else { continue }
            rates[assignment.to] = rate
        }
        if rates == self.rates { return self }
        return IncomeTerms(
            pricing: pricing, interest: interest, penalty: penalty, fee: fee, rates: rates,
            computations: computations, residueHolder: residueHolder)
    }

    /// The weights of interest for holders of so much principal.
    func interestScale(_ holders: [PartyID], _ principal: ProportionalScale) throws(AmountError)
        -> ProportionalScale
    {
        guard pricing == .blended else { return try scale(interest, holders, principal) }
        let units = holders.map { rates[$0]?.units ?? 0 }
        let divisor = units.reduce(0, greatestCommonDivisor)
        if divisor == 0 { return principal }
        var weights: [Int64] = []
        for (index, rate) in units.enumerated() {
            weights.append(try principal.weights[index].times(rate / divisor))
        }
        return weights.contains { $0 > 0 } ? try ProportionalScale(weights: weights) : principal
    }

    /// The weights of a table of shares; by principal where the table gives something to a party
    /// that holds none of it, as before a transfer and after a sale.
    func scale(
        _ table: [PartyID: Share]?, _ holders: [PartyID], _ principal: ProportionalScale
    ) throws(AmountError) -> ProportionalScale {
        guard let table else { return principal }
        let held = Set(zip(holders, principal.weights).filter { $0.1 > 0 }.map(\.0))
        guard table.allSatisfy({ $0.value.numerator == 0 || held.contains($0.key) }) else {
            return principal
        }
        let none = try Share(0, of: 1)
        let weights = try Share.weights(holders.map { table[$0] ?? none }).weights
        return try ProportionalScale(weights: weights)
    }

    private func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}
