import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

/// What a reconciled date makes of breaks: of those it finds, of those it no longer finds, and of
/// earlier ones that its lines close.
///
/// A cumulative target for each break — what is held, rounded, corrected — and the difference to
/// what is posted, so a second run over the same files changes nothing.
struct BreakKeeping {
    let disputes: DisputeTerms
    let date: BusinessDate
    /// Breaks of the date as an earlier run left them.
    let existing: [KeptBreak]
    /// Breaks of earlier dates that were open when the date's files came.
    let earlier: [KeptBreak]
    /// Currencies in which the date is settled: nothing more can be held of it.
    let settled: Set<Currency>
    /// Minor units of rounding resolved by rule on the earlier dates of the month.
    let roundedThisMonth: [Currency: Int64]
    let instant: Int64

    /// - Parameters:
    ///   - found: in the order of files and keys, `resolved` where a rule would close them.
    ///   - healed: ids of earlier breaks that the date closes.
    func changes(found: [KeptBreak], healed: Set<String>) throws -> [BreakChange] {
        let known = Dictionary(existing.map { ($0.id, $0) }) { first, _ in first }
        let byRule = try resolvedByRule(found)
        var changes: [BreakChange] = []
        for fresh in found {
            let isByRule = byRule.contains(fresh.id)
            changes.append(try change(fresh, known[fresh.id], isByRule: isByRule))
        }
        let ids = Set(found.map(\.id))
        for gone in existing where !ids.contains(gone.id) {
            if let change = try vanished(gone) { changes.append(change) }
        }
        for old in earlier {
            if let change = try later(old, isHealed: healed.contains(old.id)) {
                changes.append(change)
            }
        }
        return changes
    }

    private func change(_ fresh: KeptBreak, _ before: KeptBreak?, isByRule: Bool) throws
        -> BreakChange
    {
        var found = fresh
        found.lifecycle = before?.lifecycle ?? .new
        found.posted = before?.posted ?? KeptBreak.PostedAmounts()
        var change = BreakChange(found, at: instant)
        let isSame = before?.due == fresh.due && before?.differences == fresh.differences
        if before == nil || before?.state == .superseded {
            try change.add(.found)
        } else if !isSame || before?.lifecycle.resolution == .rule && !isByRule {
            try change.add(.foundChanged)
        }
        if isByRule, change.kept.state.isOpen {
            try change.add(.resolvedByRule, note: fresh.rule)
        }
        try book(&change, isSettled: isSettled(change.kept))
        return change
    }

    /// Books what has become of the break asks for, less what is posted.
    private func book(_ change: inout BreakChange, isSettled: Bool) throws(AmountError) {
        let kept = change.kept
        let held = try kept.holding(disputes.settleOn, isSettled: isSettled)
        try change.book(try kept.target(holding: held))
    }

    private func isSettled(_ kept: KeptBreak) -> Bool {
        Currency(code: kept.currency).map { settled.contains($0) } ?? false
    }

    private func vanished(_ kept: KeptBreak) throws -> BreakChange? {
        if kept.state == .superseded { return nil }
        var change = BreakChange(kept, at: instant)
        try change.add(.vanished)
        try book(&change, isSettled: isSettled(kept))
        return change
    }

    /// A later line closes an open break; of one that was accepted the other side has booked the
    /// line itself, so that what stood in for it goes back.
    private func later(_ kept: KeptBreak, isHealed: Bool) throws -> BreakChange? {
        let isAwaited =
            kept.state.isOpen || kept.isAccepted && kept.lifecycle.resolution == .approval
        var change = BreakChange(kept, at: instant)
        if isHealed, isAwaited {
            try change.add(.healed(by: date))
        } else if !isHealed, kept.lifecycle.healedBy == date {
            try change.add(.unhealed)
        } else {
            return nil
        }
        // What it held was given back to settlement: nothing of its date is held anew.
        try book(&change, isSettled: true)
        return change
    }

    /// Breaks that a rule resolves and, where that moves cents, whose cents the budget covers.
    private func resolvedByRule(_ found: [KeptBreak]) throws -> Set<String> {
        let resolvable = found.filter { $0.state == .resolved }
        var draws: [ToleranceBudget.Draw] = []
        for one in resolvable where one.isRounding {
            let size = try one.due.correction().magnitude
            guard size > 0, let currency = Currency(code: one.currency) else { continue }
            draws.append(ToleranceBudget.Draw(id: one.id, currency: currency, size: size))
        }
        let covered = disputes.budget.covered(
            draws, spentBefore: roundedThisMonth.mapValues(\.magnitude))
        let uncovered = Set(draws.map(\.id)).subtracting(covered)
        return Set(resolvable.map(\.id)).subtracting(uncovered)
    }
}
