package import Bookkeeping
package import Monetary

/// Why a dispute moved something in the books.
package enum DisputeMovementKind: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Taken out of what is settled.
    case held
    /// Given back to it.
    case released
    /// A share funded where no loan needs it: owed all the same, and not settled yet.
    case claimed
    /// Cents that a rule resolved.
    case rounding
    /// The partner's figure was accepted; the difference waits in suspense.
    case correction
    /// The partner's figure was accepted and the difference given up.
    case writeOff = "write-off"

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The kind of its entries.
    package var entryKind: EntryKind {
        switch self {
        case .held: .held
        case .released: .released
        case .claimed: .claim
        case .rounding: .rounding
        case .correction, .writeOff: .breakCorrection
        }
    }
}

/// An amount that a dispute moved; minor units, positive when the platform owes it to the party.
package struct DisputeMovement: Hashable, Sendable {
    package let kind: DisputeMovementKind
    package let currency: Currency
    package let amount: Int64

    package init(_ kind: DisputeMovementKind, currency: Currency, amount: Int64) {
        self.kind = kind
        self.currency = currency
        self.amount = amount
    }

    /// The entries of the movement in both books.
    ///
    /// Held: due to/from → the same held. Released: back. The others raise what is due against
    /// rounding (5070), or against suspense (1190) where the loan's own correction is to follow.
    /// Claimed: the same held against suspense.
    package func postings(with party: PartyID, platform: PartyID) -> [Posting] {
        switch kind {
        case .held: pair(party, platform, .dueToFrom, amount, .dueToFromHeld)
        case .released: pair(party, platform, .dueToFrom, -amount, .dueToFromHeld)
        case .claimed: pair(party, platform, .dueToFromHeld, -amount, .acceptedDifferences)
        case .rounding, .writeOff: pair(party, platform, .dueToFrom, -amount, .rounding)
        case .correction: pair(party, platform, .dueToFrom, -amount, .acceptedDifferences)
        }
    }

    /// The platform's `amount` on one account against the other, and the party's mirror.
    private func pair(
        _ party: PartyID, _ platform: PartyID, _ account: Account, _ amount: Int64,
        _ other: Account
    ) -> [Posting] {
        func line(_ book: PartyID, _ account: Account, _ amount: Int64, _ opposite: PartyID)
            -> Posting
        {
            Posting(
                book: book.book, account: account,
                counterparty: account.isInterparty ? opposite.book : nil, currency: currency,
                amount: amount)
        }
        guard amount != 0 else { return [] }
        return [
            line(platform, account, amount, party), line(platform, other, -amount, party),
            line(party, account, -amount, platform), line(party, other, amount, platform),
        ]
    }
}

/// What one dispute holds out of the settlement of a date.
package struct HeldAmount: Hashable, Sendable {
    /// The break's id.
    package let source: String
    /// The type of obligation it is taken out of.
    package let type: ObligationType
    package let currency: Currency
    /// Minor units, positive when the platform would have paid it.
    package let amount: Int64

    package init(source: String, type: ObligationType, currency: Currency, amount: Int64) {
        self.source = source
        self.type = type
        self.currency = currency
        self.amount = amount
    }
}
