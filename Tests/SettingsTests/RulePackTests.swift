import BusinessCalendar
import Foundation
import LendingRules
import Monetary
import Settings
import Testing

struct RulePackTests {
    @Test func `the repository's packs load, with two cases a rule, one on each side`() throws {
        let loaded = try Sample.load(Sample.ruled)
        let packs = loaded.rulePacks.filter { $0.name != "one-more" }
        #expect(
            packs.map(\.name) == [
                "cn-asset-classes", "cn-internet-loans", "in-co-lending", "in-dlg",
                "risk-retention",
            ])
        for pack in packs {
            for (index, rule) in pack.rules.enumerated() {
                let prefix = "rules[\(index + 1)].cases["
                let finds = loaded.origins.filter {
                    $0.file == "rules/\(pack.name).yaml" && $0.key.hasPrefix(prefix)
                        && $0.key.hasSuffix("].finds")
                }.map(\.value)
                #expect(finds.contains("nothing"), "\(pack.name) \(rule.name) keeps")
                #expect(finds.contains { $0 != "nothing" }, "\(pack.name) \(rule.name) breaks")
            }
        }
    }

    @Test func `the figures are those of their sources`() throws {
        let packs = try Sample.load(Sample.ruled).rulePacks.filter { $0.name != "one-more" }
        let lines = packs.flatMap { pack in
            pack.rules.map { rule in
                "\(pack.name) \(rule.name) \(rule.effectiveFrom) \(rule.outcome) \(rule.bound.text)"
            }
        }
        #expect(
            lines == [
                "cn-asset-classes non-performing 2023-07-01 warn 90",
                "cn-asset-classes ladder 2023-07-01 warn 90 270 360",
                "cn-internet-loans partner-floor 2022-01-01 block 3/10",
                "cn-internet-loans partner-concentration 2022-01-01 warn 1/4",
                "cn-internet-loans joint-loans 2022-01-01 warn 1/2",
                "cn-internet-loans home-region 2022-01-01 block -",
                "cn-internet-loans consumer-line 2020-07-17 block 20000000 minor units",
                "cn-internet-loans listed-partner 2025-10-01 block -",
                "cn-internet-loans guarantee-fees 2025-10-01 block -",
                "cn-internet-loans all-in-cap 2025-10-01 warn 24.00%",
                "in-co-lending lender-floor 2026-01-01 block 1/10",
                "in-co-lending transfer 2026-01-01 block 15",
                "in-co-lending blended-rate 2026-01-01 block blended",
                "in-co-lending escrow 2026-01-01 block escrow",
                "in-co-lending no-veto 2026-01-01 block -",
                "in-co-lending loss-guarantee 2026-01-01 block 1/20",
                "in-co-lending one-class 2026-01-01 warn 1",
                "in-dlg ceiling 2025-05-08 block 1/20",
                "in-dlg invocation 2025-05-08 block 120",
                "in-dlg never-reinstated 2025-05-08 block -",
                "risk-retention us-retention 2015-02-23 warn 1/20",
                "risk-retention eu-retention 2019-01-01 warn 1/20",
            ])
    }

    @Test func `what a party says of itself reaches the rules`() throws {
        let book = try Sample.load(Sample.ruled).ruleBook
        let harbor = book.facts(of: PartyID("harbor"))
        let listed = try #require(BusinessDate("2025-10-01"))
        let asOf = try #require(BusinessDate("2025-12-31"))
        #expect(harbor.kind == .bank)
        #expect(harbor.homeRegions == ["CA"])
        #expect(harbor.listedFrom == listed)
        #expect(harbor.amount(of: .netTier1Capital, on: asOf) == 10_000_000_000)
        #expect(book.facts(of: PartyID("platform")).kind == .platform)
    }

    @Test(arguments: [("2026-01-01", 1), ("2026-01-02", 0)])
    func `an agreement is blocked from the rule's first date on, and not before`(
        from: String, faults: Int
    ) {
        let contents = Sample.floored(from: from).mapValues { Array($0.utf8) }
        let found = Sample.faults(of: contents)
        #expect(found.filter { $0.code == .ruleBroken }.count == faults)
        #expect(found.count == faults)
    }

    @Test func `a rule that warns keeps nothing from loading and is told`() throws {
        let loaded = try Sample.load(Sample.floored(outcome: "warn"))
        #expect(
            loaded.warnings.map(\.description) == [
                "CONF-029: platform: 30% below 30.01% (rule partner-floor of floor: The text, "
                    + "art. 2), at rulePacks[1] (Config/agreements/harbor-70-30.yaml:23:13); "
                    + "the rule warns; the agreement holds all the same"
            ])
        #expect(loaded.agreements.map(\.rulePacks) == [["floor"]])
        #expect(try Sample.load(Sample.floored(outcome: "warn", limit: "30%")).warnings.isEmpty)
    }

    @Test func `a pack under an agreement gives it another version, and the pack's content none`()
        throws
    {
        let plain = try Sample.load(Sample.minimal).agreements.map(\.canonicalTerms)
        let held = try Sample.load(Sample.floored(limit: "30%")).agreements.map(\.canonicalTerms)
        let other = try Sample.load(Sample.floored(limit: "29%")).agreements.map(\.canonicalTerms)
        #expect(plain != held)
        #expect(held == other)
    }

    @Test func `Config's README lists exactly the keys of rule packs`() throws {
        let readme = try String(
            contentsOfFile: Sample.directory + "/README.md", encoding: .utf8)
        var (file, rows) = ("", [String]())
        for line in readme.split(separator: "\n") {
            if line.hasPrefix("## ") { file = String(line.dropFirst(3)) }
            guard file == "rules/*.yaml" else { continue }
            if let row = line.firstMatch(of: /^\| `([A-Za-z0-9.]+)` \|/) {
                rows.append(String(row.1))
            }
        }
        let read = try Sample.load(Sample.ruled).origins.filter { $0.file.hasPrefix("rules/") }
            .map { origin in
                let key = origin.key.replacing(/\[\d+\]/, with: "")
                // Its keys are the names of lenders.
                let shares = /^(rules\.cases\.\w+\.shares)\..*/
                return key.replacing(shares) { "\($0.1)" }
            }
        #expect(Set(rows) == Set(read))
        #expect(rows.count == Set(read).count, "a key stands twice")
    }
}

extension RuleBound {
    fileprivate var text: String {
        switch self {
        case .none: "-"
        case .share(let share): share.description
        case .amount(let units): "\(units) minor units"
        case .days(let days): "\(days)"
        case .rate(let rate): rate.percentText() + "%"
        case .words(let words): words.joined(separator: " ")
        case .ladder(let days): days.map { "\($0)" }.joined(separator: " ")
        }
    }
}
