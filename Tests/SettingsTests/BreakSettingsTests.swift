import LendingRules
import Settings
import Testing

/// What the configuration says about breaks.
struct BreakSettingsTests {
    private static let section = "breaks:"

    @Test func `absent sections have the defaults that the sample writes out`() throws {
        let written = try Sample.load(Sample.minimal)
        var contents = Sample.minimal
        for path in ["platform.yaml", "parties/harbor.yaml"] {
            contents[path] = contents[path]?.components(before: Self.section)
        }
        let absent = try Sample.load(contents)
        #expect(absent.platform.breaks == written.platform.breaks)
        #expect(absent.platform.breaks.highFromMinorUnits == 100_000)
        let party = PartyID("harbor")
        #expect(absent.party(party)?.bank?.disputes == written.party(party)?.bank?.disputes)
        #expect(absent.party(party)?.bank?.disputes.settleOn == .lower)
        #expect(
            absent.origins.contains {
                $0.description == "parties/harbor.yaml breaks.rematchDays = 5 (default)"
            })
    }

    @Test func `the environment reaches into them`() throws {
        let loaded = try Sample.load(
            Sample.minimal,
            environment: [
                "COLEND_BREAKS_HIGH_DUE_DAYS": "0",
                "COLEND_PARTIES_HARBOR_BREAKS_SETTLE_ON": "theirs",
                "COLEND_PARTIES_HARBOR_BREAKS_WINDOW_DAYS": "2",
            ])
        #expect(loaded.platform.breaks.highDueDays == 0)
        #expect(loaded.party(PartyID("harbor"))?.bank?.disputes.settleOn == .theirs)
        #expect(loaded.party(PartyID("harbor"))?.bank?.disputes.windowDays == 2)
    }

    @Test(
        arguments: [
            (
                "platform.yaml", "mediumFromMinorUnits: 100 ", "mediumFromMinorUnits: 200000 ",
                "CONF-019"
            ),
            ("platform.yaml", "highDueDays: 1", "highDueDays: -1", "CONF-011"),
            ("platform.yaml", "lowDueDays: 10", "lowDueDays: soon", "CONF-010"),
            ("parties/harbor.yaml", "settleOn: lower", "settleOn: higher", "CONF-010"),
            ("parties/harbor.yaml", "rematchDays: 5", "rematchDays: 366", "CONF-011"),
            ("parties/harbor.yaml", "rematchDays: 5", "rematch: 5", "CONF-007"),
            ("parties/harbor.yaml", "windowDays: 0", "windowDays: 31", "CONF-011"),
            ("parties/harbor.yaml", "windowDays: 0", "windowDays: -1", "CONF-011"),
            ("parties/harbor.yaml", "windowDays: 0", "windowDays: one", "CONF-010"),
            (
                "parties/harbor.yaml", "lineBudgetMinorUnits: 1000", "lineBudgetMinorUnits: -1",
                "CONF-011"
            ),
        ])
    func `what cannot be is a fault`(path: String, text: String, bad: String, code: String) throws {
        var contents = Sample.minimal
        let file = try #require(contents[path])
        #expect(file.contains(text))
        contents[path] = file.replacing(text, with: bad)
        let faults = Sample.faults(of: contents.mapValues { Array($0.utf8) })
        #expect(faults.map { String($0.description.prefix(8)) } == [code])
    }
}

extension String {
    /// The text before the first line that begins so.
    fileprivate func components(before line: String) -> String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { !$0.hasPrefix(line) }.joined(separator: "\n") + "\n"
    }
}
