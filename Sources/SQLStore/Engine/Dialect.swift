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
    /// What `{share}` stands for: rows that must stay as they are, which others may hold as well.
    let shareClause: String
    /// What `{skip}` stands for: rows that another worker holds are passed over.
    let skipClause: String
    /// What stands before the number of a placeholder.
    let placeholder: UInt8
    /// The statement that opens a writing transaction.
    package let beginWriting: String
    /// Lists the names of all tables.
    let tableNamesQuery: String
    /// Lets one process at a time change the tables, until its transaction ends; empty where a
    /// writing transaction does so by itself.
    package let migrationLock: String

    /// SQLite 3.37 or later; one writer at a time, so `{lock}`, `{share}` and `{skip}` say nothing.
    package static let sqlite = Dialect(
        name: "SQLite", int64Type: "INTEGER", textType: "TEXT", blobType: "BLOB",
        wideTableSuffix: " STRICT", narrowTableSuffix: " STRICT, WITHOUT ROWID",
        lockClause: "", shareClause: "", skipClause: "", placeholder: UInt8(ascii: "?"),
        beginWriting: "BEGIN IMMEDIATE",
        tableNamesQuery: """
            SELECT name FROM sqlite_schema WHERE type = 'table'
            AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name
            """, migrationLock: "")

    /// PostgreSQL 15 or later; the store lives in the first schema of the search path.
    ///
    /// Writing is READ COMMITTED: a statement after `{lock}` sees what the transaction it waited
    /// for has committed, which a snapshot taken before the wait would hide.
    package static let postgres = Dialect(
        name: "PostgreSQL", int64Type: "BIGINT", textType: "TEXT COLLATE \"C\"",
        blobType: "BYTEA", wideTableSuffix: "", narrowTableSuffix: "",
        lockClause: "FOR UPDATE", shareClause: "FOR SHARE", skipClause: "SKIP LOCKED",
        placeholder: UInt8(ascii: "$"),
        beginWriting: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
        tableNamesQuery: """
            SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()
            ORDER BY 1
            """,
        migrationLock: """
            SELECT pg_advisory_xact_lock(
                hashtextextended('colend migration ' || current_schema(), 0))
            """)

    /// The engine's text of a statement: `{lock}`, `{share}`, `{skip}` and placeholders are
    /// replaced.
    package func render(_ sql: String) -> String {
        guard sql.utf8.contains(UInt8(ascii: "{")) || placeholder != UInt8(ascii: "?") else {
            return sql
        }
        return StatementText(sql, self).text
    }

    /// The column type of one of the three kinds.
    func type(_ type: Column.Kind) -> String {
        switch type {
        case .int64: int64Type
        case .text: textType
        case .blob: blobType
        }
    }
}
