import Reconciling
import Testing

/// A summary adds no two currencies together; with one, or none, its sums are plain amounts.
struct MatchCurrencyTests {
    static let header = "id,amount,currency\n"

    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let ours: String
        let theirs: String
        /// Our sum, their sum, then every kind with its count and sum.
        let told: [String]
    }

    static let examples = [
        Example(
            testDescription: "one currency, in both files", ours: header + "1,2.00,USD\n",
            theirs: header + "1,1.50,USD\n", told: ["2.00", "1.50", "amount 1 0.50"]),
        Example(
            testDescription: "no currency at all", ours: "id,amount\n1,2.00\n2,1\n",
            theirs: "id,amount\n1,2.0\n", told: ["3.00", "2.0", "ours-only 1 1"]),
        Example(
            testDescription: "three currencies of other decimals",
            ours: header + "1,1.00,USD\n2,2,JPY\n3,1.234,BHD\n4,5,JPY\n",
            theirs: header + "1,1.01,USD\n2,2,JPY\n3,1.2,BHD\n9,7.5,USD\n",
            told: [
                "BHD 1.234, JPY 7, USD 1.00", "BHD 1.200, JPY 2, USD 8.51", "ours-only 1 JPY 5",
                "theirs-only 1 USD 7.5", "amount 2 BHD 0.034, USD -0.01",
            ]),
        Example(
            testDescription: "one currency here and another there",
            ours: header + "1,1.00,USD\n", theirs: header + "2,1,EUR\n",
            told: ["USD 1.00", "EUR 1.00", "ours-only 1 USD 1.00", "theirs-only 1 EUR 1"]),
        Example(
            testDescription: "a pair in two currencies has no difference",
            ours: header + "1,1.00,USD\n", theirs: header + "1,1,EUR\n",
            told: ["USD 1.00", "EUR 1.00", "field 1 "]),
        Example(
            testDescription: "several currencies against a file without lines",
            ours: header + "1,1.00,USD\n2,3,JPY\n", theirs: header,
            told: ["JPY 3, USD 1.00", "", "ours-only 2 JPY 3, USD 1.00"]),
        Example(
            testDescription: "only one file says its currencies",
            ours: header + "1,1.00,USD\n2,3,JPY\n", theirs: "id,amount\n1,0.75\n5,4\n",
            told: [
                "JPY 3, USD 1.00", "4.75", "ours-only 1 JPY 3", "theirs-only 1 XXX 4",
                "amount 1 USD 0.25",
            ]),
    ]

    @Test(arguments: examples)
    func `sums keep currencies apart`(example: Example) throws {
        let summary = try MatchedTexts.match(example.ours, example.theirs) { $0.key = ["id"] }
            .summary
        let sides = [summary.ours, summary.theirs].map { $0.sums[0].amount.description }
        let kinds = summary.kinds.map { "\($0.kind.rawValue) \($0.count) \($0.sum)" }
        #expect(sides + kinds == example.told)
    }

    @Test func `each column is summed by currency`() throws {
        let lines = (0..<300).map { "\($0),\($0).5,1,\(["USD", "EUR", "GBP"][$0 % 3])\n" }
        let text = "id,principal,fee,currency\n" + lines.joined()
        let summary = try MatchedTexts.match(text, text) { $0.key = ["id"] }.summary
        #expect(
            summary.ours.sums.map { "\($0.column): \($0.amount)" } == [
                "principal: EUR 15000.00, GBP 15100.00, USD 14900.00",
                "fee: EUR 100.00, GBP 100.00, USD 100.00",
            ])
        #expect(summary.ours == summary.theirs)
    }
}
