import LendingRules
import Monetary

extension ProductDraft {
    /// Refuses what the method has no use for.
    func checkMethod(_ section: Section) {
        guard let method else { return }
        let findings = section.findings
        if method.value == .principalGrace, conventions.principalGrace?.value == 0 {
            findings.report(
                .contradiction, "principal-grace has no grace", key: method.key, at: method.place,
                allowed: "say as principalGrace for how many periods principal waits")
        }
        if method.value.repaysAtEnd {
            refuseGrace(conventions.principalGrace, method, findings)
            refuseMultiple(method, section)
            refuseShortening(method, section)
        }
        line.check(method, findings)
        if method.value == .statementCycle {
            refuseGrace(conventions.principalGrace, method, findings)
            refuseGrace(conventions.interestGrace, method, findings)
            refuseMultiple(method, section)
        } else if method.value == .bullet {
            refuseGrace(conventions.interestGrace, method, findings)
            refuseInstalments(section)
        } else {
            checkLength(of: conventions.principalGrace, findings)
            checkLength(of: conventions.interestGrace, findings)
        }
    }

    private func refuseGrace(
        _ grace: Located<Int>?, _ method: Located<ScheduleMethod>, _ findings: Findings
    ) {
        guard let grace, grace.value > 0 else { return }
        findings.report(
            .contradiction, "\(method.value.rawValue) has nothing that such a grace could put off",
            key: grace.key, at: grace.place, allowed: "leave it out, or choose another method")
    }

    private func refuseMultiple(_ method: Located<ScheduleMethod>, _ section: Section) {
        if conventions.multiple == 1 { return }
        section.findings.report(
            .contradiction, "\(method.value.rawValue) rounds no instalment to a multiple",
            key: "instalmentMultiple", at: section.place(of: "instalmentMultiple"),
            allowed: "leave it out, or choose another method")
    }

    private func refuseShortening(_ method: Located<ScheduleMethod>, _ section: Section) {
        guard care.earlyRepayment.effect == .shortenTerm else { return }
        section.findings.report(
            .contradiction, "\(method.value.rawValue) has no instalments of principal to drop",
            key: "earlyRepayment.effect", at: section.place(of: "earlyRepayment"),
            allowed: "use lower-instalment or next-instalment")
    }

    private func refuseInstalments(_ section: Section) {
        guard let instalments, instalments != 1...1 else { return }
        section.findings.report(
            .contradiction, "a bullet has more than one instalment", key: "instalments",
            at: section.place(of: "instalments"), allowed: "its minimum and maximum are 1")
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
