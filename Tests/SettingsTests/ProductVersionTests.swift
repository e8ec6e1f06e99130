import BusinessCalendar
import LendingRules
import Settings
import Testing

/// Several versions of one product, by date.
struct ProductVersionTests {
    private static let path = "products/instalment-loan.yaml"

    /// The smallest configuration with versions of its product, the first of them undated.
    private func contents(_ dates: [String]) throws -> [String: String] {
        var contents = Sample.minimal
        let product = try #require(contents[Self.path])
        for (number, date) in dates.enumerated() {
            contents["products/later-\(number).yaml"] =
                product.replacing("materiality: \"0.00\"", with: "materiality: \"0.5\(number)\"")
                + "effectiveFrom: \(date)\n"
        }
        return contents
    }

    @Test func `versions stand in order of date, the one without a date first`() throws {
        let loaded = try Sample.load(try contents(["2026-09-01", "2026-07-01"]))
        #expect(
            loaded.products.map { $0.effectiveFrom?.description ?? "-" }
                == ["-", "2026-07-01", "2026-09-01"])
        let versions = loaded.versions { Array($0.suffix(64)) }
        #expect(versions.count { $0.file.hasPrefix("products/") } == 3)
    }

    @Test func `two versions from one date are refused`() throws {
        let contents = try contents(["2026-07-01", "2026-07-01"])
        let faults = Sample.faults(of: contents.mapValues { Array($0.utf8) })
        let line =
            (contents["products/later-1.yaml"] ?? "").split(
                separator: "\n", omittingEmptySubsequences: false
            ).count - 1
        #expect(
            faults.map(\.description) == [
                """
                CONF-014: a second product instalment-loan effective from 2026-07-01, at \
                effectiveFrom (Config/products/later-1.yaml:\(line):16); the first is at \
                Config/products/later-0.yaml:\(line):16; give one another name or date
                """
            ])
    }

    @Test func `a later version is told from its date, for the lenders of the product`() throws {
        let rows = try ConfigurationDifference(
            from: Sample.load(Sample.minimal), to: Sample.load(contents(["2026-07-01"]))
        ).rows
        #expect(
            rows.map { "\($0.object) \($0.key): \($0.old ?? "-") > \($0.new ?? "-")" }
                == ["product instalment-loan materiality: 0.00 > 0.50"])
        #expect(rows.map(\.from) == ["2026-07-01"])
        #expect(rows.first?.parties == ["harbor", "platform"])
    }
}
