internal import LendingRules
package import Operations

/// The texts of the versions loans carry, in the store.
package struct SQLTermsSnapshots: TermsSnapshots {
    private let engine: any SQLEngine

    /// The texts behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func snapshots() async throws -> [TermsSnapshot] {
        try await engine.read { connection in
            try connection.all(Table.terms.selectionInKeyOrder) { row throws(StoreError) in
                TermsSnapshot(version: TermsVersion(try row.text(0)), text: try row.text(1))
            }
        }
    }
}
