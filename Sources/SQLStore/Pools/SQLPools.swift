package import BusinessCalendar
package import LendingRules
package import Operations

/// Pools in the store.
package struct SQLPools: PoolStore {
    private let engine: any SQLEngine
    private let openDate: OpenDate

    /// A store that is empty is open on `firstDate`.
    package init(engine: any SQLEngine, firstDate: BusinessDate) {
        self.engine = engine
        openDate = OpenDate(first: firstDate)
    }

    package func heads() async throws -> [PoolHead] {
        try await engine.read { connection in
            try connection.all(PoolRows.select + " ORDER BY name", [], PoolRows.read)
        }
    }

    package func pool(_ name: String) async throws -> KeptPool? {
        try await engine.read { connection in
            let heads = try connection.all(
                PoolRows.select + " WHERE name = ?1", [.text(name)], PoolRows.read)
            guard let head = heads.first else { return nil }
            return KeptPool(
                head,
                shares: try connection.all(
                    PoolRows.shares, [.text(name)], PoolRows.readShare))
        }
    }

    package func withdrawn(
        _ shares: [ShareID], to buyer: PartyID, on date: BusinessDate
    ) async throws -> Set<ShareID> {
        try await engine.read { connection in
            var withdrawn: Set<ShareID> = []
            for share in shares {
                let draws = try connection.all(
                    LossRows.selectDraws + LossRows.ofLoan, SQLValue.loan(share.loan),
                    LossRows.readDraw)
                if draws.contains(where: { $0.withdraws(share, to: buyer, on: date) }) {
                    withdrawn.insert(share)
                }
            }
            return withdrawn
        }
    }

    package func payments(of pool: String) async throws -> [KeptPoolPayment] {
        try await engine.read { connection in
            try connection.all(PoolRows.payments, [.text(pool)], PoolRows.readPayment)
        }
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when another has kept one of the name.
    package func keep(_ pool: KeptPool) async throws {
        let openDate = openDate
        try await engine.write { connection in
            try openDate.require(pool.head.keptOn, connection)
            let added = try connection.execute(
                Table.pool.insertionUnlessPresent, PoolRows.values(of: pool.head))
            guard added == 1 else { throw StoreError.overtaken(record: "pool \(pool.name)") }
            try connection.bulkInsert(into: .poolShare, rows: pool.shares.count) {
                index, writer throws(StoreError) in
                PoolRows.write(pool.shares[index], of: pool.name, writer)
            }
        }
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when another has sold it.
    package func sell(_ pool: String, _ facts: [NewFact], on date: BusinessDate) async throws {
        let openDate = openDate
        try await engine.write { connection in
            try openDate.require(date, connection)
            let marked = try connection.execute(
                "UPDATE pool SET sold_on = ?2 WHERE name = ?1 AND sold_on IS NULL",
                [.text(pool), .date(date)])
            guard marked == 1 else { throw StoreError.overtaken(record: "pool \(pool)") }
            try NewFactRows.insert(facts, [], connection)
        }
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when another has recorded the number.
    package func pay(
        _ pool: String, _ payment: KeptPoolPayment, _ facts: [NewFact], _ entries: [LedgerRow]
    ) async throws {
        let openDate = openDate
        try await engine.write { connection in
            try openDate.require(payment.recordedOn, connection)
            let added = try connection.execute(
                Table.poolPayment.insertionUnlessPresent,
                [.text(pool)] + PoolRows.values(of: payment))
            guard added == 1 else {
                throw StoreError.overtaken(
                    record: "payment date \(payment.number) of pool \(pool)")
            }
            try NewFactRows.insert(facts, [], connection)
            try LedgerRows.add(entries, connection)
        }
    }
}

extension KeptDraw {
    /// Whether it says that a pool's share was not there to be sold.
    fileprivate func withdraws(_ share: ShareID, to buyer: PartyID, on date: BusinessDate) -> Bool {
        self.date == date && layer == Assignment.Reason.poolSale.rawValue
            && lender == share.holder && provider == buyer
            && shortfall == LossShortfall.gone.rawValue
    }
}
