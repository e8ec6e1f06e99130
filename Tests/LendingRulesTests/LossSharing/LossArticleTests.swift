import Testing

/// The worked examples of the articles `LossSharing` and `Pools`, each closed day by day.
struct LossArticleTests {
    @Test(arguments: [("LossSharing", 90), ("Pools", 9)])
    func `every example comes out as the article says`(_ article: String, _ least: Int) throws {
        let rows = try WorkedRow.rows(of: article)
        #expect(rows.count >= least)
        for row in rows {
            let scenario = try LossScenario(row.terms, row.facts, to: row.date)
            row.expect(try scenario.told(row.date))
        }
    }
}
