import Settings
import Testing

/// What two persons have agreed on, against what lies there.
struct ApprovedConfigurationTests {
    private let approved = Sample.demonstration

    private func sources(_ contents: [String: String]) -> ConfigurationSources {
        ConfigurationSources(
            directory: "Config", contents: contents.mapValues { Array($0.utf8) })
    }

    private func faults(_ contents: [String: String], environment: [String: String] = [:]) throws
        -> [String]
    {
        let sources = sources(contents)
        let guarded = approved.filter { ConfigurationSources.isGuarded($0.key) }
        return ApprovedConfiguration(guarded)
            .faults(
                of: try Settings.load(sources, environment: environment), from: sources
            ).map(\.description)
    }

    private func spoiled(_ path: String, _ text: String, _ other: String) throws
        -> [String: String]
    {
        var contents = approved
        let old = try #require(contents[path])
        try #require(old.contains(text))
        contents[path] = old.replacing(text, with: other)
        return contents
    }

    private func told(_ path: String, _ words: String) -> [String] {
        [
            "CONF-032: \(words) (Config/\(path)); propose it with colend config propose, or put "
                + "back what holds; colend config history tells of a change that broke off"
        ]
    }

    @Test func `agreements, parties, rules and the platform are guarded, and no other file`() {
        let guarded = approved.keys.filter(ConfigurationSources.isGuarded).sorted()
        #expect(
            guarded.allSatisfy {
                $0.hasPrefix("agreements/") || $0.hasPrefix("parties/")
                    || $0.hasPrefix("rules/") || $0 == "platform.yaml"
            })
        #expect(guarded.contains("platform.yaml") && guarded.contains("parties/harbor.yaml"))
        #expect(guarded.contains("agreements/trio.yaml"))
        #expect(ConfigurationSources.isGuarded("rules/x.yaml"))
        #expect(!ConfigurationSources.isGuarded("products/x.yaml"))
    }

    @Test func `comments, order and names of files are free, and so is every other file`() throws {
        #expect(try faults(approved) == [])
        #expect(try faults(approved.mapValues { "# read again\n" + $0 }) == [])
        var moved = approved
        moved["parties/zz.yaml"] = moved.removeValue(forKey: "parties/harbor.yaml")
        #expect(try faults(moved) == [])
        let product = try spoiled(
            "products/equal-principal-loan.yaml", "dayCount: ACT/365F", "dayCount: ACT/360")
        #expect(try faults(product) == [])
        #expect(
            try faults(spoiled("platform.yaml", "currency: USD", "currency: USD\nchanges: single"))
                == [], "a default that is written out")
    }

    @Test(
        arguments: [
            ("agreements/trio.yaml", "lagDays: 1", "lagDays: 2"),
            ("parties/harbor.yaml", "minimum: \"10\"", "minimum: \"20\""),
            ("platform.yaml", "cutOff: \"23:00\"", "cutOff: \"22:00\""),
            ("platform.yaml", "currency: USD", "currency: USD\nchanges: two-person"),
        ])
    func `a value that nobody approved is told with its file alone`(
        path: String, text: String, other: String
    ) throws {
        var contents = try spoiled(path, text, other)
        contents["agreements/harbor-70-30.yaml"]? += "# a comment\n"
        #expect(
            try faults(contents)
                == told(path, "the file says something else than what was approved"))
    }

    @Test func `a file that is new or gone is told`() throws {
        var contents = approved
        let trio = try #require(contents["agreements/trio.yaml"])
        contents["agreements/later.yaml"] = trio.replacing("2026-01-01", with: "2026-06-01")
            .replacing("lagDays: 1", with: "lagDays: 2")
        #expect(try faults(contents) == told("agreements/later.yaml", "nobody approved this file"))
        var less = approved
        less["agreements/trio.yaml"] = nil
        #expect(
            try faults(less)
                == told("agreements/trio.yaml", "the file is gone, which nobody approved"))
    }

    @Test func `a variable that stands in for what a guarded file says is told`() throws {
        #expect(
            try faults(approved, environment: ["COLEND_CHANGES": "single"]) == [
                "CONF-032: a variable changes what two persons agree on, at changes (environment "
                    + "COLEND_CHANGES); unset it, and propose the value in platform.yaml"
            ])
        #expect(
            try faults(
                approved, environment: ["COLEND_PRODUCTS_EQUAL_PRINCIPAL_LOAN_DAY_COUNT": "ACT/360"]
            )
                == [])
    }

    @Test func `what was agreed on and is sound no more is told by its file`() throws {
        // Without the calendar that the agreed text names, it cannot be compared.
        var contents = approved.mapValues { $0.replacing("calendar: US", with: "calendar: UX") }
        contents["calendars/US.yaml"]?.replace("calendar: US", with: "calendar: UX")
        #expect(!(try faults(contents)).isEmpty)
    }

    @Test func `a slice that has the name of another is guarded as well`() throws {
        let tiers = """
            agreement: twice
            effectiveFrom: 2026-01-01
            currency: USD
            products: [instalment-loan]
            lenders:
              - {party: platform}
              - {party: harbor}
              - {party: summit}
            tiers:
              - name: all
                otherwise: true
                slices:
                  - {party: platform, rest: true}
                  - {party: harbor, share: "30%"}
                  - {waterfall: [harbor, summit], share: "20%"}
            onRefusal: platform
            settlement: {lagDays: 1, calendar: US}

            """
        let agreed = approved.merging(["agreements/twice.yaml": tiers]) { $1 }
        let other = agreed.merging([
            "agreements/twice.yaml": tiers.replacing("30%", with: "40%")
        ]) { $1 }
        let sources = sources(other)
        let faults = ApprovedConfiguration(
            agreed.filter { ConfigurationSources.isGuarded($0.key) }
        ).faults(of: try Settings.load(sources, environment: [:]), from: sources)
        #expect(faults.map(\.code) == [.notApproved])
    }

    @Test(
        arguments: [
            ("agreements/trio.yaml", "agreements/trio.yaml"),
            ("/tmp/New/parties/x.yaml", "parties/x.yaml"), ("/tmp/platform.yaml", "platform.yaml"),
            ("/tmp/chart-of-accounts.yaml", "chart-of-accounts.yaml"),
            ("rules/x.yaml", "rules/x.yaml"), ("agreements/.trio.yaml", nil), ("trio.yaml", nil),
            ("other/trio.yaml", nil),
            ("agreements/trio.yml", nil), ("agreements/trio", nil), ("", nil),
        ])
    func `a file that is named by itself has its place by its name and folder`(
        path: String, place: String?
    ) {
        #expect(ConfigurationSources.place(of: path) == place)
    }

    @Test func `files are replaced, added and taken away, and guarded ones are exchanged`() {
        let replaced = sources(["platform.yaml": "a", "rules/x.yaml": "b", "parties/p.yaml": "c"])
            .replacing(["platform.yaml": "d", "parties/p.yaml": nil, "parties/q.yaml": "e"])
        #expect(
            replaced.texts == ["platform.yaml": "d", "rules/x.yaml": "b", "parties/q.yaml": "e"])
        let exchanged = replaced.guarded(as: ["platform.yaml": "f"])
        #expect(exchanged.texts == ["platform.yaml": "f"])
    }
}
