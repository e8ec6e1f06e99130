package import BusinessCalendar
package import LendingRules
package import Monetary

/// One cover in the evening of a date: what it gives in all, what is left, what it was asked.
package struct CoverStanding: Hashable, Sendable {
    package let id: CoverID
    package let currency: Currency
    package let provider: PartyID
    package let terms: CoverTerms
    package let account: CoverAccount
    /// The last date on which anything moved it.
    package let movedOn: BusinessDate
    /// Whether it pays for losses of the next date: it has not expired, its period is not over.
    package let isOpen: Bool
    /// What it was asked and paid, by why it paid less.
    package let demands: [CoverDemand]

    /// Minor units, over all demands.
    package var asked: Int64 { demands.reduce(0) { $0 + $1.asked } }

    /// Demands of which it paid less than all.
    package var shortfalls: [CoverDemand] { demands.filter { $0.paid < $0.asked } }
}

/// Shows the covers of the book as closes have left them; reads only.
package struct CoverReport: Sendable {
    private let losses: any LossStore
    private let snapshots: any TermsSnapshots
    private let days: any BusinessDays
    /// The first date of the books.
    private let firstDate: BusinessDate

    package init(
        losses: any LossStore, snapshots: any TermsSnapshots, days: any BusinessDays,
        firstDate: BusinessDate
    ) {
        self.losses = losses
        self.snapshots = snapshots
        self.days = days
        self.firstDate = firstDate
    }

    /// Every cover that has begun, by name, in the evening of a date; of the last closed one when
    /// none is asked for.
    ///
    /// - Throws: ``DateNotClosed``.
    package func run(_ asked: BusinessDate?) async throws -> [CoverStanding] {
        let closed = try await days.status().lastClosed?.date
        guard let closed, asked ?? closed <= closed, asked ?? closed >= firstDate else {
            throw DateNotClosed(date: asked, lastClosed: closed)
        }
        let next = (asked ?? closed).adding(days: 1)
        let terms = TermsLibrary(try await snapshots.snapshots())
        let demands = Dictionary(
            grouping: try await losses.demands(before: next), by: \.cover)
        return try await losses.covers(before: next).sorted { $0.cover < $1.cover }.compactMap {
            guard let (provision, currency) = terms.provision(of: $0.cover),
                let cover = provision.cover
            else { return nil }
            return CoverStanding(
                id: $0.cover, currency: currency, provider: provision.provider, terms: cover,
                account: CoverAccount(cover.kind, figures: $0.figures), movedOn: $0.date,
                isOpen: cover.isOpen($0.cover.key, on: next),
                demands: demands[$0.cover.description] ?? [])
        }
    }
}
