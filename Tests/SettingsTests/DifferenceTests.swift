import Settings
import Testing

/// What `config diff` tells: the object, the key, both values, from when and for whom.
struct DifferenceTests {
    private let demonstration = Sample.demonstration

    private func rows(_ old: [String: String], _ new: [String: String]) throws -> [String] {
        try ConfigurationDifference(from: Sample.load(old), to: Sample.load(new)).rows.map { row in
            """
            \(row.object) \(row.key): \(row.old ?? "-") > \(row.new ?? "-"), \
            \(row.from ?? "at once")\(row.until.map { " until \($0)" } ?? ""), \
            \(row.parties.joined(separator: " ")), \(row.products.joined(separator: " "))
            """
        }
    }

    private func spoiled(
        _ path: String, _ text: String, _ other: String, in contents: [String: String]? = nil
    ) throws -> [String: String] {
        var contents = contents ?? demonstration
        let old = try #require(contents[path])
        try #require(old.contains(text))
        contents[path] = old.replacing(text, with: other)
        return contents
    }

    @Test func `a configuration differs in nothing from itself, in other files and other words`()
        throws
    {
        #expect(try rows(demonstration, demonstration) == [])
        var moved = demonstration
        moved["parties/zz.yaml"] = moved.removeValue(forKey: "parties/harbor.yaml")
        moved["agreements/a.yaml"] = moved.removeValue(forKey: "agreements/trio.yaml")
        #expect(try rows(demonstration, moved) == [])
        let words = try spoiled(
            "agreements/trio.yaml", "share: \"50%\"", "share: 5/10",
            in: spoiled("parties/harbor.yaml", "minimum: \"10\"", "minimum: 10.00"))
        #expect(try rows(demonstration, words) == [])
        // What is written is no change where it is the default.
        let said = try spoiled(
            "platform.yaml", "currency: USD", "currency: USD\nfullFiles: monthly")
        #expect(try rows(demonstration, said) == [])
    }

    @Test func `a changed version holds from its date, for the lenders and products of it`() throws
    {
        let new = try spoiled(
            "agreements/trio.yaml", "share: \"50%\"", "share: \"40%\"",
            in: spoiled("agreements/trio.yaml", "share: \"20%\"", "share: \"30%\""))
        let whom = "harbor meridian platform, equal-principal-loan instalment-loan"
        let found = try rows(demonstration, new)
        #expect(
            found == [
                "agreement trio lenders[harbor].share: 50% > 40%, 2026-01-01, \(whom)",
                "agreement trio lenders[platform].share: 20% > 30%, 2026-01-01, \(whom)",
            ])
    }

    @Test func `a later version is told against the one that it follows, from its date`() throws {
        var new = demonstration
        new["agreements/trio-2.yaml"] = try spoiled(
            "agreements/trio.yaml", "2026-01-01", "2026-07-01",
            in: spoiled("agreements/trio.yaml", "coolingOffDays: 14", "coolingOffDays: 7"))[
                "agreements/trio.yaml"]
        let whom = "harbor meridian platform, equal-principal-loan instalment-loan"
        let found = try rows(demonstration, new)
        #expect(
            found == [
                "agreement trio coolingOffDays: 14 > 7, 2026-07-01, \(whom)"
            ])
        let back = try rows(new, demonstration)
        #expect(
            back == [
                "agreement trio coolingOffDays: 7 > 14, 2026-07-01, \(whom)"
            ])
        // A first version that differs until the later one, which both have.
        let first = try spoiled(
            "agreements/trio.yaml", "coolingOffDays: 14", "coolingOffDays: 21", in: new)
        let brief = try rows(new, first)
        #expect(
            brief == [
                "agreement trio coolingOffDays: 14 > 21, 2026-01-01 until 2026-07-01, \(whom)"
            ])
    }

    @Test func `parties, products and calendars change at once, for those whom they touch`() throws
    {
        let new = try spoiled(
            "parties/summit.yaml", "inFlight: 64", "inFlight: 8",
            in: spoiled(
                "products/equal-principal-loan.yaml", "graceDays: 3", "graceDays: 5",
                in: spoiled("calendars/US.yaml", "2026-12-25", "2026-12-24")))
        let found = try rows(demonstration, new)
        #expect(
            found == [
                "party summit inFlight: 64 > 8, at once, summit, "
                    + "equal-principal-loan instalment-loan",
                "product equal-principal-loan penalty.graceDays: 3 > 5, at once, "
                    + "harbor meridian platform summit, equal-principal-loan",
                "calendar US holidays[2026-12-24]: - > 2026-12-24, at once, "
                    + "harbor meridian platform summit, ",
                "calendar US holidays[2026-12-25]: 2026-12-25 > -, at once, "
                    + "harbor meridian platform summit, ",
            ])
    }

    @Test func `a limit is its lender's, and elements have names, not places`() throws {
        let old = Sample.limited(demonstration)
        let new = try spoiled(
            "agreements/harbor-70-30.yaml",
            "  - {party: harbor, per: day, amount: \"500000.00\"}\n", "", in: old)
        let found = try rows(old, new)
        #expect(
            found == [
                "agreement harbor-70-30 limits[harbor day].amount: 500000.00 > -, 2026-01-01, "
                    + "harbor, cash-line equal-principal-loan instalment-loan pay-later"
            ])
    }

    @Test func `what is new or gone as a whole is told by what somebody wrote of it`() throws {
        var new = demonstration
        let calendar = try #require(new["calendars/US.yaml"])
        new["calendars/CN.yaml"] = calendar.replacing("calendar: US", with: "calendar: CN")
        let found = try rows(demonstration, new)
        #expect(found.count > 12)
        #expect(found.allSatisfy { $0.hasPrefix("calendar CN ") && $0.contains(": - > ") })
        #expect(try rows(new, demonstration).allSatisfy { $0.contains(" > -, at once") })
    }

    @Test func `a pool that names no seller touches all who lend, and its vehicle`() throws {
        let new = try spoiled("pools/sale.yaml", "98.5%", "97%", in: Sample.pooled)
        let found = try rows(Sample.pooled, new)
        #expect(
            found == [
                "pool sale price: 98.5% > 97%, at once, harbor meridian platform summit vehicle, "
            ])
    }

    @Test func `an order of lenders that changes is told, for ties go by it`() throws {
        let new = try spoiled(
            "agreements/trio.yaml",
            "  - {party: harbor, share: \"50%\"}\n  - {party: meridian, share: \"30%\"}",
            "  - {party: meridian, share: \"30%\"}\n  - {party: harbor, share: \"50%\"}")
        #expect(
            try rows(demonstration, new).map { $0.prefix { $0 != "," } } == [
                "agreement trio lenders: platform"
            ])
    }

    @Test func `no secret and no place of one is told`() throws {
        let new = try spoiled(
            "parties/harbor.yaml", "COLEND_HARBOR_SECRET", "COLEND_HARBOR_OTHER")
        #expect(
            try rows(demonstration, new).map { String($0.prefix { $0 != "," }) } == [
                "party harbor signing.secretEnv: COLEND_HARBOR_SECRET > COLEND_HARBOR_OTHER"
            ])
    }

    @Test func `tiers and slices have names, and the order of a waterfall counts`() throws {
        let path = "agreements/trio.yaml"
        let old = try spoiled(
            path, "[meridian, summit]", "[meridian, summit, platform]", in: Sample.tiered)
        let new = try spoiled(
            path, "[meridian, summit]", "[meridian, platform, summit]",
            in: spoiled(
                path, "minimum: \"10%\"", "minimum: \"15%\"",
                in: spoiled(path, "to: \"5000.00\"", "to: 5000", in: Sample.tiered)))
        let whom =
            "2026-01-01, harbor meridian platform summit, equal-principal-loan "
            + "instalment-loan"
        let found = try rows(old, new)
        #expect(
            found == [
                "agreement tiered tiers[all-others].slices[meridian].waterfall: "
                    + "meridian, summit, platform > meridian, platform, summit, \(whom)",
                "agreement tiered tiers[small].slices[platform].minimum: 10% > 15%, \(whom)",
            ])
    }

    @Test func `layers and tranches have names`() throws {
        let path = "agreements/insured.yaml"
        let new = try spoiled(
            path, "trigger: 90", "trigger: 60",
            in: spoiled(path, "\"20000.00\"", "25000", in: Sample.insured))
        let whom = ", 2026-01-01, harbor platform, instalment-loan"
        let found = try rows(Sample.insured, new)
        #expect(
            found == [
                "agreement insured lossSharing[mezzanine].trigger: 90 > 60\(whom)",
                "agreement insured lossSharing[mezzanine].tranches[mezzanine].amount: "
                    + "20000.00 > 25000\(whom)",
            ])
    }

    @Test func `a top-up has the name of its layer`() throws {
        let path = "agreements/insured.yaml"
        let new = try spoiled(
            path, ", atMost: \"75000.00\"", "",
            in: spoiled(path, "every: quarter", "every: month", in: Sample.insured))
        let whom = ", 2026-01-01, harbor platform, instalment-loan"
        let found = try rows(Sample.insured, new)
        #expect(
            found == [
                "agreement insured lossSharing[top].cover.topUp.every: quarter > month\(whom)",
                "agreement insured lossSharing[top].cover.topUp.atMost: 75000.00 > -\(whom)",
            ])
    }

    @Test func `a rule has its name, and reaches who lends under the pack`() throws {
        let path = "rules/risk-retention.yaml"
        let old = Sample.ruled
        let new = try spoiled(
            path, "article: art. 6", "article: art. 7", in: old)
        let found = try rows(old, new)
        #expect(
            found == [
                "rules risk-retention rules[eu-retention].article: art. 6 > art. 7, "
                    + "at once, harbor platform, cash-line equal-principal-loan instalment-loan "
                    + "pay-later"
            ])
    }
}
