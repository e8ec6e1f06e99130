import LendingRules
import TestSupport
import Testing

/// The names by which decisions of one date are told apart.
struct LossNameTests {
    @Test func `a layer that is called as an order is has decisions of its own`() throws {
        let terms: Story.Words = [
            "layers": [
                [
                    "name": "sale", "trigger": 20,
                    "shares": ["platform": "50%", "harbor": "50%"],
                ] as Story.Words
            ]
        ]
        let told = try LossScenario(terms, "O1 02-21 order sale platform>harbor 10%", to: "02-21")
        #expect(
            told.decided.map(\.id) == [
                "L1.sale.platform.harbor.2026-02-21", "L1.sale.platform.harbor-2.2026-02-21",
            ])
    }
}
