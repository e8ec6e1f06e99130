package import BusinessCalendar
package import Monetary

/// Shares that stand alike, added up, and what limits count of them.
///
/// This is the definition of use: what a store keeps of it is checked against it.
package struct LimitClaim: Hashable, Sendable {
    package let agreement: String
    package let party: PartyID
    package let currency: Currency
    /// When the loans were booked: their shares count in the periods of this date.
    package let bookedOn: BusinessDate
    /// The lender's request; nil for the platform's own book, which is not asked.
    package let request: RequestState?
    package let loan: LoanState
    package let payout: PayoutState?
    /// Booking date of the disbursement.
    package let disbursedOn: BusinessDate?
    /// Booking date of the fact that undid the loan.
    package let undoneOn: BusinessDate?
    /// Whether the loans' agreement takes shares from deposits.
    package let drawsReserve: Bool
    /// What the loans say of the dimensions that are counted.
    package let traits: LoanTraits
    /// Minor units.
    package let amount: Int64

    package init(
        agreement: String, party: PartyID, currency: Currency, bookedOn: BusinessDate,
        request: RequestState?, loan: LoanState, payout: PayoutState? = nil,
        disbursedOn: BusinessDate? = nil, undoneOn: BusinessDate? = nil, drawsReserve: Bool = false,
        traits: LoanTraits = LoanTraits(), amount: Int64
    ) {
        self.traits = traits
        self.agreement = agreement
        self.party = party
        self.currency = currency
        self.bookedOn = bookedOn
        self.request = request
        self.loan = loan
        self.payout = payout
        self.disbursedOn = disbursedOn
        self.undoneOn = undoneOn
        self.drawsReserve = drawsReserve
        self.amount = amount
    }

    /// Whether the share still counts in the day and month of its booking. What is in doubt does,
    /// and what a bank refused to take back.
    package var isHeld: Bool {
        if let request { return request.holdsLimit }
        switch loan {
        case .declined, .cancelled: return false
        case .payoutFailed: return undoneOn == nil && payout != .abandoned
        default: return true
        }
    }

    /// Whether the share is one of the loan's: what was given up, refused or reversed is not, even
    /// when the loan was disbursed by others.
    private var followsLoan: Bool {
        guard let request else { return true }
        return [.accepted, .confirmed, .returned].contains(request)
    }

    /// What counts as outstanding and is not yet principal in the books, which have been posted
    /// through a date.
    ///
    /// A loan undone on the date of its disbursement never comes into the books; one undone later
    /// leaves them by a posting of its own.
    package func reserved(beyond posted: BusinessDate?) -> Int64 {
        guard let disbursedOn, followsLoan else { return isHeld ? amount : 0 }
        if let posted, disbursedOn <= posted { return 0 }
        return undoneOn == disbursedOn ? 0 : amount
    }
}

extension RequestState {
    /// Whether the lender's share counts against its limits.
    package var holdsLimit: Bool { ![.refused, .reversed, .returned].contains(self) }
}

/// Principal that a lender's book shows under an agreement, minor units.
package struct LentPrincipal: Hashable, Sendable {
    package let agreement: String
    package let party: PartyID
    package let currency: Currency
    /// What the loans say of the dimensions that are counted: it is told by loan then, and counts
    /// there alone. Nothing of principal by book, which counts everywhere else.
    package let traits: LoanTraits
    /// Taken over from other lenders of the same loans: nothing more is outstanding in all.
    package let isTakenOver: Bool
    package let amount: Int64

    package init(
        agreement: String, party: PartyID, currency: Currency, traits: LoanTraits = LoanTraits(),
        isTakenOver: Bool = false, amount: Int64
    ) {
        self.isTakenOver = isTakenOver
        self.agreement = agreement
        self.party = party
        self.currency = currency
        self.traits = traits
        self.amount = amount
    }
}

/// The use of every limit there could be, counted from the shares and the books.
package struct LimitCount: Sendable {
    /// Minor units; what is not in it is 0.
    package private(set) var used: [LimitSlot: Int64] = [:]

    /// - Parameter posted: The date through which `principal` is posted; nil before the first.
    package init(
        claims: [LimitClaim], principal: [LentPrincipal], posted: BusinessDate?
    ) {
        for claim in claims {
            let held = claim.isHeld ? claim.amount : 0
            let reserved = claim.reserved(beyond: posted)
            let shares = LimitedShares(
                agreement: claim.agreement, party: claim.party, currency: claim.currency,
                bookedOn: claim.bookedOn, drawsReserve: claim.drawsReserve, traits: claim.traits)
            for slot in shares.slots {
                let amount = slot.key.span == .outstanding ? reserved : held
                used[slot, default: 0] += amount
            }
        }
        for lent in principal {
            let keys = LimitKey.all(
                agreement: lent.agreement, party: lent.party, currency: lent.currency,
                traits: lent.traits)
            let isByLoan = lent.traits != LoanTraits()
            let totals =
                lent.isTakenOver
                ? [] : LimitKey.totals(agreement: lent.agreement, currency: lent.currency)
            for key in keys + totals
            where key.span == .outstanding && (key.scope != .all) == isByLoan {
                used[LimitSlot(key, start: nil), default: 0] += lent.amount
            }
        }
    }

    /// What counts in a slot and its values, if it is of a dimension.
    package func family(of whole: LimitSlot) -> [LimitSlot: Int64] {
        used.filter { $0.key.start == whole.start && $0.key.key.whole == whole.key }
    }
}
