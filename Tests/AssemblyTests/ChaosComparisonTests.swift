import Assembly
import Testing

@Suite struct ChaosComparisonTests {
    private static func share(
        _ state: String, key: String = "L1.north.1", amount: String = "700.00",
        currency: String = "USD", executions: Int = 1
    ) -> ChaosShare {
        ChaosShare(
            key: key, bank: "north", loan: "L1", amount: amount, currency: currency, state: state,
            executions: executions)
    }

    private static func verdicts(
        _ ours: [ChaosShare], _ theirs: [ChaosShare], mistakes: [String: String] = [:],
        named: Set<String> = []
    ) -> [ChaosComparison.Verdict] {
        ChaosComparison(ours: ours, theirs: theirs, mistakes: mistakes, named: named)
            .differences.map(\.verdict)
    }

    @Test(arguments: [
        ("confirmed", "accepted"), ("confirmed", "confirmed"), ("accepted", "accepted"),
        ("refused", "refused"), ("reversed", "reversed"), ("reversal-refused", "confirmed"),
        ("refused", "reversed"), ("returned", "reversed"),
    ])
    func `sides that agree on the money differ in nothing`(ours: String, theirs: String) {
        #expect(Self.verdicts([Self.share(ours)], [Self.share(theirs)]) == [])
    }

    @Test func `a refusal of which the bank has kept nothing is no difference`() {
        #expect(Self.verdicts([Self.share("refused")], []) == [])
    }

    @Test(arguments: [
        ("refused", "accepted"), ("reversed", "confirmed"), ("confirmed", "reversed"),
        ("accepted", "refused"), ("returned", "accepted"), ("confirmed", "pending"),
    ])
    func `a share that only one side has is lost`(ours: String, theirs: String) {
        #expect(Self.verdicts([Self.share(ours)], [Self.share(theirs)]) == [.lost])
    }

    @Test func `a share that one side has never heard of is lost`() {
        #expect(Self.verdicts([Self.share("confirmed")], []) == [.lost])
        #expect(Self.verdicts([], [Self.share("accepted")]) == [.lost])
        #expect(Self.verdicts([], [Self.share("refused")]) == [.unexplained])
    }

    @Test func `money that moved twice and stays is doubled, and what was taken back is not`() {
        let twice = Self.share("confirmed", executions: 2)
        #expect(Self.verdicts([Self.share("confirmed")], [twice]) == [.doubled])
        #expect(Self.verdicts([Self.share("in-doubt")], [twice]) == [.doubled])
        let back = Self.share("reversed", executions: 2)
        #expect(Self.verdicts([Self.share("reversed")], [back]) == [])
    }

    @Test func `a loan funded under two keys is doubled`() {
        let keys = ["L1.north.1", "L1.north.2"]
        let shares = keys.map { Self.share("confirmed", key: $0) }
        #expect(Self.verdicts(shares, shares) == [.doubled])
        #expect(
            Self.verdicts(
                [Self.share("reversed"), shares[1]], [Self.share("reversed"), shares[1]]) == [])
    }

    @Test(arguments: [("700.01", "USD"), ("700.00", "EUR"), ("70.00", "USD")])
    func `another amount or currency is unexplained`(amount: String, currency: String) {
        let other = Self.share("confirmed", amount: amount, currency: currency)
        #expect(Self.verdicts([Self.share("confirmed")], [other]) == [.unexplained])
    }

    @Test(arguments: [
        "planned", "sent", "pending", "in-doubt", "reversing", "reversal-in-doubt",
    ])
    func `what is open at the end is unexplained`(state: String) {
        for theirs in ["accepted", "refused", "pending"] {
            #expect(Self.verdicts([Self.share(state)], [Self.share(theirs)]) == [.unexplained])
        }
        #expect(Self.verdicts([Self.share(state)], []) == [.unexplained])
        #expect(Self.verdicts([Self.share("refused")], [Self.share("pending")]) == [.unexplained])
    }

    @Test(arguments: [true, false], [true, false])
    func `only a mistake that the bank made and the platform named explains a difference`(
        isMade: Bool, isNamed: Bool
    ) {
        let comparison = ChaosComparison(
            ours: [Self.share("in-doubt")], theirs: [Self.share("accepted", amount: "699.99")],
            mistakes: isMade ? ["L1.north.1": "cent-off"] : ["L2.north.1": "cent-off"],
            named: isNamed ? ["L1.north.1"] : ["L2.north.1"])
        let explanation = comparison.differences.first?.explanation
        #expect(comparison.differences.count == 1)
        #expect(explanation == (isMade && isNamed ? "cent-off" : nil))
    }

    @Test(
        arguments: [
            ("duplicate-execution", "confirmed", 2, true),
            ("duplicate-execution", "refused", 1, false),
            ("cent-off", "confirmed", 1, true), ("cent-off", "refused", 1, false),
            ("wrong-currency", "confirmed", 1, true), ("partial-funding", "reversed", 1, false),
            ("unknown-for-a-while", "refused", 1, false),
            ("unknown-for-a-while", "in-doubt", 1, true),
            ("forgotten-key", "reversed", 1, false), ("held-request", "confirmed", 2, false),
            ("overtaken-request", "reversed", 1, true),
            ("overtaken-request", "confirmed", 2, false),
        ])
    func `a mistake explains what it comes to and nothing else`(
        mistake: String, ours: String, executions: Int, isExplained: Bool
    ) {
        var their = Self.share("confirmed", amount: ours == "confirmed" ? "699.99" : "700.00")
        their.executions = executions
        let comparison = ChaosComparison(
            ours: [Self.share(ours)], theirs: [their], mistakes: ["L1.north.1": mistake],
            named: ["L1.north.1"])
        #expect(comparison.differences.count == 1)
        #expect((comparison.differences.first?.explanation == mistake) == isExplained)
    }
}
