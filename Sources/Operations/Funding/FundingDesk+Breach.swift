import LendingRules

// What moves after a refusal is held to what loans are held to when they are booked.

extension FundingDesk {
    /// What becomes of a loan, with why nobody takes a refused share where its agreement or a rule
    /// forbids it to those who would: each of them is passed over for the next.
    func decision(
        of funding: FundingCase, _ agreement: Agreement, _ product: Product,
        without short: [LimitShortage]
    ) -> (FundingDecision, String?) {
        var barred: Set<PartyID> = []
        var sentence: String?
        while true {
            let decision = funding.standing(
                agreement, without: short, askingOnly: catalogue.partners, barred: barred
            ).decision
            guard case .move(let moves) = decision else { return (decision, sentence) }
            guard let (taker, why) = breach(of: funding, moves, agreement, product) else {
                return (decision, nil)
            }
            sentence = "a refused share finds no taker: \(why.sentence(of: funding.record))"
            guard let taker, barred.insert(taker).inserted else {
                let accepted = funding.requests.filter { $0.state == .accepted }
                return (.decline(reversing: accepted.map(\.request.party)), sentence)
            }
        }
    }

    /// What is no longer right with a loan after moves; nothing is where its agreement has neither
    /// tiers nor rules.
    private func breach(
        of funding: FundingCase, _ moves: [ShareMove], _ agreement: Agreement, _ product: Product
    ) -> (taker: PartyID?, why: FundingRefusal)? {
        let rules = catalogue.rules
        if agreement.tiers.isEmpty && (agreement.rulePacks.isEmpty || rules.packs.isEmpty) {
            return nil
        }
        let record = funding.record
        let terms = record.scheduleTerms(product, disbursedOn: record.bookedOn)
        let loan =
            (try? Schedule.build(terms)).map { Applicant(record, $0, under: agreement, rules) }
            ?? Applicant(record)
        let plan = moves.reduce(funding.plan) { $0.moving($1, platform: catalogue.platform) }
        do throws(FundingRefusal) {
            return try agreement.breach(of: plan, after: moves, loan, rules)
        } catch {
            return (nil, error)
        }
    }
}
