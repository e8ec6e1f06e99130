import LendingRules

extension BreakSettings {
    /// The section `breaks` of `platform.yaml`, which may be absent.
    init?(_ section: Section) {
        let amounts = Rule<Int>.whole(0...1_000_000_000_000, "minor units")
        let days = Rule<Int>.whole(0...365, "business dates")
        let medium = section.value("mediumFromMinorUnits", amounts, default: "100")
        let high = section.value("highFromMinorUnits", amounts, default: "100000")
        let due = [
            section.value("infoDueDays", days, default: "30"),
            section.value("lowDueDays", days, default: "10"),
            section.value("mediumDueDays", days, default: "5"),
            section.value("highDueDays", days, default: "1"),
        ].compactMap { $0?.value }
        section.finish()
        guard let medium, let high, due.count == 4 else { return nil }
        if high.value < medium.value {
            section.findings.report(
                .contradiction, "a break would be high before it is medium", key: high.key,
                at: high.place,
                allowed: "it needs at least the \(medium.value) of mediumFromMinorUnits")
            return nil
        }
        self.init(
            mediumFromMinorUnits: medium.value, highFromMinorUnits: high.value,
            infoDueDays: due[0], lowDueDays: due[1], mediumDueDays: due[2], highDueDays: due[3])
    }
}

extension DisputeSettings {
    /// The section `breaks` of a bank, which may be absent.
    init?(_ section: Section) {
        let amounts = Rule<Int>.whole(0...1_000_000_000_000, "minor units")
        let settleOn = section.value(
            "settleOn", Rule<SettleOn>.choice("figure to settle on"), default: "lower")
        let line = section.value("lineBudgetMinorUnits", amounts, default: "1000")
        let day = section.value("dayBudgetMinorUnits", amounts, default: "1000")
        let month = section.value("monthBudgetMinorUnits", amounts, default: "20000")
        let rematch = section.value("rematchDays", .whole(0...365, "days"), default: "5")
        let window = section.value("windowDays", .whole(0...30, "days"), default: "0")
        section.finish()
        guard let settleOn, let line, let day, let month, let rematch, let window else {
            return nil
        }
        self.init(
            settleOn: settleOn.value, lineBudgetMinorUnits: line.value,
            dayBudgetMinorUnits: day.value, monthBudgetMinorUnits: month.value,
            rematchDays: rematch.value, windowDays: window.value)
    }
}
