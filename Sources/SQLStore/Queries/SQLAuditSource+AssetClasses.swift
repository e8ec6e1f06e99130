package import BusinessCalendar
package import Operations

extension SQLAuditSource {
    /// The rules by which lenders' claims were classed.
    package func assetRules() async throws -> [KeptAssetRules] {
        try await engine.read { connection in
            try connection.all(Table.assetRule.selectionInKeyOrder) { row throws(StoreError) in
                KeptAssetRules(
                    lender: try row.party(0), date: try row.date(1), text: try row.text(2))
            }
        }
    }

    /// Changes of classes of a date.
    package func assetClassChanges(on date: BusinessDate) async throws -> [AssetClassChange] {
        try await engine.read { connection in
            try connection.all(
                AssetClassRows.changes + "WHERE c.date = ?1", [.date(date)],
                AssetClassRows.readChange)
        }
    }

    /// Provisions that are others from a date on.
    package func provisionTargets(on date: BusinessDate) async throws -> [ProvisionTarget] {
        try await engine.read { connection in
            try connection.all(
                AssetClassRows.provisions + "WHERE p.date = ?1", [.date(date)],
                AssetClassRows.readProvision)
        }
    }
}
