/// What differs between engines in the text of a statement; all other SQL is one text.
package struct Dialect: Hashable, Sendable {
    /// The engine's name in messages.
    package let name: String
    /// The column type of integers.
    let int64Type: String
    /// The column type of text, ordered by bytes.
    let textType: String
    /// The column type of bytes.
    let blobType: String
    /// The clauses after a table's last parenthesis, for wide rows and for narrow ones.
    let wideTableSuffix: String
    /// The clauses after a table's last parenthesis when its rows live in the key's own tree.
    let narrowTableSuffix: String
    /// What `{lock}` stands for: rows read for a write that follows.
    let lockClause: String
    /// What `{skip}` stands for: rows that another worker holds are passed over.
    let skipClause: String
    /// The statement that opens a writing transaction.
    package let beginWriting: String
    /// Lists the names of all tables.
    let tableNamesQuery: String

    /// SQLite 3.37 or later; one writer at a time, so `{lock}` and `{skip}` say nothing.
    package static let sqlite = Dialect(
        name: "SQLite", int64Type: "INTEGER", textType: "TEXT", blobType: "BLOB",
        wideTableSuffix: " STRICT", narrowTableSuffix: " STRICT, WITHOUT ROWID",
        lockClause: "", skipClause: "", beginWriting: "BEGIN IMMEDIATE",
        tableNamesQuery: """
            SELECT name FROM sqlite_schema WHERE type = 'table'
            AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name
            """)

    /// The engine's text of a statement: `{lock}` and `{skip}` are replaced.
    package func render(_ sql: String) -> String {
        guard sql.utf8.contains(UInt8(ascii: "{")) else { return sql }
        return replace("{skip}", in: replace("{lock}", in: sql, by: lockClause), by: skipClause)
    }

    /// The column type of one of the three kinds.
    func type(_ type: Column.Kind) -> String {
        switch type {
        case .int64: int64Type
        case .text: textType
        case .blob: blobType
        }
    }

    private func replace(_ token: String, in sql: String, by clause: String) -> String {
        sql.split(separator: token, omittingEmptySubsequences: false).joined(separator: clause)
    }
}
