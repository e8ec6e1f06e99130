import Monetary

extension RuleCheck {
    func breaches(_ agreement: AgreementSubject) -> [RuleBreach] {
        switch rule.measure {
        case .loanShareMinimum, .retentionMinimum: shares(agreement)
        case .principalMaximum: principals(agreement)
        case .listedPartner: unlisted(agreement.lenders.map(\.facts), on: .agreement(agreement))
        case .transferDays: breach(of: agreement.transferDays ?? 0)
        case .pricingWay: breach(of: agreement.pricing.rawValue)
        case .disbursementWay: breach(of: agreement.disbursement.rawValue)
        case .noVeto: vetoes(agreement)
        case .homeRegion, .feesInAllInCost, .allInCostMaximum, .partnerShareOfCapital,
            .jointShareOfLoanBook, .nonPerformingDays, .assetLadder, .sameAssetClassDays,
            .coverOfOutstandingMaximum, .coverOfSetMaximum, .invocationDays, .coverReinstated:
            []
        }
    }

    /// The shares as agreed, exactly.
    private func shares(_ agreement: AgreementSubject) -> [RuleBreach] {
        guard case .share(let least) = rule.bound, least.numerator > 0 else { return [] }
        let limit = FigureText.share(least)
        if bindsAbsent(agreement.lenders.map(\.facts)) { return [RuleBreach("0%", .below, limit)] }
        return agreement.lenders.filter { binds($0.facts) && $0.share.isBelow(least) }.map {
            RuleBreach(FigureText.share($0.share), .below, limit, about: $0.facts.party.name)
        }
    }

    private func principals(_ agreement: AgreementSubject) -> [RuleBreach] {
        guard case .amount(let most) = rule.bound else { return [] }
        let limit = FigureText.amount(most, agreement.currency)
        return agreement.largest.filter { $0.principal > most }.map {
            RuleBreach(
                FigureText.amount($0.principal, agreement.currency), .above, limit,
                about: $0.product)
        }
    }

    private func vetoes(_ agreement: AgreementSubject) -> [RuleBreach] {
        var breaches: [RuleBreach] = []
        if agreement.onRefusal == .decline {
            breaches.append(RuleBreach("decline", .not, "platform", about: "onRefusal"))
        }
        if agreement.acceptsParts {
            breaches.append(RuleBreach("true", .not, "false", about: "partialAcceptance"))
        }
        return breaches
    }
}

extension Share {
    fileprivate func isBelow(_ other: Share) -> Bool {
        Int128(numerator) * Int128(other.denominator)
            < Int128(other.numerator) * Int128(denominator)
    }
}
