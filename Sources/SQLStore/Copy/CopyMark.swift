/// The table that stands in a store from the beginning of a copy into it to its end: while it is
/// there nobody may take the store for whole.
enum CopyMark {
    private static let table = Table(
        "store_copy", .coordination, .operational, [.text("source")], key: ["source"])

    /// What is being copied into the store; nil when nothing is.
    static func source(_ connection: borrowing Connection) throws(StoreError) -> String? {
        guard try Schema.tableNames(connection).contains(table.name) else { return nil }
        return try connection.first("SELECT source FROM \(table.name)") { row throws(StoreError) in
            try row.text(0)
        } ?? ""
    }

    /// Throws `StoreError.unfinishedCopy` while the mark stands.
    static func refuse(_ connection: borrowing Connection) throws(StoreError) {
        if let source = try source(connection) { throw .unfinishedCopy(of: source) }
    }

    static func set(_ source: String, _ connection: borrowing Connection) throws(StoreError) {
        for statement in table.creation(connection.dialect) { try connection.execute(statement) }
        try connection.execute(table.insertion, [.text(source)])
    }

    static func remove(_ connection: borrowing Connection) throws(StoreError) {
        try connection.execute("DROP TABLE \(table.name)")
    }
}
