import Monetary

/// Finds who lends loans, one after the other: the next one sees what those before have taken of
/// limits and how they moved the volumes of routes.
///
/// The same loans in the same order after the same use and volumes are funded alike.
package struct FundingRun: Sendable {
    package private(set) var limits: LimitUse
    /// What routes had given by the beginning, minor units.
    let volumes: [RouteSlot: Int64]
    /// What they have given since.
    package private(set) var routed: [RouteSlot: Int64] = [:]
    /// How the last loan was decided, where it was asked for.
    package private(set) var trace: FundingTrace?

    package init(
        limits: LimitUse, volumes: [RouteSlot: Int64] = [:], isTracing: Bool = false
    ) {
        self.limits = limits
        self.volumes = volumes
        trace = isTracing ? FundingTrace() : nil
    }

    /// Who lends a loan; limits and volumes move with it, or nothing does.
    ///
    /// - Throws: ``FundingRefusal``.
    package mutating func fund(_ loan: Applicant, by agreement: Agreement) throws(FundingRefusal)
        -> SharePlan
    {
        if trace != nil { trace = FundingTrace() }
        let draft = try draft(of: loan, by: agreement)
        let plan = draft.plan(agreement)
        try checkRate(loan, plan, agreement)
        let shortages = limits.take(
            plan.shares, agreement: agreement.name, currency: agreement.currency,
            on: loan.bookedOn, drawsReserve: agreement.disbursement == .reserve)
        guard shortages.isEmpty else { throw .noRoom(shortages) }
        for (slot, amount) in draft.routed { routed[slot, default: 0] += amount }
        return plan
    }

    private mutating func draft(of loan: Applicant, by agreement: Agreement)
        throws(FundingRefusal) -> FundingDraft
    {
        var draft = FundingDraft()
        if agreement.tiers.isEmpty {
            let plan = try FundingRefusal.fitting { () throws(AmountError) in
                try agreement.split(principal: loan.principal)
            }
            for share in plan.shares { draft.give(share.amount, to: share.party) }
            return draft
        }
        let tier = try tier(of: loan, agreement)
        let residue = tier.residuePlace(agreement)
        var parts = try tier.parts(of: loan.principal, residue: residue)
        for (place, slice) in tier.slices.enumerated() {
            guard case .waterfall(let parties, let order) = slice.taker else { continue }
            let left = try pour(parts[place], over: parties, order, slice, loan, agreement, &draft)
            parts[place] -= left
            guard left > 0 else { continue }
            guard let residue, residue != place else {
                throw .noTaker(left: left, shortages: [])
            }
            parts[residue] += left
        }
        trace?.parts = parts
        for (place, slice) in tier.slices.enumerated() where !slice.isMany {
            try give(parts[place], by: slice, loan, agreement, &draft)
        }
        return draft
    }

    /// The first tier whose conditions hold.
    private mutating func tier(of loan: Applicant, _ agreement: Agreement)
        throws(FundingRefusal) -> FundingTier
    {
        let taken = agreement.tiers.firstIndex { $0.conditions.hold(for: loan) }
        if trace != nil {
            let asked = agreement.tiers.prefix(taken.map { $0 + 1 } ?? agreement.tiers.count)
            trace?.tiers = asked.enumerated().map { place, tier in
                FundingTrace.Tier(
                    name: tier.name,
                    conditions: tier.conditions.fields.map {
                        FundingTrace.Condition(
                            field: $0, holds: tier.conditions.holds($0, for: loan))
                    }, isTaken: place == taken)
            }
        }
        guard let taken else { throw .noTier }
        return agreement.tiers[taken]
    }
}

// MARK: - Takers

extension FundingRun {
    /// Gives the part of a slice to its party, or to one bank of its route.
    private mutating func give(
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
        draft.give(amount, to: taker)
    }

    /// The bank that lags most behind its target, of those that have room; the first of equal ones.
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
        var shortages: [LimitShortage] = []
        for (place, target) in route.targets.enumerated() {
            let short = shortage(amount, target.party, loan, agreement, draft)
            shortages += short
            if short.isEmpty, best.map({ lags[place] > lags[$0] }) ?? true { best = place }
        }
        if trace != nil {
            let candidates = route.targets.enumerated().map { place, target in
                FundingTrace.Candidate(
                    party: target.party, volume: given[place], lag: lags[place],
                    room: room(target.party, loan, agreement, draft),
                    given: place == best ? amount : 0)
            }
            trace?.choices.append(
                FundingTrace.Choice(route: route.name, amount: amount, candidates: candidates))
        }
        guard let best else { throw .noTaker(left: amount, shortages: shortages) }
        draft.routed[slots[best], default: 0] += amount
        return route.targets[best].party
    }

    /// Gives a part to banks one after the other, each up to its room; gives what is left.
    private mutating func pour(
        _ amount: Int64, over parties: [PartyID], _ order: WaterfallOrder, _ slice: FundingSlice,
        _ loan: Applicant, _ agreement: Agreement, _ draft: inout FundingDraft
    ) throws(FundingRefusal) -> Int64 {
        let range = try slice.bounds(of: loan.principal)
        let rooms = parties.map { room($0, loan, agreement, draft) }
        var places = Array(parties.indices)
        if order == .mostRoom {
            // Stable: of equal rooms the one that is listed first.
            places.sort { (rooms[$0] ?? .max, $1) > (rooms[$1] ?? .max, $0) }
        }
        var left = amount
        var candidates: [FundingTrace.Candidate] = []
        for place in places {
            var part = min(left, rooms[place] ?? .max, range.upperBound)
            if part < range.lowerBound { part = 0 }
            draft.give(part, to: parties[place])
            left -= part
            candidates.append(
                FundingTrace.Candidate(
                    party: parties[place], volume: 0, lag: 0, room: rooms[place], given: part))
        }
        trace?.choices.append(
            FundingTrace.Choice(route: "", amount: amount, candidates: candidates))
        return left
    }

    /// What the limits of a party have left beside what the loan gives it already.
    private func room(
        _ party: PartyID, _ loan: Applicant, _ agreement: Agreement, _ draft: FundingDraft
    ) -> Int64? {
        limits.room(of: shares(of: party, loan, agreement)).map {
            max(0, $0 - draft.amount(of: party))
        }
    }

    private func shortage(
        _ amount: Int64, _ party: PartyID, _ loan: Applicant, _ agreement: Agreement,
        _ draft: FundingDraft
    ) -> [LimitShortage] {
        limits.shortages(
            draft.amount(of: party) + amount, of: shares(of: party, loan, agreement))
    }

    private func shares(of party: PartyID, _ loan: Applicant, _ agreement: Agreement)
        -> LimitedShares
    {
        LimitedShares(
            agreement: agreement.name, party: party, currency: agreement.currency,
            bookedOn: loan.bookedOn, drawsReserve: agreement.disbursement == .reserve)
    }

    /// Under own rates the borrower pays what the lenders of the loan are owed, or more.
    private func checkRate(_ loan: Applicant, _ plan: SharePlan, _ agreement: Agreement)
        throws(FundingRefusal)
    {
        guard case .ownRates = agreement.pricing, !agreement.tiers.isEmpty else { return }
        var owed: Int128 = 0
        for share in plan.shares {
            let rate = agreement.lenders.first { $0.party == share.party }?.rate
            owed += Int128(share.amount) * Int128(rate?.units ?? 0)
        }
        guard owed > Int128(loan.principal) * Int128(loan.rate.units) else { return }
        throw .rateBelowOwed(
            AnnualRate(units: Int64(clamping: owed / Int128(max(1, loan.principal)))))
    }
}

/// Parts of a loan while it is found who lends them.
struct FundingDraft {
    private var amounts: [PartyID: Int64] = [:]
    var routed: [RouteSlot: Int64] = [:]

    mutating func give(_ amount: Int64, to party: PartyID) {
        amounts[party, default: 0] += amount
    }

    func amount(of party: PartyID) -> Int64 { amounts[party] ?? 0 }

    /// In agreement order; who lends nothing is left out.
    func plan(_ agreement: Agreement) -> SharePlan {
        SharePlan(
            shares: agreement.lenders.map(\.party).filter { amount(of: $0) > 0 }.map {
                PlannedShare(party: $0, amount: amount(of: $0))
            })
    }
}

extension FundingTier {
    /// Who has what others leave: the rest, or else the residue holder's slice.
    fileprivate func residuePlace(_ agreement: Agreement) -> Int? {
        restPlace ?? slices.firstIndex { $0.taker == .party(agreement.residueHolder) }
    }
}
