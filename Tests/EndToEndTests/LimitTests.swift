import Foundation
import TestSupport
import Testing

/// Limits of lenders, as somebody meets them who imports loans.
struct LimitTests {
    /// Harbor funds 700.00, 1750.00 and 28000.00 of the sample loans.
    private static func books(_ limits: String...) async throws -> Books {
        let books = try await Books.new()
        let path = "Config/agreements/harbor-70-30.yaml"
        let text = try String(contentsOfFile: books.folder.path(path), encoding: .utf8)
        _ = try books.folder.write(
            text + "limits:\n" + limits.map { "  - {\($0)}\n" }.joined(), to: path)
        _ = try books.folder.write(Books.loans, to: "loans.csv")
        return books
    }

    @Test(arguments: ["", " --dry-run"])
    func `a loan without room keeps its whole file out and is named`(option: String) async throws {
        let books = try await Self.books("party: harbor, per: day, amount: \"2500.00\"")
        let outcome = try await books.colend("loans import loans.csv\(option)")
        #expect(outcome.exit == 65)
        #expect(
            outcome.errors == """
                LIMIT-001: harbor's limit of 2500.00 USD a day under harbor-70-30 has 50.00 left \
                for 2026-01-01, its share is 28000.00, record A3 (loans.csv:4:23); import it when \
                there is room, and the others now with --keep-good

                """)
        #expect(try await books.colend("loans list").output.contains("A1") == false)
    }

    @Test func `with good ones kept the others are booked, and take nothing a second time`()
        async throws
    {
        let books = try await Self.books(
            "party: harbor, per: day, amount: \"2500.00\"",
            "party: platform, per: outstanding, amount: \"1050.00\"")
        for imported in [2, 0] {
            let outcome = try await books.colend("loans import loans.csv --keep-good")
            #expect(outcome.exit == 2, "\(outcome.errors)")
            let told: Object = try outcome.json()
            #expect(told["imported"] as? Int == imported)
            #expect(told["rejected"] as? Int == 1)
            let rejected = try String(
                contentsOfFile: books.folder.path("loans.csv.rejected.csv"), encoding: .utf8)
            #expect(rejected.contains("\n4,\"LIMIT-001: harbor's limit"), "\(rejected)")
            #expect(rejected.contains("platform's limit of 1050.00 USD outstanding"))
            let limits = try await books.colend("limits --output csv")
            #expect(
                limits.output.replacing("\r\n", with: "\n") == """
                    lender,agreement,per,period,of,value,part,limit,used,left,currency
                    harbor,harbor-70-30,day,2026-01-01,,,,2500.00,2450.00,50.00,USD
                    platform,harbor-70-30,outstanding,,,,,1050.00,1050.00,0.00,USD

                    """)
        }
        #expect(try await books.colend("verify").exit == 0)
    }

    @Test(arguments: ["intake.before-booking", "intake.after-booking"])
    func `a kill leaves limits and loans together`(point: String) async throws {
        let limit = "party: harbor, per: month, amount: \"40000.00\""
        let calm = try await Self.books(limit)
        #expect(try await calm.colend("loans import loans.csv").exit == 0)
        let books = try await Self.books(limit)
        let killed = try await books.colend(
            ["loans", "import", "loans.csv"], environment: ["COLEND_CRASH_AT": point])
        #expect(killed.exit != 0)
        #expect(try await books.colend("loans import loans.csv").exit == 0)
        #expect(try await books.digest() == calm.digest())
        let used = try await books.colend("limits").json(as: [Object].self).first?["used"]
        #expect(used as? String == "30450.00")
    }

    @Test func `what is used is verified, and a lowered limit leaves less than nothing`()
        async throws
    {
        let books = try await Self.books("party: harbor, per: day, amount: \"40000.00\"")
        let cluster = try await PostgresCluster.shared()
        let url = try await cluster.makeSchema()
        func colend(_ words: String) async throws -> Colend.Outcome {
            try await books.colend(
                words.split(separator: " ").map(String.init),
                environment: ["COLEND_STORE": url])
        }
        #expect(try await colend("loans import loans.csv").exit == 0)
        #expect(try await colend("verify").exit == 0)
        let path = "Config/agreements/harbor-70-30.yaml"
        let text = try String(contentsOfFile: books.folder.path(path), encoding: .utf8)
        _ = try books.folder.write(text.replacing("40000.00", with: "30000.00"), to: path)
        let line = try await colend("limits").json(as: [Object].self).first
        #expect(line?["left"] as? String == "-450.00")
        try await cluster.execute("UPDATE limit_use SET used = used - 1", on: url)
        let found = try await colend("verify")
        #expect(found.exit == 2)
        #expect(
            found.output.contains(
                "limits of 2026-01-01, harbor day USD harbor-70-30: the shares and the books give "
                    + "3045000 as used, the store has 3044999"), "\(found.output)")
    }
}
