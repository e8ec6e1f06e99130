import LendingRules

extension ProductDraft {
    /// Refuses what the method has no use for.
    func checkMethod(_ section: Section) {
        guard let method else { return }
        let findings = section.findings
        if method.value.rawValue == "principal-grace", conventions.principalGrace?.value == 0 {
            findings.report(
                .contradiction, "principal-grace has no grace", key: method.key, at: method.place,
                allowed: "say as principalGrace for how many periods principal waits")
        }
        if method.value.rawValue != "principal-grace" {
            refuseGrace(conventions.principalGrace, "principal-grace", method, findings)
        }
        if method.value.rawValue == "bullet" {
            refuseGrace(conventions.interestGrace, "a method with instalments", method, findings)
            if let instalments, instalments != 1...1 {
                findings.report(
                    .contradiction, "a bullet has more than one instalment", key: "instalments",
                    at: section.place(of: "instalments"),
                    allowed: "its minimum and maximum are 1")
            }
        } else {
            for grace in [conventions.principalGrace, conventions.interestGrace] {
                checkLength(of: grace, findings)
            }
        }
    }

    private func refuseGrace(
        _ grace: Located<Int>?, _ owner: String, _ method: Located<ScheduleMethod>,
        _ findings: Findings
    ) {
        guard let grace, grace.value > 0 else { return }
        findings.report(
            .contradiction, "\(method.value.rawValue) has no such grace", key: grace.key,
            at: grace.place, allowed: "it belongs to \(owner)")
    }

    /// Even the shortest loan has an instalment after its grace.
    private func checkLength(of grace: Located<Int>?, _ findings: Findings) {
        guard let grace, let instalments, grace.value > 0, grace.value >= instalments.lowerBound
        else { return }
        findings.report(
            .contradiction,
            "a loan of \(instalments.lowerBound) instalments would be over before its grace",
            key: grace.key, at: grace.place,
            allowed: "it needs less than the value of instalments.minimum")
    }
}
