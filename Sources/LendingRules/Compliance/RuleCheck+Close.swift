import Monetary

extension RuleCheck {
    func breaches(_ book: BookSubject) -> [RuleBreach] {
        let bank = book.bank
        switch rule.measure {
        case .partnerShareOfCapital:
            return breach(
                of: book.outstanding, in: bank.amount(of: .netTier1Capital, on: book.date),
                named: .netTier1Capital, book.currency, about: bank.party)
        case .jointShareOfLoanBook:
            let other = bank.amount(of: .otherJointLoans, on: book.date) ?? 0
            let (joint, overflow) = book.outstanding.addingReportingOverflow(other)
            return breach(
                of: overflow ? .max : joint, in: bank.amount(of: .loanBook, on: book.date),
                named: .loanBook, book.currency, about: bank.party)
        default: return []
        }
    }

    func breaches(_ claim: ClaimSubject) -> [RuleBreach] {
        switch rule.measure {
        case .nonPerformingDays:
            return claim.assetClass < .substandard ? breach(of: claim.daysPastDue) : []
        case .assetLadder: return ladder(claim)
        case .sameAssetClassDays: return breach(of: claim.daysApart)
        default: return []
        }
    }

    /// The best class that the days past due leave.
    private func ladder(_ claim: ClaimSubject) -> [RuleBreach] {
        guard case .ladder(let days) = rule.bound else { return [] }
        let classes: [AssetClass] = [.substandard, .doubtful, .loss]
        let due = Array(zip(days, classes)).last { claim.daysPastDue > $0.0 }
        guard let (bound, best) = due, claim.assetClass < best else { return [] }
        let figure = "\(FigureText.days(claim.daysPastDue)) as \(claim.assetClass.rawValue)"
        return [RuleBreach(figure, .above, "\(FigureText.days(bound)) before \(best.rawValue)")]
    }

    func breaches(_ cover: CoverSubject) -> [RuleBreach] {
        switch rule.measure {
        case .coverOfOutstandingMaximum: return promised(cover, of: cover.outstanding)
        case .coverOfSetMaximum: return promised(cover, of: min(cover.disbursed, cover.set))
        case .invocationDays: return cover.invokedAt.map { breach(of: $0) } ?? []
        case .coverReinstated: return breach(ofAny: cover.reinstated, cover.currency)
        default: return []
        }
    }

    private func promised(_ cover: CoverSubject, of whole: Int64) -> [RuleBreach] {
        guard case .share(let most) = rule.bound,
            Fraction.isAbove(cover.cover, of: whole, most)
        else { return [] }
        let figure = FigureText.part(cover.cover, of: whole, cover.currency)
        return [RuleBreach(figure, .above, FigureText.share(most))]
    }
}
