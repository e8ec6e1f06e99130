import Testing

struct LayoutTests {
    @Test func `a stranger at the top is found`() {
        #expect(LayoutRules.strangers(among: ["Sources", "notes.txt"]) == ["notes.txt"])
    }

    @Test func `a README of 151 lines is too long`() {
        #expect(LayoutRules.readme(String(repeating: "\n", count: 151)).count == 1)
        #expect(LayoutRules.readme(String(repeating: "\n", count: 150)).isEmpty)
    }

    @Test(arguments: [
        ("see /ho" + "me/ann/x", 1), ("\"/Us" + "ers/ann\"", 1), ("(/Us" + "ers/ann/x)", 1),
        ("/ro" + "ot/x", 1), ("https://host/ho" + "me/x", 0), ("frame/wo" + "rk/x", 0),
        ("/ho" + "mework", 0),
    ])
    func `a path of one machine is found`(text: String, count: Int) {
        #expect(LayoutRules.machinePaths(in: text, path: "a.md").count == count)
    }

    @Test(arguments: [
        (".build-x", ".build*/", true), ("demo-1", "/demo*/", true), ("a.swp", "*.swp", true),
        ("colend.db-wal", "colend.db*", true), ("Package.resolved", "Package.resolved", true),
        ("Package.swift", "Package.resolved", false), ("a.swift", "*.swp", false),
    ])
    func `what git ignores is not looked at`(name: String, pattern: String, isIgnored: Bool) {
        #expect(House.matches(name, pattern: pattern) == isIgnored)
    }

    @Test func `the paths that an article names are read`() {
        let text =
            "see `Sources/colend` and\n`Scripts/test --filter X`, not `swift test`, `Sources/*`"
        let paths = ArticleRules.paths(in: text)
        #expect(paths.map(\.path) == ["Sources/colend", "Scripts/test"])
        #expect(paths.map(\.line) == [1, 2])
    }

    @Test(arguments: [
        ("| b | x |\n| a | y |", 1), ("| a | x |\n| A | y |", 1), ("| a | |", 1),
        ("| a | x |\n| b | y |", 0),
    ])
    func `a glossary out of order, doubled or empty is found`(rows: String, count: Int) {
        let text = "| term | meaning |\n|---|---|\n" + rows
        #expect(ArticleRules.glossary(text, path: "Glossary.md").count == count)
    }

    @Test func `a code without explanation, use or test is found`() {
        let source = SwiftSource(
            path: "Sources/Operations/A.swift",
            text: "let a = \"FUND-001: refused\" // FUND-009\nlet b = [\"NET-002\", \"SHA-256\"]")
        let codes = ErrorCodes(
            used: ErrorCodes.used(by: [source]),
            explained: ErrorCodes.explained(
                by: "| code | meaning |\n|---|---|\n| `FUND-001` | see NET-002 |\n| OLD-003 | x |"),
            tested: ErrorCodes.codes(in: "expect(\"NET-002\")"))
        #expect(
            codes.gaps == [
                "FUND-001 is provoked by no test", "NET-002 has no row in the Errors article",
                "OLD-003 is explained but nothing gives it",
            ])
    }

    @Test func `a code is tested by itself or by its case`() {
        let source = SwiftSource(
            path: "Sources/SQLStore/A.swift",
            text: """
                case busy = "STORE-007"
                case .closed: "STORE-014"
                case .full(let path): "STORE-008"
                """)
        let tests = "error.code == \"STORE-008\"; error == .closed; let busy = 1"
        #expect(ErrorCodes.tested(by: tests, of: [source]) == ["STORE-008", "STORE-014"])
    }
}
