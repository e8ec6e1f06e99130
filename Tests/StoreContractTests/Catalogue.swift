import SQLStore

/// What a PostgreSQL server says of the tables in a store's schema, held against what lets them be
/// distributed by shard.
struct Catalogue {
    /// A column as the server keeps it.
    struct Field {
        let table: String
        let name: String
        let type: String
        let mayBeNull: Bool
        let collation: String
        /// A default, an identity or a formula: a value that nobody wrote.
        let isComputed: Bool
    }

    /// An index, those of keys included.
    struct Index {
        let table: String
        let name: String
        let isUnique: Bool
        let columns: [String]
    }

    /// A foreign key with both its sides.
    struct Reference {
        let table: String
        let columns: [String]
        let other: String
        let key: [String]
    }

    let fields: [Field]
    let indexes: [Index]
    let references: [Reference]
    /// Generators of numbers and exclusion constraints, by name: nothing here may have any.
    let strangers: [String]
}

extension Catalogue {
    init(_ connection: borrowing Connection) throws(StoreError) {
        let fields = try connection.all(Self.fieldQuery) { row throws(StoreError) in
            Field(
                table: try row.text(0), name: try row.text(1), type: try row.text(2),
                mayBeNull: try row.int64(3) == 1, collation: try row.text(4),
                isComputed: try row.int64(5) == 1)
        }
        let indexes = try connection.all(Self.indexQuery) { row throws(StoreError) in
            Index(
                table: try row.text(0), name: try row.text(1), isUnique: try row.int64(2) == 1,
                columns: try Self.list(row, 3))
        }
        let references = try connection.all(Self.referenceQuery) { row throws(StoreError) in
            Reference(
                table: try row.text(0), columns: try Self.list(row, 1), other: try row.text(2),
                key: try Self.list(row, 3))
        }
        let strangers = try connection.all(Self.strangerQuery) { row throws(StoreError) in
            try row.text(0)
        }
        self.init(
            fields: fields, indexes: indexes, references: references, strangers: strangers)
    }

    private static func list(_ row: borrowing Row, _ column: Int) throws(StoreError) -> [String] {
        try row.text(column).split(separator: ",").map(String.init)
    }

    private static let fieldQuery = """
        SELECT CAST(t.relname AS TEXT), CAST(a.attname AS TEXT), CAST(y.typname AS TEXT),
            CASE WHEN a.attnotnull THEN 0 ELSE 1 END, COALESCE(CAST(c.collname AS TEXT), ''),
            CASE WHEN a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> '' THEN 1 ELSE 0 END
        FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
            JOIN pg_type y ON y.oid = a.atttypid
            LEFT JOIN pg_collation c ON c.oid = a.attcollation
        WHERE t.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
            AND t.relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)
        ORDER BY 1, a.attnum
        """

    private static let indexQuery = """
        SELECT CAST(t.relname AS TEXT), CAST(i.relname AS TEXT),
            CASE WHEN x.indisunique THEN 1 ELSE 0 END, (
                SELECT COALESCE(string_agg(CAST(a.attname AS TEXT), ',' ORDER BY k.place), '')
                FROM unnest(CAST(x.indkey AS int2[])) WITH ORDINALITY AS k (number, place)
                    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number)
        FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
            JOIN pg_class i ON i.oid = x.indexrelid
        WHERE t.relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)
        ORDER BY 1, 2
        """

    private static let referenceQuery = """
        SELECT CAST(t.relname AS TEXT), (
                SELECT string_agg(CAST(a.attname AS TEXT), ',' ORDER BY k.place)
                FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
                    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number),
            CAST(o.relname AS TEXT), (
                SELECT string_agg(CAST(a.attname AS TEXT), ',' ORDER BY k.place)
                FROM unnest(c.confkey) WITH ORDINALITY AS k (number, place)
                    JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum = k.number)
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
            JOIN pg_class o ON o.oid = c.confrelid
        WHERE c.contype = 'f'
            AND t.relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)
        ORDER BY 1, c.conname
        """

    private static let strangerQuery = """
        SELECT CAST(relname AS TEXT) FROM pg_class WHERE relkind = 'S'
            AND relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)
        UNION SELECT CAST(conname AS TEXT) FROM pg_constraint WHERE contype = 'x'
            AND connamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)
        ORDER BY 1
        """
}
