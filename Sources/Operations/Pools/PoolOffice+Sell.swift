import BusinessCalendar
import LendingRules

extension PoolOffice {
    /// Sells a kept pool: the close of its settlement date moves the shares.
    ///
    /// - Throws: ``PoolFault``.
    @discardableResult
    package func sell(_ name: String, isDryRun: Bool = false) async throws -> KeptPool {
        var (pool, plan) = try await kept(name)
        if let date = pool.soldOn { throw PoolFault.sold(name, on: date) }
        let open = try await days.status().open
        guard pool.settlesOn >= open else { throw PoolFault.tooLate(name, pool.settlesOn) }
        try await requireFree(plan.buyer, for: pool)
        try await requireUnchanged(pool, on: open)
        let facts = pool.shares.map {
            instruction(
                $0, of: name, to: plan.buyer, countedOn: pool.cutOff, goesOn: pool.settlesOn,
                bookedOn: open)
        }
        if !isDryRun {
            surroundings.crashPoint(.poolsBeforeSale)
            try await store.sell(name, facts, on: open)
            surroundings.crashPoint(.poolsAfterSale)
        }
        pool.head.soldOn = open
        return pool
    }

    /// What the close of a date is to decide about a share.
    func instruction(
        _ share: KeptPoolShare, of pool: String, to buyer: PartyID, countedOn cutOff: BusinessDate,
        goesOn date: BusinessDate, bookedOn open: BusinessDate
    ) -> NewFact {
        let (loan, seller) = (share.share.loan, share.share.holder)
        let order = AssignmentOrder(
            reason: .poolSale, from: seller, to: buyer, ground: pool,
            counted: CountedPrice(price: share.price, cutOff: cutOff))
        let fact = LoanFact(
            id: "\(loan).pool.\(pool).\(seller).\(date)", kind: .instructed(.assignment(order)),
            valueDate: date, bookingDate: open, instant: Int64(date.dayNumber) * 86_400_000_000)
        return NewFact(
            loan: loan, fact: fact, channel: "",
            contentHash: surroundings.fingerprint("\(fact)"))
    }

    /// What a buyer has of a loan cannot be told apart by pools: each needs a vehicle of its own.
    private func requireFree(_ buyer: PartyID, for pool: KeptPool) async throws {
        for other in try await store.heads() where other.soldOn != nil && other.name != pool.name {
            if read(other.terms)?.buyer == buyer, try await standing(other.name).state != .void {
                throw PoolFault.vehicleTaken(pool.name, buyer, by: other.name)
            }
        }
    }

    /// Shares that went elsewhere, or fell away with their loans, since the cut-off are not there
    /// to be sold, nor are those that wait to go elsewhere.
    private func requireUnchanged(_ pool: KeptPool, on open: BusinessDate) async throws {
        let shares = Dictionary(grouping: pool.shares, by: \.share.loan)
        try await eachLoan(of: shares.keys.sorted()) { dossier, _ in
            for share in shares[dossier.record.loan] ?? [] {
                let hasChanged = dossier.facts.contains {
                    $0.bookingDate > pool.cutOff && ($0.changesHands || $0.undoesLoan)
                        || $0.isToTake(from: share.share.holder, after: open)
                }
                if hasChanged { throw PoolFault.changed(pool.name, share.share) }
            }
        }
    }
}

extension LoanFact {
    /// Whether a close of the open date or later is to move claims of a holder by it.
    fileprivate func isToTake(from holder: PartyID, after open: BusinessDate) -> Bool {
        guard case .instructed(.assignment(let order)) = kind else { return false }
        return order.from == holder && valueDate >= open
    }
}
