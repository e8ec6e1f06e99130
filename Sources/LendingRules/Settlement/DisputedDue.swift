package import Monetary

/// Which figure settles while two differ (RULES § 7).
package enum SettleOn: String, Hashable, Sendable, CaseIterable {
    /// The smaller of the two, the difference is held.
    case lower
    /// Ours, nothing is held.
    case ours
    /// Theirs; what ours has more is held, what it has less is held as a negative amount.
    case theirs
}

/// What a disputed line makes the platform owe the partner by either side's record; minor units,
/// positive when the platform pays.
package struct DisputedDue: Hashable, Sendable {
    /// Nil when we have no such line.
    package let ours: Int64?
    /// Nil when they have no line that could be compared.
    package let theirs: Int64?

    /// A dispute that moves no money.
    package static let none = DisputedDue(ours: nil, theirs: nil)

    package init(ours: Int64?, theirs: Int64?) {
        self.ours = ours
        self.theirs = theirs
    }

    /// What is held out of settlement while the dispute is open.
    ///
    /// A line only they have makes no entry until it is accepted, so it holds nothing. Of amounts
    /// with different signs neither is the smaller: all of ours is held.
    /// Worked, `lower`: 100 against 90 holds 10, 90 against 100 nothing, 100 against none 100.
    /// - Throws: ``AmountError/overflow``.
    package func held(_ rule: SettleOn) throws(AmountError) -> Int64 {
        guard let ours else { return 0 }
        guard let theirs else { return ours }
        switch rule {
        case .ours: return 0
        case .theirs: return try ours.minus(theirs)
        case .lower where ours.signum() * theirs.signum() < 0: return ours
        case .lower:
            return ours.magnitude <= theirs.magnitude ? 0 : try ours.minus(theirs)
        }
    }

    /// What our books lack to stand where theirs do.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func correction() throws(AmountError) -> Int64 {
        try (theirs ?? 0).minus(ours ?? 0)
    }
}
