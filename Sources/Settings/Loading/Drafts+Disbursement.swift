import LendingRules

extension Drafts {
    /// A payer stands where one lender pays everything, and is a lender other than the platform.
    func checkDisbursement(_ agreement: AgreementDraft, _ findings: Findings) {
        guard let way = agreement.disbursement else { return }
        guard let payer = agreement.payer else {
            if way.value == .lenderPaysAll {
                findings.report(
                    .contradiction, "no payer is named for lender-pays-all", key: way.key,
                    at: way.place, allowed: "name the lender that pays as payer")
            }
            return
        }
        if way.value != .lenderPaysAll {
            findings.report(
                .contradiction,
                "a payer is named, and the way of disbursement is \(way.value.rawValue)",
                key: payer.key, at: payer.place,
                allowed: "a payer belongs to disbursement: lender-pays-all")
            return
        }
        guard agreement.isLendersComplete, let platform = platform?.party else { return }
        let banks = agreement.lenders.map(\.party.value).filter { $0 != platform.value }
        if banks.contains(payer.value) { return }
        findings.report(
            .contradiction, "\(payer.value) cannot pay everything", key: payer.key,
            at: payer.place,
            allowed: banks.isEmpty
                ? "nobody but the platform lends"
                : "the payer is a lender other than the platform: "
                    + banks.sorted().joined(separator: ", "))
    }
}
