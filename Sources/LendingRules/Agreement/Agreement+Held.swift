import Monetary

extension Agreement {
    /// What is wrong with a loan's rate where shares are fixed, so that all loans have one mean.
    package func refusal(ofRate rate: AnnualRate) -> FundingRefusal? {
        guard tiers.isEmpty, let mean = try? meanRate() else { return nil }
        return switch pricing {
        case .blended where rate != mean: .rateNotBlended(mean)
        case .ownRates where rate < mean: .rateBelowOwed(mean)
        default: nil
        }
    }

    /// What is wrong with a loan's rate where lenders of its tier have rates of their own: the
    /// borrower pays what they are owed, or more, and of a blended rate exactly their mean.
    ///
    /// Agreements without tiers have one mean for all loans and are judged by that before.
    package func refusal(ofRate loan: Applicant, lentBy plan: SharePlan) -> FundingRefusal? {
        if tiers.isEmpty || pricing == .borrowerRate { return nil }
        var owed: Int128 = 0
        for share in plan.shares {
            guard let rate = lenders.first(where: { $0.party == share.party })?.rate else {
                return nil
            }
            owed += Int128(share.amount) * Int128(rate.units)
        }
        let principal = Int128(max(1, loan.principal))
        if pricing == .blended {
            guard let mean = try? Rounding.halfEven.divide(owed, by: principal) else {
                return .amountOutOfRange
            }
            return mean == loan.rate.units ? nil : .rateNotBlended(AnnualRate(units: mean))
        }
        guard owed > principal * Int128(loan.rate.units) else { return nil }
        let least = (owed + principal - 1) / principal
        return .rateBelowOwed(AnnualRate(units: Int64(clamping: least)))
    }

    /// What is no longer right with a loan after shares of it have moved, and which of the takers
    /// is the reason, nil where none alone is: the bounds of its tier's slices, its rate, rules.
    ///
    /// Who is in no slice of the tier takes a share within the bounds of whom it takes it from.
    /// - Throws: ``FundingRefusal/amountOutOfRange``.
    package func breach(
        of plan: SharePlan, after moves: [ShareMove], _ loan: Applicant, _ book: RuleBook
    ) throws(FundingRefusal) -> (taker: PartyID?, why: FundingRefusal)? {
        let takers = moves.map(\.to)
        if let tier = tiers.first(where: { $0.conditions.hold(for: loan) }) {
            for party in takers + moves.map(\.from) {
                guard let share = plan.shares.first(where: { $0.party == party }) else { continue }
                let givers = moves.filter { $0.to == party }.map(\.from)
                var slices = tier.slices.filter { $0.mayGo(to: party) }
                if slices.isEmpty {
                    slices = tier.slices.filter { givers.contains(where: $0.mayGo(to:)) }
                }
                guard let range = try slices.bounds(of: loan.principal),
                    !range.contains(share.amount)
                else { continue }
                let why = FundingRefusal.outsideBounds(
                    party, part: share.amount, minimum: range.lowerBound,
                    maximum: range.upperBound)
                return (takers.contains(party) ? party : nil, why)
            }
            if let why = refusal(ofRate: loan, lentBy: plan) { return (takers.first, why) }
        }
        let findings = book.findings(for: loan, lentBy: plan, under: self)
        guard findings.blocks else { return nil }
        let broken = findings.filter { $0.outcome == .block }
        let taker = takers.first { party in broken.contains { $0.about == party.name } }
        return (taker, .ruleBroken(broken))
    }
}

extension FundingSlice {
    /// Whether a party takes its part, or may.
    fileprivate func mayGo(to party: PartyID) -> Bool {
        switch taker {
        case .party(let own): own == party
        case .route(let route): route.targets.contains { $0.party == party }
        case .waterfall(let parties, _): parties.contains(party)
        }
    }
}

extension [FundingSlice] {
    /// The least that a taker of one and the most that a taker of all of them lends; nil of none.
    fileprivate func bounds(of principal: Int64) throws(FundingRefusal) -> ClosedRange<Int64>? {
        var (least, most): (Int64?, Int64) = (nil, 0)
        for slice in self {
            let range = try slice.bounds(of: principal)
            least = Swift.min(least ?? range.lowerBound, range.lowerBound)
            most = Swift.min(principal, most.addingReportingOverflow(range.upperBound).partialValue)
        }
        return least.map { $0...Swift.max($0, most) }
    }
}

// MARK: - Rules

extension RuleBook {
    /// What rules find of a loan lent by a plan; nothing where its agreement names no packs.
    package func findings(
        for loan: Applicant, lentBy plan: SharePlan, under agreement: Agreement
    ) -> [RuleFinding] {
        if agreement.rulePacks.isEmpty || packs.isEmpty { return [] }
        return findings(for: subject(loan, plan.shares, agreement))
    }

    /// What forbids one party its part of a loan, whoever lends the rest.
    func obstacles(to share: PlannedShare, of loan: Applicant, under agreement: Agreement)
        -> [RuleFinding]
    {
        if agreement.rulePacks.isEmpty || packs.isEmpty { return [] }
        return findings(for: subject(loan, [share], agreement)).filter {
            $0.outcome == .block && $0.about == share.party.name
        }
    }

    /// Whether a rule of some packs, in force on a date, asks about a measure when loans are lent.
    package func asks(_ measure: Measure, of loan: Applicant, under agreement: Agreement) -> Bool {
        packs.contains { pack in
            agreement.rulePacks.contains(pack.name)
                && pack.rules.contains {
                    $0.measure == measure && $0.moments.contains(.allocation)
                        && $0.holds(on: loan.bookedOn)
                }
        }
    }

    private func subject(
        _ loan: Applicant, _ shares: [PlannedShare], _ agreement: Agreement
    ) -> LoanSubject {
        LoanSubject(
            bookedOn: loan.bookedOn, currency: loan.currency, packs: agreement.rulePacks,
            product: loan.product, principal: loan.principal, totalLine: loan.totalLine,
            lenders: shares.map { LoanSubject.Lender(facts(of: $0.party), amount: $0.amount) },
            region: loan.region.isEmpty ? nil : loan.region, allInCost: loan.allInCost,
            feesOutside: loan.feesOutside, pricing: agreement.pricing.name,
            disbursement: agreement.disbursement.name,
            transferDays: agreement.fundingMode.transferDays)
    }
}
