import Monetary
import Reconciling
import Testing

@Suite struct ExplanationTests {
    @Test func `a sentence names both records, the first divergence and the cause`() throws {
        var day = Day()
        day.ourPayments = [Samples.payment("P")]
        day.theirPayments = [Samples.payment("P", interest: 9999, line: 4)]
        day.ourBalances = [Samples.balance()]
        day.theirBalances = [Samples.balance()]
        let explanation = try #require(try day.reconciled().first).explanation
        #expect(
            explanation.sentence == """
                repayments P, amount: ours principal 788.49 + interest 100.00 + service_fee -10.00 \
                USD on 2026-02-28, theirs principal 788.49 + interest 99.99 + service_fee -10.00 \
                USD on 2026-02-28; first at interest: ours 100.00, theirs 99.99, difference 0.01; \
                likely cause: misprinted in the file, booked right: the balance of L-1 agrees
                """)
        #expect(explanation.rule == Cause.misprinted.rule)
        #expect(explanation.kind == .amount)
    }

    @Test func `amounts carry their currency's decimals`() throws {
        var day = Day()
        day.ourPayments = [Samples.payment("P", currency: Samples.yen)]
        let sentence = try #require(try day.reconciled().first).explanation.sentence
        #expect(
            sentence.contains("ours principal 78849 + interest 10000 + service_fee -1000 JPY"))
        #expect(sentence.contains("first at principal: ours 78849, theirs none, difference 78849"))
    }

    @Test func `the first divergence is of the sort that gave the kind`() throws {
        var day = Day()
        day.tolerance = 1
        day.ourPayments = [Samples.payment("P")]
        day.theirPayments = [Samples.payment("P", interest: 10001, dayLater: 1)]
        let explained = try #require(try day.reconciled().first)
        #expect(explained.found.firstDivergence?.column == "value_date")
        #expect(
            explained.explanation.sentence.contains(
                "first at value_date: ours 2026-02-28, theirs 2026-03-01"))
    }

    @Test func `a missing file is said plainly`() throws {
        var day = Day()
        day.theirBalances = nil
        let explanation = try #require(try day.reconciled().first).explanation
        #expect(
            explanation.sentence == """
                balances, missing-file; first at rows: ours 0, theirs none; likely cause: harbor \
                has not sent the file
                """)
    }

    @Test(arguments: Cause.allCases)
    func `every cause states its rule`(_ cause: Cause) {
        #expect(!cause.rule.isEmpty)
        #expect(Cause(rawValue: cause.rawValue) == cause)
    }
}
