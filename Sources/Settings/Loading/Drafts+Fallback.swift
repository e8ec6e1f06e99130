extension Drafts {
    /// Known banks, each once: the platform stands in `onRefusal`, and other kinds do not lend.
    func checkFallback(_ agreement: AgreementDraft, _ findings: Findings) {
        refuseRepetition(agreement.fallback, "bank", findings)
        for bank in agreement.fallback {
            checkKnown(bank, "party", among: parties.compactMap(\.name), "parties", findings)
            let party = parties.first { $0.name?.value == bank.value }
            guard let kind = party?.kind?.value, kind != .bank else { continue }
            findings.report(
                .contradiction, "\(bank.value) is of kind \(kind.rawValue)", key: bank.key,
                at: bank.place,
                allowed: kind == .platform
                    ? "only banks are asked in its place; onRefusal names the platform"
                    : "a \(kind.rawValue) does not lend")
        }
    }
}

extension AgreementDraft {
    /// Who may come to lend under it besides the platform.
    var banks: [String] { lenders.map(\.party.value) + fallback.map(\.value) }
}
