/// Safety rules that a harness switches off, to see that it would notice.
///
/// `COLEND_HAZARD=resend-guard`, `claim-rule`, `limit-guard` or `deadline-reversal`; never set in
/// service.
struct Hazards: Sendable {
    let hasResendGuard: Bool
    let hasClaimRule: Bool
    let hasLimitGuard: Bool
    let hasDeadlineReversal: Bool

    init(environment: [String: String]) {
        let named = (environment["COLEND_HAZARD"] ?? "").split(separator: ",")
        hasResendGuard = !named.contains("resend-guard")
        hasClaimRule = !named.contains("claim-rule")
        hasLimitGuard = !named.contains("limit-guard")
        hasDeadlineReversal = !named.contains("deadline-reversal")
    }
}
