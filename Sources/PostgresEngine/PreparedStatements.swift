internal import CPostgres
internal import SQLStore

/// A statement the server has parsed, for values of certain types.
struct PreparedStatement {
    let name: String
    let types: [Oid]

    /// Whether values of these types fit; null fits everywhere.
    func takes(_ values: ArraySlice<Oid>) -> Bool {
        zip(types, values).allSatisfy { $0 == $1 || $1 == ServerType.unknown }
    }
}

/// What a connection knows of one statement: its text and what the server has parsed of it.
final class KnownStatement {
    let text: StatementText
    fileprivate(set) var prepared: [PreparedStatement] = []

    init(_ text: StatementText) {
        self.text = text
    }

    /// What the server has parsed for values of these types.
    func prepared(for types: ArraySlice<Oid>) -> PreparedStatement? {
        prepared.first { $0.takes(types) }
    }
}

/// The statements of a connection, so many at most.
struct PreparedStatements {
    private struct Key: Hashable {
        let sql: String
        let isLocking: Bool
    }

    private var known: [Key: KnownStatement] = [:]
    private var preparedCount = 0
    private var lastNumber = 0

    /// Far more than the store has statements, so that texts made on the fly cannot pile up.
    private static let most = 1_000

    /// Whether so many more could be prepared; `forgetAll` makes room.
    func hasRoom(for count: Int) -> Bool {
        known.count < Self.most && preparedCount + count <= Self.most
    }

    /// The statement of a text, rendered once.
    mutating func statement(_ sql: String, isLocking: Bool) -> KnownStatement {
        let key = Key(sql: sql, isLocking: isLocking)
        if let statement = known[key] { return statement }
        let statement = KnownStatement(StatementText(sql, .postgres, isLocking: isLocking))
        known[key] = statement
        return statement
    }

    /// A name that no statement of this connection has had: a failure half-way leaves one behind.
    mutating func newName() -> String {
        lastNumber += 1
        return "s\(lastNumber)"
    }

    /// Remembers what the server has parsed.
    mutating func add(_ prepared: PreparedStatement, to statement: KnownStatement) {
        statement.prepared.append(prepared)
        preparedCount += 1
    }

    /// The server has forgotten all of them.
    mutating func forgetAll() {
        // Who holds a statement must not use what is gone.
        for statement in known.values { statement.prepared.removeAll() }
        known.removeAll()
        preparedCount = 0
    }
}
