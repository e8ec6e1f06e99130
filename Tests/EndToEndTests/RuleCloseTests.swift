import Foundation
import TestSupport
import Testing

/// Rules that are held against banks' books when a date is closed.
struct RuleCloseTests {
    private static let pack = """
        pack: joint-lending
        title: Parts of capital
        currency: USD
        rules:
          - rule: capital-share
            source: the house's own rules
            effectiveFrom: 2026-01-01
            at: [close]
            outcome: block
            measure: partner-share-of-capital
            limit: "25%"
            cases:
              - book: {capital: "100.00", outstanding: "25.00"}
                finds: nothing
              - book: {capital: "100.00", outstanding: "25.01"}
                finds: 25.01% above 25%

        """

    @Test func `a bank above its part of capital is told, and the date is closed`() async throws {
        let run = try await DemoRun.first.value.copied()
        func change(_ path: String, _ text: String, _ other: String) throws {
            let place = run.folder.path("demo/Config/\(path)")
            let old = try String(contentsOfFile: place, encoding: .utf8)
            try #require(old.contains(text), "\(old)")
            try old.replacing(text, with: other)
                .write(toFile: place, atomically: true, encoding: .utf8)
        }
        try run.folder.write(Self.pack, to: "demo/Config/rules/joint-lending.yaml")
        try change(
            "agreements/harbor-70-30.yaml", "onRefusal:",
            "rulePacks: [joint-lending]\nonRefusal:")
        try change(
            "parties/harbor.yaml", "kind: bank",
            "kind: bank\nfigures:\n"
                + "  - {figure: net-tier-1-capital, amount: \"1000.00\", asOf: 2025-12-31}")
        let closed = try await run.colend("eod --date 2026-02-10 --output table")
        #expect(closed.exit == 2, "\(closed.errors)")
        #expect(
            closed.output.contains("RULE-002: book of harbor in USD: "), "\(closed.output)")
        #expect(closed.output.contains("above 25% (rule capital-share of joint-lending"))
        #expect(try await run.colend("verify").exit == 0)
    }
}
