package import BusinessCalendar
package import Monetary

/// A bank's joint loans on a date.
package struct BookSubject: Hashable, Sendable {
    package let date: BusinessDate
    package let currency: Currency
    package let bank: PartyFacts
    /// Minor units of principal that it has outstanding with this platform.
    package let outstanding: Int64

    package init(date: BusinessDate, currency: Currency, bank: PartyFacts, outstanding: Int64) {
        self.date = date
        self.currency = currency
        self.bank = bank
        self.outstanding = outstanding
    }
}

/// A lender's claim on a date.
package struct ClaimSubject: Hashable, Sendable {
    package let date: BusinessDate
    package let daysPastDue: Int
    package let assetClass: AssetClass
    /// Working days for which another lender has had the borrower in another class; 0 for none.
    package let daysApart: Int

    package init(
        date: BusinessDate, daysPastDue: Int, assetClass: AssetClass, daysApart: Int = 0
    ) {
        self.date = date
        self.daysPastDue = daysPastDue
        self.assetClass = assetClass
        self.daysApart = daysApart
    }
}

/// A default-loss guarantee on a date, in minor units.
package struct CoverSubject: Hashable, Sendable {
    package let date: BusinessDate
    package let currency: Currency
    /// The loans it is for, as they were fixed.
    package let set: Int64
    /// Ever disbursed of them; what is repaid does not reduce it.
    package let disbursed: Int64
    package let outstanding: Int64
    /// Promised in all, used or not.
    package let cover: Int64
    /// Days past due of the loan that it is invoked for; nil when it is not.
    package let invokedAt: Int?
    /// Used once and put back.
    package let reinstated: Int64

    package init(
        date: BusinessDate, currency: Currency, set: Int64 = 0, disbursed: Int64 = 0,
        outstanding: Int64 = 0, cover: Int64 = 0, invokedAt: Int? = nil, reinstated: Int64 = 0
    ) {
        self.date = date
        self.currency = currency
        self.set = set
        self.disbursed = disbursed
        self.outstanding = outstanding
        self.cover = cover
        self.invokedAt = invokedAt
        self.reinstated = reinstated
    }
}
