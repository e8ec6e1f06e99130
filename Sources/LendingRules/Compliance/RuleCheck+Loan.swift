import Monetary

extension RuleCheck {
    func breaches(_ loan: LoanSubject) -> [RuleBreach] {
        switch rule.measure {
        case .loanShareMinimum, .retentionMinimum: shares(loan)
        case .homeRegion: strangers(loan)
        case .principalMaximum: principal(loan)
        case .listedPartner: unlisted(loan.lenders.map(\.facts), on: .loan(loan))
        case .feesInAllInCost: breach(ofAny: loan.feesOutside, loan.currency)
        case .allInCostMaximum: cost(loan)
        case .transferDays: breach(of: loan.transferDays ?? 0)
        case .pricingWay: breach(of: loan.pricing.rawValue)
        case .disbursementWay: breach(of: loan.disbursement.rawValue)
        case .partnerShareOfCapital, .jointShareOfLoanBook, .nonPerformingDays, .assetLadder,
            .sameAssetClassDays, .coverOfOutstandingMaximum, .coverOfSetMaximum, .invocationDays,
            .coverReinstated, .noVeto:
            []
        }
    }

    /// What each lends in minor units: less than one unit short is rounding.
    private func shares(_ loan: LoanSubject) -> [RuleBreach] {
        guard case .share(let least) = rule.bound, least.numerator > 0 else { return [] }
        let limit = FigureText.share(least)
        if bindsAbsent(loan.lenders.map(\.facts)) { return [RuleBreach("0%", .below, limit)] }
        return loan.lenders.filter { lender in
            binds(lender.facts) && Fraction.isBelow(lender.amount, of: loan.principal, least)
        }.map { lender in
            RuleBreach(
                FigureText.part(lender.amount, of: loan.principal, loan.currency), .below, limit,
                about: lender.facts.party.name)
        }
    }

    /// Regional banks of other regions; a region that nobody told is none of theirs.
    private func strangers(_ loan: LoanSubject) -> [RuleBreach] {
        loan.lenders.map(\.facts).filter { bank in
            let isHome = loan.region.map(bank.homeRegions.contains) ?? false
            return bank.kind == .bank && !bank.homeRegions.isEmpty && !isHome
        }.map { bank in
            RuleBreach(
                loan.region ?? "region unknown", .not,
                bank.homeRegions.sorted().joined(separator: " or "), about: bank.party.name)
        }
    }

    private func principal(_ loan: LoanSubject) -> [RuleBreach] {
        let figure = max(loan.principal, loan.totalLine ?? 0)
        guard case .amount(let most) = rule.bound, figure > most else { return [] }
        return [
            RuleBreach(
                FigureText.amount(figure, loan.currency), .above,
                FigureText.amount(most, loan.currency))
        ]
    }

    private func cost(_ loan: LoanSubject) -> [RuleBreach] {
        guard case .rate(let most) = rule.bound else { return [] }
        let limit = FigureText.rate(most)
        guard let cost = loan.allInCost else { return [RuleBreach("cost unknown", .not, limit)] }
        return cost > most ? [RuleBreach(FigureText.rate(cost), .above, limit)] : []
    }
}
