import SQLStore
import Testing

/// The tables as a real server has them, whatever their description says.
@Suite struct CatalogueTests {
    /// What is in a store's schema.
    private static let described = Schema.tables + [Schema.versionTable]

    @Test func `every key, reference and index of the catalogue contains its anchor`()
        async throws
    {
        let catalogue = try await catalogue(after: [])
        #expect(catalogue.faults(of: Self.described) == [])
        // Or nothing would have been looked at.
        #expect(catalogue.indexes.count { $0.isUnique } >= Self.described.count)
        #expect(catalogue.references.count == Schema.tables.map(\.references.count).reduce(0, +))
        #expect(catalogue.fields.count == Self.described.map(\.columns.count).reduce(0, +))
    }

    @Test(arguments: [
        (["CREATE UNIQUE INDEX x ON loan (loan)"], "loan: the unique x lacks shard"),
        (
            ["ALTER TABLE fact_key ADD CONSTRAINT x UNIQUE (loan, shard)"],
            "fact_key: the unique x lacks fact"
        ),
        (
            [
                "ALTER TABLE ledger DROP CONSTRAINT ledger_pkey",
                "ALTER TABLE ledger ADD CONSTRAINT x PRIMARY KEY (date, book, kind, amount)",
            ], "ledger: the unique x lacks shard"
        ),
        (
            ["CREATE UNIQUE INDEX x ON settlement (currency)"],
            "settlement: the unique x lacks party"
        ),
        (
            ["CREATE INDEX x ON loan (first_due_on)"],
            "loan.first_due_on: ordered by x, and may be null"
        ),
        (
            ["ALTER TABLE loan ALTER COLUMN borrower TYPE TEXT"],
            "loan.borrower: text is not in the order of bytes"
        ),
        (
            ["ALTER TABLE loan ALTER COLUMN borrower DROP NOT NULL"],
            "loan.borrower: null is not as described"
        ),
        (["ALTER TABLE loan ALTER COLUMN principal TYPE INT"], "loan.principal: of type int4"),
        (
            ["ALTER TABLE loan ALTER COLUMN principal SET DEFAULT 0"],
            "loan.principal: a value that nobody wrote"
        ),
        (
            ["ALTER TABLE loan ALTER COLUMN principal ADD GENERATED ALWAYS AS IDENTITY"],
            "loan_principal_seq: a sequence or an exclusion"
        ),
        (["CREATE TABLE x (k BIGINT)"], "x: a table that nothing describes"),
        (["ALTER TABLE loan ADD x BIGINT"], "loan: its columns are not those described"),
    ])
    func `what could not be distributed or reproduced is found`(
        changes: [String], fault: String
    ) async throws {
        #expect(try await catalogue(after: changes).faults(of: Self.described).contains(fault))
    }

    @Test(arguments: [
        ("payout (shard, loan)", "request_key (shard, request_key)", nil),
        (
            "payout (principal_shard, loan)", "loan (shard, loan)",
            "payout: the reference to loan does not pair the shards"
        ),
        (
            "request_key (shard)", "loan (shard)",
            "request_key: the reference to loan lacks an anchor"
        ),
        ("payout (loan)", "terms (version)", nil),
        (
            "payout (loan)", "cash_batch (remittance)",
            "payout: the reference to cash_batch leaves the shard"
        ),
        (
            "cash_batch (date, remittance)", "loan (shard, loan)",
            "cash_batch: the reference to loan looks into the shards"
        ),
        (
            "terms (version)", "cash_batch (remittance)",
            "terms: the reference to cash_batch is not on every node"
        ),
        ("cash_batch (remittance)", "terms (version)", nil),
    ])
    func `references go where they can be checked`(
        from: String, to: String, fault: String?
    ) async throws {
        let none = try await catalogue(after: [])
        let (table, columns) = parts(from)
        let (other, key) = parts(to)
        let reference = Catalogue.Reference(
            table: table, columns: columns, other: other, key: key)
        let catalogue = Catalogue(
            fields: none.fields, indexes: none.indexes, references: [reference], strangers: [])
        #expect(catalogue.faults(of: Self.described) == (fault.map { [$0] } ?? []))
    }

    /// `table (column, column)`.
    private func parts(_ text: String) -> (String, [String]) {
        let words = text.split { " (),".contains($0) }.map(String.init)
        return (words[0], Array(words.dropFirst()))
    }

    private func catalogue(after changes: [String]) async throws -> Catalogue {
        let workspace = try StoreKind.$current.withValue(.postgres) { try Workspace() }
        return try await workspace.engine().write { connection in
            for change in changes { try connection.execute(change) }
            return try Catalogue(connection)
        }
    }
}
