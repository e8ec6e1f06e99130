/// A statement as an engine takes it: tokens and placeholders in its own spelling.
package struct StatementText: Hashable, Sendable {
    /// The one text for every engine.
    package let sql: String
    /// The engine's text.
    package let text: String
    /// How many values it takes: the highest number of a placeholder.
    package let placeholders: Int

    /// Renders a statement; where nothing can be written nothing is locked either.
    package init(_ sql: String, _ dialect: Dialect, isLocking: Bool = true) {
        self.sql = sql
        var reader = Reader(
            dialect: dialect,
            clauses: [
                ("{lock}", dialect.lockClause), ("{share}", dialect.shareClause),
                ("{skip}", dialect.skipClause),
            ].map { ($0, isLocking ? $1 : "") })
        reader.read(sql)
        text = String(decoding: reader.text, as: UTF8.self)
        placeholders = reader.placeholders
    }

    /// Goes through a statement once; what stands between quotes is left alone.
    private struct Reader {
        let dialect: Dialect
        /// Tokens and what stands for them.
        let clauses: [(token: String, clause: String)]
        var text: [UInt8] = []
        var placeholders = 0

        mutating func read(_ sql: String) {
            var rest = Array(sql.utf8)[...]
            var isQuoted = false
            while let byte = rest.first {
                if byte == UInt8(ascii: "'") { isQuoted.toggle() }
                if !isQuoted, byte == UInt8(ascii: "{"), takeToken(&rest) { continue }
                rest.removeFirst()
                guard !isQuoted, byte == UInt8(ascii: "?") else {
                    text.append(byte)
                    continue
                }
                text.append(dialect.placeholder)
                placeholders = max(placeholders, number(rest))
            }
        }

        private mutating func takeToken(_ rest: inout ArraySlice<UInt8>) -> Bool {
            guard let found = clauses.first(where: { rest.starts(with: $0.token.utf8) }) else {
                return false
            }
            text += found.clause.utf8
            rest = rest.dropFirst(found.token.utf8.count)
            return true
        }

        private func number(_ text: ArraySlice<UInt8>) -> Int {
            text.prefix { (48...57).contains($0) }.reduce(0) { $0 * 10 + Int($1 - 48) }
        }
    }
}
