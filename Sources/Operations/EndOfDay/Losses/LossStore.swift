package import BusinessCalendar
package import LendingRules

/// The figures of a cover, by whose terms they are read; a store knows no terms.
package struct KeptCover: Hashable, Sendable {
    package let cover: CoverID
    package let date: BusinessDate
    package let figures: CoverFigures

    package init(cover: CoverID, date: BusinessDate, figures: CoverFigures) {
        self.cover = cover
        self.date = date
        self.figures = figures
    }
}

/// What a layer was asked to pay a lender for a loan at the close of a date, and what it paid.
package struct KeptDraw: Hashable, Sendable {
    package let date: BusinessDate
    package let loan: LoanID
    package let layer: String
    package let lender: PartyID
    package let provider: PartyID
    /// The cover's name; empty where there is none.
    package let cover: String
    package let asked: LossAmounts
    package let paid: LossAmounts
    /// Why it paid less; empty where it did not.
    package let shortfall: String

    package init(
        date: BusinessDate, loan: LoanID, layer: String, lender: PartyID, provider: PartyID,
        cover: String, asked: LossAmounts, paid: LossAmounts, shortfall: String
    ) {
        self.date = date
        self.loan = loan
        self.layer = layer
        self.lender = lender
        self.provider = provider
        self.cover = cover
        self.asked = asked
        self.paid = paid
        self.shortfall = shortfall
    }

    package init(_ draw: LossDraw, on date: BusinessDate) {
        self.init(
            date: date, loan: draw.loan, layer: draw.layer, lender: draw.lender,
            provider: draw.provider, cover: draw.cover?.description ?? "", asked: draw.asked,
            paid: draw.taken, shortfall: draw.shortfall?.rawValue ?? "")
    }
}

/// What covers were asked and paid up to a date, summed over all loans by why they paid less.
package struct CoverDemand: Hashable, Sendable {
    /// The cover's name.
    package let cover: String
    /// Empty where they paid all.
    package let shortfall: String
    /// How often they were asked.
    package let count: Int
    /// Minor units, less what corrections have taken back.
    package let asked: Int64
    package let paid: Int64

    package init(cover: String, shortfall: String, count: Int, asked: Int64, paid: Int64) {
        self.cover = cover
        self.shortfall = shortfall
        self.count = count
        self.asked = asked
        self.paid = paid
    }
}

/// All that closes have kept about losses besides facts, in any order.
package struct KeptLosses: Hashable, Sendable {
    package let covers: [KeptCover]
    package let draws: [KeptDraw]

    package init(covers: [KeptCover], draws: [KeptDraw]) {
        self.covers = covers
        self.draws = draws
    }
}

/// Where the close keeps what it decides about losses; each method is one transaction.
package protocol LossStore: Sendable {
    /// Whether the date's losses are decided.
    func isDecided(_ date: BusinessDate) async throws -> Bool
    /// Loans of which something is instructed for the close of the date, or of whose payments one
    /// booked on it takes one back after claims have moved; in loan order.
    func instructed(on date: BusinessDate) async throws -> [LoanID]
    /// Every cover with its last figures of a date before this one.
    func covers(before date: BusinessDate) async throws -> [KeptCover]
    /// What covers were asked before a date, by cover and shortfall.
    func demands(before date: BusinessDate) async throws -> [CoverDemand]
    /// Records decisions and the step; nothing when it is done already.
    ///
    /// - Parameter facts: The decisions as they are recorded.
    func decide(_ day: LossDay, facts: [NewFact]) async throws
}
