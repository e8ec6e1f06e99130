import LendingRules

extension SettlementRules {
    /// How a bank is settled, every key with a default; nil when one cannot be read.
    init?(_ section: Section, decimals: Int) {
        let minimum = section.value(
            "minimum", .amount(decimals: decimals, isZeroAllowed: true), default: "0")
        let netting = section.value(
            "netting", Rule<NettingRule>.choice("way of netting"),
            default: NettingRule.all.rawValue)
        let collect = section.value(
            "collect", Rule<CollectRule>.choice("way of collecting"),
            default: CollectRule.request.rawValue)
        let ifMissing = section.value(
            "ifMissing", Rule<MissingFilesRule>.choice("rule for missing files"),
            default: MissingFilesRule.hold.rawValue)
        let approval = section.value(
            "approval", Rule<ApprovalRule>.choice("rule for approval"),
            default: ApprovalRule.automatic.rawValue)
        section.finish()
        guard let minimum, let netting, let collect, let ifMissing, let approval else {
            return nil
        }
        if collect.value == .deductFromReserve {
            section.findings.report(
                .contradiction, "what is due is not taken from deposits", key: collect.key,
                at: collect.place, allowed: "use request or direct-debit; deposits pay shares alone"
            )
        }
        self.init(
            minimum: minimum.value, netting: netting.value, collect: collect.value,
            ifMissing: ifMissing.value, approval: approval.value)
    }
}
