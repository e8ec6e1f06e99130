/// Where the tables lie when the database can spread them over nodes (the `citus` extension):
/// loan-anchored and key-anchored ones by shard, side by side; reference tables whole on every
/// node; coordination tables on the one that coordinates.
package struct TableLayout: Hashable, Sendable {
    /// Whether the database can spread tables at all.
    package let isOffered: Bool
    /// The tables that are spread by shard.
    package let sharded: Set<String>
    /// The tables that every node has whole.
    package let everywhere: Set<String>

    /// What the database says of the tables in the store's schema.
    init(_ connection: borrowing Connection) throws(StoreError) {
        let dialect = connection.dialect
        var sharded: Set<String> = []
        var everywhere: Set<String> = []
        isOffered =
            try dialect.distributorQuery.isEmpty
            ? false
            : connection.first(dialect.distributorQuery) { _ throws(StoreError) in true } ?? false
        if isOffered {
            try connection.query(dialect.distributedTablesQuery) { row throws(StoreError) in
                if try row.int64(1) == 1 {
                    sharded.insert(try row.text(0))
                } else {
                    everywhere.insert(try row.text(0))
                }
            }
        }
        (self.sharded, self.everywhere) = (sharded, everywhere)
    }

    /// The tables that still lie on one node and should not, those that are referred to first.
    package var missing: [Table] {
        guard isOffered else { return [] }
        return Schema.tables.filter { table in
            switch table.tableClass {
            case .loanAnchored, .keyAnchored: !sharded.contains(table.name)
            case .reference: !everywhere.contains(table.name)
            case .coordination: false
            }
        }
    }
}

extension Schema {
    /// Where the tables of a store lie now.
    package static func layout(_ engine: any SQLEngine) async throws -> TableLayout {
        try await engine.read { connection in try TableLayout(connection) }
    }

    /// Spreads the tables of an empty store in one transaction, where the database can; does
    /// nothing when they are spread.
    ///
    /// - Returns: Where they lie afterwards.
    /// - Throws: `StoreError.notDistributed` when a table holds rows on one node; changes nothing.
    package static func distribute(_ engine: any SQLEngine) async throws -> TableLayout {
        guard try await !layout(engine).missing.isEmpty else {
            return try await layout(engine)
        }
        return try await engine.write { connection in
            try lock(connection)
            let missing = try TableLayout(connection).missing
            guard try missing.isEmpty || isBare(connection) else {
                throw StoreError.notDistributed
            }
            for table in missing { try connection.execute(table.spreading) }
            return try TableLayout(connection)
        }
    }

    /// Whether no table holds a row.
    static func isBare(_ connection: borrowing Connection) throws(StoreError) -> Bool {
        for table in tables {
            let sql = "SELECT 1 FROM \(table.name) LIMIT 1"
            if try connection.first(sql, [], { _ throws(StoreError) in true }) ?? false {
                return false
            }
        }
        return true
    }

    /// The table whose shards all others lie beside.
    fileprivate static let first = tables.first { $0.tableClass.isSharded }?.name ?? ""
}

extension Table {
    /// The statement that spreads the table, or copies it to every node.
    fileprivate var spreading: String {
        guard tableClass.isSharded else { return "SELECT create_reference_table('\(name)')" }
        let neighbour = name == Schema.first ? "none" : Schema.first
        return
            "SELECT create_distributed_table('\(name)', 'shard', colocate_with => '\(neighbour)')"
    }
}
