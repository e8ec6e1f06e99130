import Monetary

/// Finds who lends loans, one after the other: the next one sees what those before have taken of
/// limits and how they moved the volumes of routes.
///
/// The same loans in the same order after the same use and volumes are funded alike.
package struct FundingRun: Sendable {
    package var limits: LimitUse
    /// What routes had given by the beginning, minor units.
    let volumes: [RouteSlot: Int64]
    /// What they have given since.
    package private(set) var routed: [RouteSlot: Int64] = [:]
    /// The rules that agreements name packs of.
    let book: RuleBook
    /// How the last loan was decided, where it was asked for.
    package internal(set) var trace: FundingTrace?

    package init(
        limits: LimitUse, volumes: [RouteSlot: Int64] = [:], book: RuleBook = .empty,
        isTracing: Bool = false
    ) {
        self.limits = limits
        self.volumes = volumes
        self.book = book
        trace = isTracing ? FundingTrace() : nil
    }

    /// Who lends a loan; limits and volumes move with it, or nothing does.
    ///
    /// - Throws: ``FundingRefusal``.
    package mutating func fund(_ loan: Applicant, by agreement: Agreement) throws(FundingRefusal)
        -> SharePlan
    {
        try decide(loan, by: agreement).plan
    }

    /// The same with the routes that it went by and what rules warn of.
    ///
    /// - Throws: ``FundingRefusal``.
    package mutating func decide(_ loan: Applicant, by agreement: Agreement)
        throws(FundingRefusal) -> FundedLoan
    {
        if trace != nil { trace = FundingTrace() }
        let draft = try draft(of: loan, by: agreement)
        let plan = draft.plan(agreement)
        guard plan.total == loan.principal else {
            throw .noTaker(left: loan.principal - plan.total, passed: [])
        }
        if let refusal = agreement.refusal(ofRate: loan, lentBy: plan) { throw refusal }
        let findings = book.findings(for: loan, lentBy: plan, under: agreement)
        trace?.findings = findings
        if findings.blocks { throw .ruleBroken(findings.filter { $0.outcome == .block }) }
        let shortages = limits.take(
            plan.shares, agreement: agreement.name, currency: agreement.currency,
            on: loan.bookedOn, drawsReserve: agreement.disbursement == .reserve,
            traits: loan.traits)
        guard shortages.isEmpty else { throw .noRoom(shortages) }
        for (slot, amount) in draft.routed { routed[slot, default: 0] += amount }
        let parts = draft.routed.map { RoutedPart(slot: $0.key, amount: $0.value) }
        return FundedLoan(
            plan: plan, routed: parts.sorted { $0.slot < $1.slot }, findings: findings)
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
        draft.named = tier.namedParties
        let residue = tier.residuePlace(agreement)
        var parts = try tier.parts(of: loan.principal, residue: residue)
        draft.reserved = tier.reserved(parts, beside: residue)
        // What others leave comes to the residue's place, so it is poured out last.
        let places = tier.slices.indices.sorted {
            ($0 == residue ? 1 : 0, $0) < ($1 == residue ? 1 : 0, $1)
        }
        for place in places {
            let slice = tier.slices[place]
            guard case .waterfall(let parties, let order) = slice.taker else { continue }
            let (left, passed) = try pour(
                parts[place], over: parties, order, slice, loan, agreement, &draft)
            parts[place] -= left
            guard left > 0 else { continue }
            guard let residue, residue != place else {
                throw .noTaker(left: left, passed: passed)
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

extension FundingTier {
    /// What parties lend by name whatever waterfalls do, before what is left comes to one of them.
    fileprivate func reserved(_ parts: [Int64], beside residue: Int?) -> [PartyID: Int64] {
        var reserved: [PartyID: Int64] = [:]
        for (place, slice) in slices.enumerated() where place != residue {
            if case .party(let party) = slice.taker { reserved[party, default: 0] += parts[place] }
        }
        return reserved
    }

    /// Who has what others leave: the rest, or else the residue holder's slice.
    func residuePlace(_ agreement: Agreement) -> Int? {
        restPlace ?? slices.firstIndex { $0.taker == .party(agreement.residueHolder) }
    }

    /// Those that lend a part by name.
    fileprivate var namedParties: Set<PartyID> {
        Set(
            slices.compactMap { slice in
                if case .party(let party) = slice.taker { party } else { nil }
            })
    }
}
