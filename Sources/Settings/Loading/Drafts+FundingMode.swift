import LendingRules

extension Drafts {
    /// Days stand where shares are transferred after the payout. There the platform pays, whatever
    /// nobody accepts stays with it, and nobody else is asked: the borrower has the money already.
    func checkFundingMode(_ agreement: AgreementDraft, _ findings: Findings) {
        guard let mode = agreement.fundingMode else { return }
        if mode.value == .beforePayout {
            guard let days = agreement.transferDays else { return }
            findings.report(
                .contradiction, "days of a transfer are named, and shares are funded before-payout",
                key: days.key, at: days.place,
                allowed: "transferDays belongs to fundingMode: after-payout")
            return
        }
        if agreement.hasTransferDays == false {
            findings.report(
                .contradiction, "no days are named for after-payout", key: mode.key,
                at: mode.place,
                allowed: "say as transferDays within how many days shares are transferred")
        }
        if let way = agreement.disbursement, way.value != .reimburse {
            findings.report(
                .contradiction,
                "the way of disbursement is \(way.value.rawValue), and shares are funded "
                    + "after-payout", key: way.key, at: way.place,
                allowed: "the platform pays first: disbursement: reimburse")
        }
        if let refusal = agreement.onRefusal, refusal.value != .platform {
            findings.report(
                .contradiction,
                "a refusal is to \(refusal.value.rawValue) a loan that is paid out already",
                key: refusal.key, at: refusal.place,
                allowed: "with after-payout a refused share stays with the platform: "
                    + "onRefusal: platform")
        }
        if let bank = agreement.fallback.first {
            findings.report(
                .contradiction, "\(bank.value) is to be asked for what another refuses",
                key: bank.key, at: bank.place,
                allowed: "with after-payout a refused share stays with the platform: leave "
                    + "fallback out")
        }
    }
}
