package import LendingRules
package import Monetary
package import Reconciling

/// One event of a break with what its author said.
package struct BreakAct: Hashable, Sendable {
    package let event: BreakEvent
    /// Free text; empty for none.
    package let note: String

    package init(_ event: BreakEvent, note: String = "") {
        self.event = event
        self.note = note
    }
}

/// What becomes of one break: its events and what they move, written together on the date that is
/// open by then.
package struct BreakChange: Hashable, Sendable {
    /// The break afterwards.
    package private(set) var kept: KeptBreak
    /// How many events the break had seen when the change was made; it fits no other version.
    package let version: Int
    /// Numbered from `version + 1` on.
    package private(set) var acts: [BreakAct] = []
    package private(set) var movements: [DisputeMovement] = []
    /// When it was made, UTC microseconds; operational.
    package let instant: Int64

    /// A change of nothing yet.
    package init(_ kept: KeptBreak, at instant: Int64) {
        self.kept = kept
        version = kept.lifecycle.events
        self.instant = instant
    }

    /// Whether nothing but the evidence may have changed.
    package var isQuiet: Bool { acts.isEmpty && movements.isEmpty }

    /// The entries of its movements.
    package func postings(platform: PartyID) -> [KindedPosting] {
        movements.flatMap { movement in
            movement.postings(with: kept.party, platform: platform).map {
                KindedPosting(movement.kind.entryKind, $0)
            }
        }
    }
}

extension BreakChange {
    /// One event more.
    ///
    /// - Throws: ``BreakRefusal``.
    package mutating func add(_ event: BreakEvent, note: String = "") throws(BreakRefusal) {
        kept.lifecycle = try kept.lifecycle.after(event)
        acts.append(BreakAct(event, note: note))
    }

    /// Makes a target what the break has moved.
    ///
    /// - Throws: ``AmountError/overflow``.
    package mutating func book(_ target: KeptBreak.PostedAmounts) throws(AmountError) {
        let posted = kept.posted
        try hold(target.held, posted.held)
        move(.claimed, try target.claimed.minus(posted.claimed))
        move(.rounding, try target.rounded.minus(posted.rounded))
        move(.correction, try target.corrected.minus(posted.corrected))
        move(.writeOff, try target.writtenOff.minus(posted.writtenOff))
        kept.posted = target
    }

    /// More is taken out of settlement, less is given back to it.
    private mutating func hold(_ target: Int64, _ posted: Int64) throws(AmountError) {
        let isSameSide = posted.signum() * target.signum() > 0
        let left = isSameSide ? (posted.magnitude < target.magnitude ? posted : target) : 0
        move(.released, try posted.minus(left))
        move(.held, try target.minus(left))
    }

    private mutating func move(_ kind: DisputeMovementKind, _ amount: Int64) {
        // A dispute without a currency moves nothing: its amounts are zero.
        guard amount != 0, let currency = Currency(code: kept.currency) else { return }
        movements.append(DisputeMovement(kind, currency: currency, amount: amount))
    }
}
