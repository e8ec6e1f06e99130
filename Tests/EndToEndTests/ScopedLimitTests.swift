import Foundation
import TestSupport
import Testing

/// Limits by what loans say and by parts, as somebody meets them who imports loans.
struct ScopedLimitTests {
    private static let scopes = ["region", "grade", "product"]

    /// Limits of harbor that nothing reaches.
    private static let wide =
        "limits:\n  - {per: outstanding, amount: 900000000, currency: USD}\n"
        + scopes.map {
            "  - {per: outstanding, each: \($0), amount: 900000000, currency: USD}\n"
        }.joined()

    @Test func `a limit that begins on a living book counts by value what the ledger has in all`()
        async throws
    {
        let demo = try await DemoRun.first.value.copied()
        let path = "demo/Config/parties/harbor.yaml"
        let text = try String(contentsOfFile: demo.folder.path(path), encoding: .utf8)
        try demo.folder.write(text + Self.wide, to: path)
        let loans =
            Books.header + ",agreement,region\n"
            + "N1,B1,instalment-loan,1000.00,USD,9,6,2026-02-10T09:00:00Z,harbor-70-30,GD\n"
        let taken = try await demo.colend("loans import -", input: loans)
        #expect(taken.exit == 0, "\(taken.errors)")
        try await expectAlike(demo, more: "GD")
        let loan = try await demo.loan("disbursed", paid: true)
        let paid = try await demo.colend(
            "repayments import -",
            input: "payment_id,loan_id,amount,currency,paid_at\n"
                + "Z1,\(loan),75.00,USD,2026-02-10T08:00:00Z\n")
        #expect(paid.exit == 0, "\(paid.errors)")
        for day in 10...14 {
            let closed = try await demo.colend("eod --date 2026-02-\(day)")
            #expect(closed.exit == 0 || closed.exit == 2, "\(closed.errors)")
            try await expectAlike(demo, more: "GD")
        }
    }

    /// What each dimension's values have together is what all loans have, by the ledger.
    private func expectAlike(_ demo: DemoRun, more region: String) async throws {
        let lines = try await demo.colend("limits").json(as: [Object].self)
        func used(_ dimension: String?) -> Int {
            lines.filter { $0["of"] as? String == dimension }.reduce(0) {
                $0 + (Int(($1["used"] as? String ?? "").replacing(".", with: "")) ?? 0)
            }
        }
        #expect(used(nil) > 700_00)
        for scope in Self.scopes { #expect(used(scope) == used(nil), "\(scope) \(lines)") }
        #expect(lines.contains { $0["value"] as? String == region })
        let verified = try await demo.colend("verify")
        #expect(verified.exit == 0, "\(verified.output) \(verified.errors)")
    }

    /// Of the loans harbor funds 700.00, 1750.00 and 28000.00, with 300.00, 750.00 and 12000.00
    /// of the platform's.
    private static func books(_ limits: String...) async throws -> Books {
        let books = try await Books.new()
        let path = "Config/agreements/harbor-70-30.yaml"
        let text = try String(contentsOfFile: books.folder.path(path), encoding: .utf8)
        _ = try books.folder.write(
            text + "limits:\n" + limits.map { "  - {\($0)}\n" }.joined(), to: path)
        _ = try books.folder.write(
            Books.loans.replacing("approved_at", with: "approved_at,region")
                .replacing("09:00:00Z", with: "09:00:00Z,CN-33"), to: "loans.csv")
        return books
    }

    @Test(arguments: ["", " --dry-run"])
    func `a loan without room names the value, or the part and what it is a part of`(
        option: String
    ) async throws {
        let books = try await Self.books(
            "party: harbor, per: day, each: region, amount: \"2500.00\"",
            "party: platform, per: outstanding, atMost: 25%, of: total, leastBase: 4000",
            "party: harbor, per: outstanding, region: CN-33, atMost: 90%, of: own, "
                + "leastBase: 5000")
        let outcome = try await books.colend("loans import loans.csv\(option)")
        #expect(outcome.exit == 65)
        let lines = outcome.errors.split(separator: "\n").map(String.init)
        #expect(
            lines.map { String($0.prefix { $0 != ";" }) } == [
                "LIMIT-003: platform's limit of 1000.00 USD outstanding under harbor-70-30, 25% "
                    + "of the 4000.00 outstanding of all lenders with this loan, has 700.00 left, "
                    + "its share is 750.00, record A2 (loans.csv:3:23)",
                "LIMIT-001: harbor's limit of 2500.00 USD a day for region CN-33 under "
                    + "harbor-70-30 has 1800.00 left for 2026-01-01, its share is 28000.00, "
                    + "record A3 (loans.csv:4:23)",
                "LIMIT-003: harbor's limit of 25830.00 USD outstanding for region CN-33 under "
                    + "harbor-70-30, 90% of its 28700.00 outstanding with this share, has "
                    + "25130.00 left, its share is 28000.00, record A3 (loans.csv:4:23)",
                "LIMIT-003: platform's limit of 10250.00 USD outstanding under harbor-70-30, 25% "
                    + "of the 41000.00 outstanding of all lenders with this loan, has 9950.00 "
                    + "left, its share is 12000.00, record A3 (loans.csv:4:23)",
            ], "\(outcome.errors)")
        #expect(outcome.errors.contains("LIMIT-003") && outcome.errors.contains("--keep-good"))
    }

    @Test func `limits tells each value, each part, and verify names what is wrong of a value`()
        async throws
    {
        let books = try await Self.books(
            "party: harbor, per: day, each: region, amount: \"2500.00\"",
            "party: platform, per: outstanding, atMost: 25%, of: total, leastBase: 4000")
        #expect(try await books.colend("loans import loans.csv --keep-good").exit == 2)
        let limits = try await books.colend("limits --output csv")
        #expect(
            limits.output.replacing("\r\n", with: "\n") == """
                lender,agreement,per,period,of,value,part,limit,used,left,currency
                harbor,harbor-70-30,day,2026-01-01,region,CN-33,,2500.00,700.00,1800.00,USD
                platform,harbor-70-30,outstanding,,,,25% of total,1000.00,300.00,700.00,USD

                """)
        #expect(try await books.colend("verify").exit == 0)
    }

    @Test func `verify names the value of which another use is kept`() async throws {
        let books = try await Self.books("party: harbor, per: day, each: region, amount: 90000")
        let cluster = try await PostgresCluster.shared()
        let url = try await cluster.makeSchema()
        func colend(_ words: String) async throws -> Colend.Outcome {
            try await books.colend(
                words.split(separator: " ").map(String.init),
                environment: ["COLEND_STORE": url])
        }
        #expect(try await colend("loans import loans.csv").exit == 0)
        #expect(try await colend("verify").exit == 0)
        try await cluster.execute(
            "UPDATE limit_use SET used = used - 1 WHERE subject <> ''", on: url)
        let found = try await colend("verify")
        #expect(found.exit == 2)
        #expect(
            found.output.contains(
                "harbor day USD harbor-70-30 for region CN-33: the shares and the books give "
                    + "3045000 as used, the store has 3044999"), "\(found.output)")
    }
}
