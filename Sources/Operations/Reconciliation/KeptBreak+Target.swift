import LendingRules
package import Monetary
import Reconciling

/// What a break should have moved: only ever a figure to reach, of which the difference to what is
/// posted is booked.
extension KeptBreak {
    /// What its amounts and where it stands ask for, `held` being what it is to hold while open.
    ///
    /// What was approved stands while the approval does: a break that is found with other amounts,
    /// that vanishes, or whose line the other side has booked, asks for nothing of it.
    /// - Throws: ``AmountError/overflow``.
    package func target(holding held: Int64) throws(AmountError) -> PostedAmounts {
        if state.isOpen {
            return kind == .funding
                ? PostedAmounts(claimed: try due.correction()) : PostedAmounts(held: held)
        }
        guard state == .resolved else { return PostedAmounts() }
        switch lifecycle.resolution {
        case .rule where isRounding: return PostedAmounts(rounded: try due.correction())
        case .approval: return try target(accepting: lifecycle.acceptance ?? .ours)
        case .rule, .healed, .booked, nil: return PostedAmounts()
        }
    }

    /// What closing it on an acceptance asks for.
    ///
    /// - Throws: ``AmountError/overflow``.
    func target(accepting acceptance: Acceptance) throws(AmountError) -> PostedAmounts {
        switch acceptance {
        case .ours: PostedAmounts()
        case .theirs: PostedAmounts(corrected: try due.correction())
        case .writeOff: PostedAmounts(writtenOff: try due.correction())
        }
    }

    /// What it is to hold out of its date while it is open.
    ///
    /// What settlement has taken already cannot be held, only what was held before given back.
    /// - Throws: ``AmountError/overflow``.
    func holding(_ rule: SettleOn, isSettled: Bool) throws(AmountError) -> Int64 {
        let disputed = try due.held(rule)
        guard isSettled else { return disputed }
        if posted.held.signum() * disputed.signum() <= 0 { return 0 }
        return posted.held.magnitude < disputed.magnitude ? posted.held : disputed
    }
}
