import Foundation
import SQLStore
import Testing

/// Every `ON CONFLICT` of the store, found in its sources.
@Suite struct ConflictTargetTests {
    @Test func `every conflict target in the sources contains the anchor of its table`() throws {
        let sources = try Self.sources()
        let names = Self.tableNames(sources)
        #expect(names.count >= Schema.tables.count)
        let targets = sources.filter { !$0.key.hasSuffix("Table+Rendering.swift") }
            .flatMap { path, text in
                ConflictTarget.all(in: text, tables: names).map { (path, $0) }
            }
        #expect(targets.count >= 4)
        for (path, target) in targets {
            #expect(target.fault(in: Schema.tables) == nil, "\(path)")
        }
    }

    @Test(arguments: Schema.tables)
    func `statements made from a description conflict on a key with the anchor`(table: Table) {
        let made =
            [table.insertionUnlessPresent, table.insertionOrReplacement]
            + table.indexes.filter(\.isUnique).map { table.insertion(unlessIn: $0) }
        for statement in made {
            let targets = ConflictTarget.all(in: statement, tables: [:])
            #expect(targets.count == 1)
            #expect(targets.first?.fault(in: [table]) == nil)
        }
    }

    @Test(
        arguments: [
            ("INSERT INTO loan (a) VALUES (?1)\n ON CONFLICT (loan) DO NOTHING", "loan: (loan)"),
            (
                "Table.loan.insertion + \" ON CONFLICT (loan, state) DO UPDATE\"",
                "loan: (loan, state)"
            ),
            ("Table.loan.insertion + \"\"\"\n ON CONFLICT (shard, loan)\n\"\"\"", nil),
            ("Table.loan.insertion + \" ON CONFLICT DO NOTHING\"", nil),
            ("Table.loan.insertion + \" ON CONFLICT DO UPDATE\"", "loan: ()"),
            ("Table.loan.insertion + \" ON CONFLICT ON CONSTRAINT x\"", "loan: ()"),
            ("Table.loan.insertion + \" ON CONFLICT (\\(list(key)))\"", "loan: (\\(list(key)"),
            ("text + \" ON CONFLICT (shard, loan)\"", ": (shard, loan)"),
            ("/// says ON CONFLICT (loan)", nil),
        ] as [(String, String?)])
    func `a target without the anchor, or of nobody knows which table, is found`(
        text: String, fault: String?
    ) {
        let found = ConflictTarget.all(in: text, tables: ["loan": "loan"])
            .compactMap { $0.fault(in: Schema.tables) }
        #expect(found == (fault.map { [$0] } ?? []))
    }

    /// The files of the store, by path.
    private static func sources() throws -> [String: String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/SQLStore")
        let names = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String]
        return try (names ?? []).filter { $0.hasSuffix(".swift") }.reduce(into: [:]) {
            $0[$1] = try String(contentsOf: root.appending(path: $1), encoding: .utf8)
        }
    }

    /// The tables' names by those of the constants that describe them.
    private static func tableNames(_ sources: [String: String]) -> [String: String] {
        let names = sources.values.flatMap { text in
            text.matches(of: /static let (\w+) = Table\(\s*"(\w+)"/).map {
                (String($0.1), String($0.2))
            }
        }
        return Dictionary(names) { first, _ in first }
    }
}

/// The columns an `ON CONFLICT` names, and the table it inserts into.
private struct ConflictTarget {
    /// Empty when it cannot be told.
    let table: String
    /// What stands in the brackets; nil without brackets.
    let columns: String?
    /// Whether any unique key may stand in the way, which is right: all of them have the anchor.
    let isOpen: Bool

    /// All in a source or a statement; comments aside.
    static func all(in text: String, tables: [String: String]) -> [ConflictTarget] {
        let code = text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
        return code.matches(of: /ON CONFLICT(\s*\(([^)]*)\))?(\s+DO NOTHING)?/).map { match in
            ConflictTarget(
                table: table(before: code[..<match.range.lowerBound], tables),
                columns: match.2.map(String.init), isOpen: match.1 == nil && match.3 != nil)
        }
    }

    /// The last table that something was inserted into.
    private static func table(before text: Substring, _ tables: [String: String]) -> String {
        let written = text.matches(of: /INSERT INTO (\w+)/).last
        let named = text.matches(of: /Table\.(\w+)\.insertion/).last
        guard let named,
            named.range.lowerBound > (written?.range.lowerBound ?? text.startIndex)
                || written == nil
        else { return written.map { String($0.1) } ?? "" }
        return tables[String(named.1)] ?? ""
    }

    func fault(in tables: [Table]) -> String? {
        if isOpen { return nil }
        let names = (columns ?? "").split { ", \n".contains($0) }.map(String.init)
        let anchor = tables.first { $0.name == table }?.anchor
        if let anchor, !names.isEmpty, Set(anchor).isSubset(of: names) { return nil }
        return "\(table): (\(columns ?? ""))"
    }
}
