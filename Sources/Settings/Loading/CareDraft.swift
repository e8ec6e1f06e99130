import LendingRules
import Monetary

/// What a product says of loans that are lent: penalty, early repayment, non-accrual.
struct CareDraft {
    let penalty: PenaltyTerms?
    let earlyRepayment: EarlyRepaymentTerms
    let nonAccrual: NonAccrualTerms
    let minimumDays: Int
    /// Whether every part but the penalty could be read.
    let isReadable: Bool

    init(_ section: Section) {
        penalty = section.section("penalty").flatMap(CareDraft.penalty)
        let early = section.sectionOrEmpty("earlyRepayment").flatMap(CareDraft.early)
        let nonAccrual = section.sectionOrEmpty("nonAccrual").flatMap(CareDraft.nonAccrual)
        let days = section.value("minimumDays", .whole(0...1, "days"), default: "0")
        earlyRepayment = early ?? .waiting
        self.nonAccrual = nonAccrual ?? .usual
        minimumDays = days?.value ?? 0
        isReadable = early != nil && nonAccrual != nil && days != nil
    }

    private static func penalty(_ section: Section) -> PenaltyTerms? {
        let multiple = section.value("multiple", .multiple)
        let onInterest = section.value("onInterest", .multiple, default: "0")
        let graceDays = section.value("graceDays", .whole(0...60, "days"), default: "0")
        let forgives = section.value("graceForgives", .yesOrNo, default: "false")
        section.finish()
        guard let multiple, let onInterest, let graceDays, let forgives else { return nil }
        return PenaltyTerms(
            multipleThousandths: multiple.value, graceDays: graceDays.value,
            onInterestThousandths: onInterest.value, forgivesGrace: forgives.value)
    }

    private static func early(_ section: Section) -> EarlyRepaymentTerms? {
        let effect = section.value(
            "effect", Rule<EarlyRepaymentEffect>.choice("effect of an early repayment"),
            default: EarlyRepaymentEffect.nextInstalment.rawValue)
        let hasFee = section.isGiven("fee")
        let fee = section.valueOrNone("fee", .share)
        section.finish()
        guard let effect, fee != nil || !hasFee else { return nil }
        if let fee, effect.value == .nextInstalment {
            section.findings.report(
                .contradiction, "a fee is named, and what is paid early waits", key: fee.key,
                at: fee.place,
                allowed: "a fee belongs to effect: lower-instalment or shorten-term")
        }
        return EarlyRepaymentTerms(effect: effect.value, fee: fee?.value)
    }

    private static func nonAccrual(_ section: Section) -> NonAccrualTerms? {
        let days = section.value("afterDays", .whole(0...3_650, "days"), default: "90")
        let observed = section.value(
            "observedInstalments", .whole(0...60, "instalments"), default: "0")
        section.finish()
        guard let days, let observed else { return nil }
        return NonAccrualTerms(afterDays: days.value, observedInstalments: observed.value)
    }
}
