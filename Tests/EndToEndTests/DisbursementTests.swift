import Foundation
import TestSupport
import Testing

/// Every way of disbursement, as somebody meets it who runs a house with it.
struct DisbursementTests {
    /// With faults of banks and files: whoever pays, nothing stays unexplained.
    @Test(arguments: ["reserve", "escrow", "direct", "lender-pays-all"])
    func `a month of a demo ends with verified books`(way: String) async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Colend.run(
            "demo", "--loans", "16", "--days", "30", "--disbursement", way, "--directory", "demo",
            "--output", "json", in: folder)
        #expect(outcome.exit == 0, "\(outcome.output) \(outcome.errors)")
        func colend(_ words: String) async throws -> Colend.Outcome {
            try await Colend.run(
                words.split(separator: " ").map(String.init),
                environment: [
                    "COLEND_CONFIG": "demo/Config", "COLEND_STORE": "sqlite:demo/colend.db",
                ], in: folder)
        }
        let verified = try await colend("verify")
        #expect(verified.exit == 0, "\(verified.output)")
        let limits = try await colend("limits").json(as: [Object].self)
        #expect(
            limits.compactMap { $0["per"] as? String }.contains("reserve") == (way == "reserve"))
    }

    @Test func `a way nobody knows is a fault of usage`() async throws {
        let outcome = try await Colend.run("demo", "--disbursement", "cash", "--dry-run")
        #expect(outcome.exit == 64)
    }

    private static func books() async throws -> Books {
        let books = try await Books.new()
        let path = "Config/agreements/harbor-70-30.yaml"
        let text = try String(contentsOfFile: books.folder.path(path), encoding: .utf8)
        _ = try books.folder.write(text + "disbursement: reserve\n", to: path)
        _ = try books.folder.write(Books.loans, to: "loans.csv")
        _ = try books.folder.write(
            "id,party,kind,amount,currency\nD1,harbor,deposit,3000.00,USD\n", to: "in.csv")
        return books
    }

    /// Harbor funds 700.00, 1750.00 and 28000.00 of the sample loans.
    @Test func `a deposit is paid in, drawn, shown and not withdrawn below what is drawn`()
        async throws
    {
        let books = try await Self.books()
        let early = try await books.colend("loans import loans.csv")
        #expect(early.exit == 65)
        #expect(early.errors.contains("harbor's deposit of 0.00 USD has 0.00 left"))
        for (imported, there) in [(1, 0), (0, 1)] {
            let told: Object = try await books.colend("reserves import in.csv").json()
            #expect(told["imported"] as? Int == imported)
            #expect(told["alreadyThere"] as? Int == there)
        }
        #expect(try await books.colend("loans import loans.csv --keep-good").exit == 2)
        #expect(
            try await books.colend("limits --output csv").output.replacing("\r\n", with: "\n")
                == """
                lender,agreement,per,period,of,value,part,limit,used,left,currency
                harbor,,reserve,,,,,3000.00,2450.00,550.00,USD

                """)
        let back = "id,party,kind,amount,currency\nW1,harbor,withdrawal,"
        let refused = try await books.colend(
            ["reserves", "import", "-"], input: back + "550.01,USD\n")
        #expect(refused.exit == 65)
        #expect(
            refused.errors == """
                RESERVE-003: loans have left 550.00 USD of harbor's deposit of 3000.00, and the \
                file pays 550.01 more back than it takes in; nothing was recorded: withdraw less

                """)
        #expect(
            try await books.colend(["reserves", "import", "-"], input: back + "550.00,USD\n").exit
                == 0)
        #expect(try await books.colend("verify").exit == 0)
    }

    @Test(arguments: ["reserves.before-recording", "reserves.after-recording"])
    func `a kill leaves a deposit and its entries together`(point: String) async throws {
        let calm = try await Self.books()
        #expect(try await calm.colend("reserves import in.csv").exit == 0)
        let books = try await Self.books()
        let killed = try await books.colend(
            ["reserves", "import", "in.csv"], environment: ["COLEND_CRASH_AT": point])
        #expect(killed.exit != 0)
        #expect(try await books.colend("reserves import in.csv").exit == 0)
        #expect(try await books.digest() == calm.digest())
    }
}
