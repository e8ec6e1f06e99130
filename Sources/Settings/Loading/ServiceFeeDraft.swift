import LendingRules
import Monetary

/// One entry of a list `serviceFees` as far as it could be read.
struct ServiceFeeDraft {
    let payer: Located<String>
    let payee: Located<String>
    let base: Located<ServiceFee.Base>
    let rate: Share
    let earned: Located<ServiceFee.Moment>
    let tax: ServiceFee.Tax?

    init?(_ section: Section) {
        let payer = section.value("payer", .identifier)
        let payee = section.value("payee", .identifier)
        let base = section.value("base", Rule<ServiceFee.Base>.choice("base of a fee"))
        let rate = section.value("rate", .share)
        let usual: ServiceFee.Moment =
            base?.value == .principalOutstanding ? .daily : .onCollection
        let earned = section.value(
            "earned", Rule<ServiceFee.Moment>.choice("moment of a fee"), default: usual.rawValue)
        let hasTax = section.isGiven("tax")
        let tax = hasTax ? section.section("tax").flatMap { ServiceFee.Tax($0) } : nil
        section.finish()
        guard let payer, let payee, let base, let rate, let earned, tax != nil || !hasTax else {
            return nil
        }
        self.payer = payer
        self.payee = payee
        self.base = base
        self.rate = rate.value
        self.earned = earned
        self.tax = tax
    }

    var fee: ServiceFee {
        ServiceFee(
            payer: PartyID(payer.value), payee: PartyID(payee.value), base: base.value, rate: rate,
            earned: earned.value, tax: tax)
    }
}

extension ServiceFee.Tax {
    fileprivate init?(_ section: Section) {
        let name = section.value("name", .identifier)
        let rate = section.value("rate", .share)
        let isIncluded = section.value("included", .yesOrNo, default: "false")
        section.finish()
        guard let name, let rate, let isIncluded else { return nil }
        self.init(name: name.value, rate: rate.value, isIncluded: isIncluded.value)
    }
}

extension Drafts {
    /// Each between two of the lenders and the platform, earned when its base is known.
    func checkFees(_ agreement: AgreementDraft, _ findings: Findings) {
        for fee in agreement.fees { checkMoment(fee, findings) }
        guard agreement.isLendersComplete, let platform = platform?.party else { return }
        let parties = [platform.value] + agreement.banks
        for fee in agreement.fees {
            for party in [fee.payer, fee.payee] where !parties.contains(party.value) {
                findings.report(
                    .contradiction, "\(party.value) has no part in the agreement", key: party.key,
                    at: party.place,
                    allowed: "a fee is between lenders and the platform: "
                        + Set(parties).sorted().joined(separator: ", "))
            }
            if fee.payer.value == fee.payee.value {
                findings.report(
                    .contradiction, "\(fee.payee.value) pays the fee to itself",
                    key: fee.payee.key, at: fee.payee.place, allowed: "name another party")
            }
        }
    }

    /// What is outstanding has a fee for every day; what is collected or lent has one once.
    private func checkMoment(_ fee: ServiceFeeDraft, _ findings: Findings) {
        let wanted: ServiceFee.Moment =
            fee.base.value == .principalOutstanding ? .daily : .onCollection
        if fee.earned.value == wanted { return }
        findings.report(
            .contradiction,
            "a fee on \(fee.base.value.rawValue) is earned \(fee.earned.value.rawValue)",
            key: fee.earned.key, at: fee.earned.place, allowed: "it is earned \(wanted.rawValue)")
    }
}
