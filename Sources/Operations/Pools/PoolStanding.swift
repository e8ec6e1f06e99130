import BusinessCalendar
package import LendingRules

/// How far a kept pool has come.
package enum PoolState: String, Sendable {
    case kept
    /// Its shares change hands at a close that is still to come.
    case sold
    case settled
    /// Not one of its shares was there any more when it settled: nothing is issued.
    case void
    /// A clean-up call was made, and what it buys changes hands at a close that is still to come.
    case calling
    /// Everything has gone back by the clean-up call.
    case called
    /// The final date of its notes has been paid.
    case ended
}

/// Where a kept pool stands.
package struct PoolStanding: Sendable {
    package let pool: KeptPool
    package let plan: PoolPlan
    package let state: PoolState
    /// Its notes; nil where it has none, has not settled or is void.
    package let paid: PaidDeal?
    /// Shares that were not there any more when it settled: no close has sold them.
    package let withdrawn: [ShareID]
}

extension PoolOffice {
    /// - Throws: ``PoolFault``.
    package func standing(_ name: String) async throws -> PoolStanding {
        let (pool, plan) = try await kept(name)
        let last = try await days.status().lastClosed?.date
        guard let last, pool.soldOn != nil, pool.settlesOn <= last else {
            return PoolStanding(
                pool: pool, plan: plan, state: pool.soldOn == nil ? .kept : .sold, paid: nil,
                withdrawn: [])
        }
        let book = try await PoolBook(self, pool, plan)
        let paid = plan.notes == nil || book.isEmpty ? nil : try await deal(book)
        return PoolStanding(
            pool: pool, plan: plan, state: book.isEmpty ? .void : paid?.state ?? .settled,
            paid: paid,
            withdrawn: try await withdrawn(book).sorted())
    }

    /// Where every kept pool stands, in name order.
    ///
    /// - Throws: ``PoolFault``.
    package func standings() async throws -> [PoolStanding] {
        var standings: [PoolStanding] = []
        for head in try await store.heads() { standings.append(try await standing(head.name)) }
        return standings
    }

    /// Shares of a settled pool that its close has found gone.
    func withdrawn(_ book: PoolBook) async throws -> Set<ShareID> {
        try await store.withdrawn(book.unsold, to: book.plan.buyer, on: book.pool.settlesOn)
    }
}

extension PaidDeal {
    fileprivate var state: PoolState {
        if callSettlesOn != nil { return .calling }
        guard deal.isClosed else { return .settled }
        return dates.last?.report.isCalled == true && !hasLeft ? .called : .ended
    }
}
