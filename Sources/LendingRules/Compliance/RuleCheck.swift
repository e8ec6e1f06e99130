import Monetary

/// One rule held against one subject; a subject that its measure cannot be computed of breaks
/// nothing.
struct RuleCheck {
    let rule: ComplianceRule

    /// What is wrong, in the order of the subject's lenders or products.
    func breaches(_ subject: RuleSubject) -> [RuleBreach] {
        switch subject {
        case .agreement(let agreement): breaches(agreement)
        case .loan(let loan): breaches(loan)
        case .book(let book): breaches(book)
        case .claim(let claim): breaches(claim)
        case .cover(let cover): breaches(cover)
        }
    }

    /// Whether the rule is about a lender's share.
    func binds(_ lender: PartyFacts) -> Bool {
        if rule.measure == .retentionMinimum { return lender.kind == .platform }
        return switch rule.binding {
        case .platform: lender.kind == .platform
        case .bank: lender.kind == .bank
        case .each: true
        }
    }

    /// Whether the rule asks for a share of somebody who lends nothing: the platform, where the
    /// rule is about it.
    func bindsAbsent(_ lenders: [PartyFacts]) -> Bool {
        (rule.measure == .retentionMinimum || rule.binding == .platform)
            && !lenders.contains { $0.kind == .platform }
    }

    /// A word that is none of the permitted ones.
    func breach(of word: String) -> [RuleBreach] {
        guard case .words(let allowed) = rule.bound, !allowed.contains(word) else { return [] }
        return [RuleBreach(word, .not, allowed.joined(separator: " or "))]
    }

    /// Days beyond the permitted ones.
    func breach(of days: Int) -> [RuleBreach] {
        guard case .days(let most) = rule.bound, days > most else { return [] }
        return [RuleBreach(FigureText.days(days), .above, FigureText.days(most))]
    }

    /// An amount that must not be there.
    func breach(ofAny amount: Int64, _ currency: Currency) -> [RuleBreach] {
        guard amount > 0 else { return [] }
        return [
            RuleBreach(
                FigureText.amount(amount, currency), .above, FigureText.amount(0, currency))
        ]
    }

    /// A part of a whole above a share; with nothing known of the whole it cannot be within it.
    func breach(
        of part: Int64, in whole: Int64?, named name: PartyFacts.Figure.Name, _ currency: Currency,
        about party: PartyID
    ) -> [RuleBreach] {
        guard case .share(let most) = rule.bound else { return [] }
        let limit = FigureText.share(most)
        guard let whole else {
            return [RuleBreach("\(name.rawValue) unknown", .not, limit, about: party.name)]
        }
        guard Fraction.isAbove(part, of: whole, most) else { return [] }
        let figure = FigureText.part(part, of: whole, currency)
        return [RuleBreach(figure, .above, limit, about: party.name)]
    }

    /// A bank on whose list of partners the platform does not stand by a date.
    func unlisted(_ lenders: [PartyFacts], on subject: RuleSubject) -> [RuleBreach] {
        lenders.filter { $0.kind == .bank }.compactMap { bank in
            if let listed = bank.listedFrom, listed <= subject.date { return nil }
            let figure = bank.listedFrom.map { "listed from \($0)" } ?? "unlisted"
            return RuleBreach(figure, .not, "listed by \(subject.date)", about: bank.party.name)
        }
    }
}
