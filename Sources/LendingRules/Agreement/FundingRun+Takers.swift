import Monetary

// Which party takes the part of a slice.

extension FundingRun {
    /// Gives the part of a slice to its party, or to one bank of its route.
    mutating func give(
        _ amount: Int64, by slice: FundingSlice, _ loan: Applicant, _ agreement: Agreement,
        _ draft: inout FundingDraft
    ) throws(FundingRefusal) {
        let taker: PartyID
        switch slice.taker {
        case .party(let party): taker = party
        case .route(let route):
            if amount == 0 { return }
            taker = try choose(amount, of: route, loan, agreement, &draft)
        case .waterfall: return
        }
        let range = try slice.bounds(of: loan.principal)
        guard range.contains(amount) else {
            throw .outsideBounds(
                taker, part: amount, minimum: range.lowerBound, maximum: range.upperBound)
        }
        draft.reserved[taker] = nil
        draft.give(amount, to: taker)
    }

    /// The bank that lags most behind its target, of those that may lend; the first of equal ones.
    private mutating func choose(
        _ amount: Int64, of route: FundingRoute, _ loan: Applicant, _ agreement: Agreement,
        _ draft: inout FundingDraft
    ) throws(FundingRefusal) -> PartyID {
        let slots = route.slots(agreement: agreement.name, agreement.currency)
        let given = slots.map { (volumes[$0] ?? 0) + (routed[$0] ?? 0) + (draft.routed[$0] ?? 0) }
        let lags = try FundingRefusal.fitting { () throws(AmountError) in
            try route.lags(given, routing: amount)
        }
        var best: Int?
        var passed: [PassedOver] = []
        for (place, target) in route.targets.enumerated() {
            if let why = obstacle(to: target.party, amount, loan, agreement, draft) {
                passed.append(PassedOver(party: target.party, why: why))
            } else if best.map({ lags[place] > lags[$0] }) ?? true {
                best = place
            }
        }
        if trace != nil {
            let candidates = route.targets.enumerated().map { place, target in
                FundingTrace.Candidate(
                    party: target.party, volume: given[place], lag: lags[place],
                    room: room(target.party, loan, agreement, draft),
                    given: place == best ? amount : 0,
                    obstacle: passed.first { $0.party == target.party }?.why)
            }
            trace?.choices.append(
                FundingTrace.Choice(route: route.name, amount: amount, candidates: candidates))
        }
        guard let best else { throw .noTaker(left: amount, passed: passed) }
        draft.routed[slots[best], default: 0] += amount
        return route.targets[best].party
    }

    /// Gives a part to banks one after the other, each up to its room; gives what is left, and why
    /// banks took less.
    mutating func pour(
        _ amount: Int64, over parties: [PartyID], _ order: WaterfallOrder, _ slice: FundingSlice,
        _ loan: Applicant, _ agreement: Agreement, _ draft: inout FundingDraft
    ) throws(FundingRefusal) -> (left: Int64, passed: [PassedOver]) {
        let range = try slice.bounds(of: loan.principal)
        let rooms = parties.map { room($0, loan, agreement, draft) }
        var places = Array(parties.indices)
        if order == .mostRoom {
            // Stable: of equal rooms the one that is listed first.
            places.sort { (rooms[$0] ?? .max, $1) > (rooms[$1] ?? .max, $0) }
        }
        var (left, passed): (Int64, [PassedOver]) = (amount, [])
        var candidates: [FundingTrace.Candidate] = []
        for place in places {
            let party = parties[place]
            if left == 0 {
                candidates.append(
                    FundingTrace.Candidate(
                        party: party, volume: 0, lag: 0, room: rooms[place], given: 0,
                        obstacle: nil))
                continue
            }
            var part = min(left, rooms[place] ?? .max, range.upperBound)
            var why: PassedOver.Reason?
            if part < range.lowerBound {
                why = .leastOf(range.lowerBound, offered: part)
            } else if part > 0 {
                why = rules(against: party, part, loan, agreement, draft)
            }
            if why != nil { part = 0 }
            draft.give(part, to: party)
            left -= part
            if left > 0 || why != nil {
                passed.append(PassedOver(party: party, why: why ?? .room(part)))
            }
            candidates.append(
                FundingTrace.Candidate(
                    party: party, volume: 0, lag: 0, room: rooms[place], given: part,
                    obstacle: why))
        }
        trace?.choices.append(
            FundingTrace.Choice(route: "", amount: amount, candidates: candidates))
        return (left, passed)
    }

    /// Why a bank of a route cannot have so much of a loan.
    private func obstacle(
        to party: PartyID, _ amount: Int64, _ loan: Applicant, _ agreement: Agreement,
        _ draft: FundingDraft
    ) -> PassedOver.Reason? {
        if draft.lends(party) { return .lendsAlready }
        let short = limits.shortages(
            amount, of: shares(of: party, loan, agreement), principal: loan.principal)
        if !short.isEmpty { return .limits(short) }
        return rules(against: party, amount, loan, agreement, draft)
    }

    private func rules(
        against party: PartyID, _ amount: Int64, _ loan: Applicant, _ agreement: Agreement,
        _ draft: FundingDraft
    ) -> PassedOver.Reason? {
        let share = PlannedShare(party: party, amount: draft.promised(by: party) + amount)
        let broken = book.obstacles(to: share, of: loan, under: agreement)
        return broken.isEmpty ? nil : .rules(broken)
    }

    /// What the limits of a party have left beside what the loan gives it already.
    private func room(
        _ party: PartyID, _ loan: Applicant, _ agreement: Agreement, _ draft: FundingDraft
    ) -> Int64? {
        limits.room(of: shares(of: party, loan, agreement), principal: loan.principal)
            .map { max(0, $0 - draft.promised(by: party)) }
    }

    private func shares(of party: PartyID, _ loan: Applicant, _ agreement: Agreement)
        -> LimitedShares
    {
        LimitedShares(
            agreement: agreement.name, party: party, currency: agreement.currency,
            bookedOn: loan.bookedOn, drawsReserve: agreement.disbursement == .reserve,
            traits: loan.traits)
    }
}
