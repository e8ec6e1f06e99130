import BusinessCalendar
package import LendingRules
import Monetary

extension PoolOffice {
    /// What a pool would be made of by the positions at the end of its cut-off date.
    ///
    /// - Throws: ``PoolFault``.
    package func select(_ plan: PoolPlan) async throws -> PoolSelection {
        try await requireClosed(plan.cutOff, of: plan.name)
        let candidates = try await candidates(plan)
        do throws(PoolSelectionError) {
            return try plan.terms.select(candidates)
        } catch {
            throw PoolFault.unusable(plan.name, "\(error)")
        }
    }

    /// Keeps a selection with the price of each share, once.
    ///
    /// - Parameter terms: What its terms were read from.
    /// - Throws: ``PoolFault``.
    @discardableResult
    package func keep(_ selection: PoolSelection, of plan: PoolPlan, terms: PoolPaper)
        async throws -> KeptPool
    {
        try await checkKeeping(selection, of: plan)
        let pool = KeptPool(
            PoolHead(
                name: plan.name, cutOff: plan.cutOff, settlesOn: plan.settlesOn, terms: terms,
                keptOn: try await days.status().open),
            shares: try priced(selection.taken.map { ($0.share, $0.claims) }, plan.sale))
        try await store.keep(pool)
        return pool
    }

    /// Sees that a selection can be kept.
    ///
    /// - Throws: ``PoolFault``.
    package func checkKeeping(_ selection: PoolSelection, of plan: PoolPlan) async throws {
        if let earlier = try await store.pool(plan.name) {
            throw PoolFault.kept(plan.name, on: earlier.head.keptOn)
        }
        guard !selection.taken.isEmpty else {
            throw PoolFault.unusable(plan.name, "no share is what it asks for")
        }
        try checkNotes(selection, of: plan)
    }

    /// Notes bring in what the shares cost and what the reserve begins with, and no more.
    private func checkNotes(_ selection: PoolSelection, of plan: PoolPlan) throws {
        guard let notes = plan.notes else { return }
        let shares = try priced(selection.taken.map { ($0.share, $0.claims) }, plan.sale)
        let needed = shares.reduce(notes.reserve?.initial ?? 0) { $0 + $1.price }
        let issued = notes.tranches.reduce(0) { $0 + $1.original }
        guard issued > needed else { return }
        func text(_ amount: Int64) -> String {
            AmountText.format(amount, decimals: plan.currency.exponent)
        }
        throw PoolFault.unusable(
            plan.name,
            "its notes of \(text(issued)) are more than the \(text(needed)) that its shares cost "
                + "and its reserve begins with; issue less, or select more")
    }

    /// The price of each share by its claims: those of a seller add up to its own.
    func priced(_ shares: [(share: ShareID, claims: Components)], _ sale: PoolSaleTerms) throws
        -> [KeptPoolShare]
    {
        let periods = shares.map {
            SharePeriod(share: $0.share, opening: $0.claims, closing: $0.claims)
        }
        do throws(PoolSaleError) {
            return try sale.sell(periods).assignments.map {
                KeptPoolShare(
                    share: ShareID(loan: $0.loan, holder: $0.from), claims: $0.amounts,
                    price: $0.price)
            }
        } catch {
            throw PoolFault.unusable(sale.pool, "\(error)")
        }
    }

    /// Shares of the named sellers, or of every lender, with anything outstanding.
    private func candidates(_ plan: PoolPlan) async throws -> [PoolCandidate] {
        var candidates: [PoolCandidate] = []
        try await eachLoan { dossier, contract in
            guard let position = try contract.position(dossier.facts, closing: plan.cutOff),
                !position.isUndone
            else { return }
            candidates += plan.candidates(dossier, contract, position, of: lenders)
        }
        guard let classes, plan.criteria.assetClasses != nil else { return candidates }
        let loans = Set(candidates.map(\.loan)).sorted()
        let held = try await classes.kept(of: loans, before: plan.cutOff.adding(days: 1))
        return candidates.map { candidate in
            let key = ClaimKey(candidate.loan, candidate.seller)
            return candidate.classed((held[key] ?? .none).held)
        }
    }
}

extension PoolPlan {
    /// - Parameter lenders: Who lends: of their shares a pool is made where no seller is named.
    fileprivate func candidates(
        _ dossier: LoanDossier, _ contract: LoanContract, _ position: LoanPosition,
        of lenders: Set<PartyID>
    ) -> [PoolCandidate] {
        let record = dossier.record
        let hasChangedHands = dossier.facts.contains {
            $0.changesHands && $0.bookingDate <= cutOff
        }
        let isOfCreditLine = record.line != nil || dossier.facts.contains(where: \.lendsMore)
        return contract.lenders.enumerated().compactMap { index, lender in
            let claims = position.lenders[index].claims
            guard claims.total > 0,
                criteria.sellers?.contains(lender) ?? lenders.contains(lender)
            else { return nil }
            return PoolCandidate(
                loan: record.loan, seller: lender, currency: record.currency,
                traits: record.traits, claims: claims, rate: position.schedule.terms.rate,
                status: LoanStatus(position), disbursedOn: dossier.disbursedOn,
                lastDueOn: position.schedule.instalments.last?.dueOn ?? dossier.disbursedOn,
                hasChangedHands: hasChangedHands, isOfCreditLine: isOfCreditLine)
        }
    }
}

extension PoolCandidate {
    /// The same in a class of its holder.
    fileprivate func classed(_ assetClass: AssetClass) -> PoolCandidate {
        PoolCandidate(
            loan: loan, seller: seller, currency: currency, traits: traits, claims: claims,
            rate: rate, status: status, assetClass: assetClass.rawValue,
            disbursedOn: disbursedOn, lastDueOn: lastDueOn, hasChangedHands: hasChangedHands,
            isOfCreditLine: isOfCreditLine)
    }
}

extension LoanFact {
    fileprivate var lendsMore: Bool {
        if case .drawdown = kind { true } else { false }
    }
}
