import SQLStore
import Testing

@Suite struct SchemaTests {
    @Test(arguments: Schema.tables)
    func `every table can be sharded and reproduced`(table: Table) {
        #expect(table.faults == [])
    }

    @Test func `table names are unique and references come after what they refer to`() {
        var seen: Set<String> = []
        for table in Schema.tables {
            #expect(table.references.allSatisfy { seen.contains($0.table) })
            #expect(seen.insert(table.name).inserted)
        }
    }

    @Test(arguments: [
        (
            Table(
                "a", .loanAnchored, .business, [.int64("shard"), .text("loan")],
                key: ["shard"], anchor: ["shard", "loan"]),
            "a: the key (shard) lacks its anchor"
        ),
        (
            Table("b", .keyAnchored, .business, [.text("k")], key: ["k"]),
            "b: the anchor does not begin with the shard"
        ),
        (
            Table("c", .reference, .business, [.text("k").orNull], key: ["k"]),
            "c.k: an ordered column may be null"
        ),
        (
            Table("d", .coordination, .business, [.text("k")], key: ["k"], uniques: [["x"]]),
            "d: there is no column x"
        ),
        (
            Table("e", .coordination, .business, [.text("k"), .int64("k")], key: ["k"]),
            "e: a column is named twice"
        ),
        (
            Table("f", .reference, .business, [.int64("shard")], key: ["shard"]),
            "f: anchored by a shard"
        ),
    ])
    func `a description that breaks the rules is found`(table: Table, fault: String) {
        #expect(table.faults.contains(fault))
    }

    @Test func `a table renders to strict SQLite`() {
        let table = Table(
            "x", .keyAnchored, .business,
            [.int64("shard"), .text("k"), .blob("content").orNull], key: ["shard", "k"],
            anchor: ["shard", "k"],
            indexes: [Table.Index(name: "x_by_k", columns: ["k"])])
        #expect(
            table.creation(.sqlite) == [
                """
                CREATE TABLE x (
                    shard INTEGER NOT NULL,
                    k TEXT NOT NULL,
                    content BLOB,
                    PRIMARY KEY (shard, k)
                ) STRICT, WITHOUT ROWID
                """,
                "CREATE INDEX x_by_k ON x (k)",
            ])
        #expect(table.insertion == "INSERT INTO x (shard, k, content) VALUES (?1, ?2, ?3)")
    }

    @Test func `lock and skip say nothing where one writer runs at a time`() {
        #expect(
            Dialect.sqlite.render("SELECT k FROM t ORDER BY k {lock} {skip}")
                == "SELECT k FROM t ORDER BY k  ")
    }

    @Test(arguments: [
        ("SELECT ?1, ?12 {lock} {skip}", "SELECT $1, $12 FOR UPDATE SKIP LOCKED", 12),
        ("SELECT ?1 {share} {other}", "SELECT $1 FOR SHARE {other}", 1),
        ("SELECT '?1 {lock} é' || ?2", "SELECT '?1 {lock} é' || $2", 2),
        ("SELECT 'it''s ?1', ?1", "SELECT 'it''s ?1', $1", 1), ("SELECT 'é贷'", "SELECT 'é贷'", 0),
    ])
    func `tokens and placeholders are rendered, what is quoted is not`(
        sql: String, text: String, placeholders: Int
    ) {
        let rendered = StatementText(sql, .postgres)
        #expect(rendered.text == text)
        #expect(rendered.placeholders == placeholders)
        #expect(Dialect.postgres.render(sql) == text)
    }

    @Test func `nothing is locked where nothing can be written`() {
        let sql = "SELECT k FROM t {lock} {skip}{share}"
        #expect(StatementText(sql, .postgres, isLocking: false).text == "SELECT k FROM t  ")
    }

    @Test func `a table renders to PostgreSQL with text in the order of its bytes`() {
        let table = Table(
            "x", .keyAnchored, .business,
            [.int64("shard"), .text("k"), .blob("content").orNull], key: ["shard", "k"],
            anchor: ["shard", "k"])
        #expect(
            table.creation(.postgres) == [
                """
                CREATE TABLE x (
                    shard BIGINT NOT NULL,
                    k TEXT COLLATE "C" NOT NULL,
                    content BYTEA,
                    PRIMARY KEY (shard, k)
                )
                """
            ])
    }

    @Test(
        arguments: [("LC00001", 2361), ("LC00002", 710), ("", 3643), ("贷款", 3975)]
            as [(String, Int64)])
    func `the shard is the first twelve bits of SHA-256`(anchor: String, expected: Int64) {
        #expect(shard(of: anchor) == expected)
    }
}
