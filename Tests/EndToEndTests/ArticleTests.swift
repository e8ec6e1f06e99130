import Testing

/// Articles that show commands with what they print.
struct ArticleTests {
    @Test(arguments: [("Explaining", 12), ("FifthBank", 16), ("Pools", 20)])
    func `every command prints what the article shows`(_ name: String, _ least: Int) async throws {
        let commands = try await ArticleRun(name).run()
        #expect(commands >= least)
    }
}
