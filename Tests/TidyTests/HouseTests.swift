import Testing

/// The rules against the package as it stands.
struct HouseTests {
    private static let articles = "Sources/colend/Documentation.docc"

    @Test(arguments: Rule.all)
    func `the package keeps every rule`(rule: Rule) {
        expectNone(House.sources.flatMap(rule.findings))
    }

    @Test func `the sources are found`() {
        #expect(House.sources.count > 30)
        #expect(House.sources.contains { $0.path == "Tests/TidyTests/HouseTests.swift" })
    }

    @Test func `only the agreed names stand at the top`() {
        #expect(LayoutRules.strangers(among: House.here.committedNames) == [])
    }

    @Test func `the README fits on a few screens`() throws {
        expectNone(LayoutRules.readme(try #require(House.here.text("README.md"))))
    }

    @Test func `no file names a path of one machine`() {
        expectNone(House.texts.flatMap { LayoutRules.machinePaths(in: $0.text, path: $0.path) })
    }

    @Test func `every path that an article names exists`() {
        let missing = House.texts.filter { $0.path.hasSuffix(".md") }.flatMap { article in
            ArticleRules.paths(in: article.text).filter { !House.here.exists($0.path) }.map {
                Finding(path: article.path, line: $0.line, message: "\($0.path) is not there")
            }
        }
        expectNone(missing)
    }

    @Test func `the glossary gives every term one meaning`() throws {
        let path = "\(Self.articles)/Glossary.md"
        let text = try #require(House.here.text(path))
        #expect(ArticleRules.rows(in: text).count > 20)
        expectNone(ArticleRules.glossary(text, path: path))
    }

    @Test func `every error code is explained, used and tested`() throws {
        let article = try #require(House.here.text("\(Self.articles)/Errors.md"))
        let tests = House.texts.filter {
            $0.path.hasPrefix("Tests/") && !$0.path.hasPrefix("Tests/TidyTests/")
        }
        let codes = ErrorCodes(
            used: ErrorCodes.used(by: House.sources),
            explained: ErrorCodes.explained(by: article),
            tested: ErrorCodes.tested(
                by: tests.map(\.text).joined(separator: "\n"), of: House.sources))
        let gaps = codes.gaps
        let count = gaps.count
        #expect(count == 0, "\n\(gaps.joined(separator: "\n"))")
    }

    private func expectNone(
        _ findings: [Finding], at place: SourceLocation = #_sourceLocation
    ) {
        let list = findings.sorted().map(\.description).joined(separator: "\n")
        // The count alone: the list below it is for reading.
        let count = findings.count
        #expect(count == 0, "\n\(list)", sourceLocation: place)
    }
}
