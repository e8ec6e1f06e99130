package import BusinessCalendar
package import LendingRules

/// A pool as it was selected: its terms, and its shares with what they were at the cut-off.
package struct KeptPool: Hashable, Sendable {
    package var head: PoolHead
    /// By loan and seller.
    package let shares: [KeptPoolShare]

    package var name: String { head.name }
    package var cutOff: BusinessDate { head.cutOff }
    package var settlesOn: BusinessDate { head.settlesOn }
    package var soldOn: BusinessDate? { head.soldOn }

    package init(_ head: PoolHead, shares: [KeptPoolShare]) {
        self.head = head
        self.shares = shares
    }
}

/// A kept pool but for its shares.
package struct PoolHead: Hashable, Sendable {
    package let name: String
    package let cutOff: BusinessDate
    package let settlesOn: BusinessDate
    package let terms: PoolPaper
    package let keptOn: BusinessDate
    /// The open date on which it was sold; nil while it is not.
    package var soldOn: BusinessDate?

    package init(
        name: String, cutOff: BusinessDate, settlesOn: BusinessDate, terms: PoolPaper,
        keptOn: BusinessDate, soldOn: BusinessDate? = nil
    ) {
        self.name = name
        self.cutOff = cutOff
        self.settlesOn = settlesOn
        self.terms = terms
        self.keptOn = keptOn
        self.soldOn = soldOn
    }
}

/// What a pool's terms are read from, as it stood when the pool was selected: nothing that changes
/// later reaches them.
package struct PoolPaper: Hashable, Sendable {
    /// The pool's file.
    package let text: String
    /// Code of the currency.
    package let currency: String
    /// The calendar that payment dates heed, as a file says it; empty where they heed none.
    package let calendar: String

    package init(text: String, currency: String, calendar: String) {
        self.text = text
        self.currency = currency
        self.calendar = calendar
    }
}

/// One share of a kept pool.
package struct KeptPoolShare: Hashable, Sendable {
    package let share: ShareID
    /// At the end of the cut-off date, minor units.
    package let claims: Components
    package let price: Int64

    package init(share: ShareID, claims: Components, price: Int64) {
        self.share = share
        self.claims = claims
        self.price = price
    }
}

/// A payment date of a pool's notes as it was recorded.
package struct KeptPoolPayment: Hashable, Sendable {
    /// From 1.
    package let number: Int
    /// The open date on which it was recorded, and its entries are dated.
    package let recordedOn: BusinessDate
    /// Who had a book here when the notes were issued, in name order.
    package let booked: [PartyID]
    /// What it was computed from.
    package let collections: PeriodCollections

    package init(
        number: Int, recordedOn: BusinessDate, booked: [PartyID], collections: PeriodCollections
    ) {
        self.number = number
        self.recordedOn = recordedOn
        self.booked = booked
        self.collections = collections
    }
}

/// Pools as the store sees them; each method is one transaction.
package protocol PoolStore: Sendable {
    /// Every pool without its shares, in name order.
    func heads() async throws -> [PoolHead]
    /// The pool of a name, nil when none is kept.
    func pool(_ name: String) async throws -> KeptPool?
    /// Of shares, those whose sale to a buyer came to nothing at the close of a date, since they
    /// were not there to be sold.
    func withdrawn(_ shares: [ShareID], to buyer: PartyID, on date: BusinessDate) async throws
        -> Set<ShareID>
    /// The payment dates of a pool, oldest first.
    func payments(of pool: String) async throws -> [KeptPoolPayment]
    /// Keeps a selection on the open date; fails when the name is taken.
    func keep(_ pool: KeptPool) async throws
    /// Marks a pool as sold on the open date and records what its close is to decide; fails when
    /// it is sold already.
    func sell(_ pool: String, _ facts: [NewFact], on date: BusinessDate) async throws
    /// Records a payment date on the open date, what is sold by it and its entries; fails when
    /// the number is taken.
    func pay(
        _ pool: String, _ payment: KeptPoolPayment, _ facts: [NewFact], _ entries: [LedgerRow]
    ) async throws
}
