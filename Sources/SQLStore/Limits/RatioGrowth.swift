internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations

/// Principal that lenders take over by ratio changes: it counts as outstanding from the moment at
/// which the fact is recorded, and from the close of its date on as what the books show.
enum RatioGrowth {
    /// What is not in the books yet, which have been posted through a date.
    static func pending(
        beyond posted: BusinessDate?, by dimensions: Set<LimitDimension>,
        _ connection: borrowing Connection
    ) throws(StoreError) -> [LentPrincipal] {
        try growth(
            where: "f.booking_date > ?1", posted ?? DateRange.first, dimensions, connection)
    }

    /// What comes into the books with the close of a date.
    static func posted(
        on date: BusinessDate, by dimensions: Set<LimitDimension>,
        _ connection: borrowing Connection
    ) throws(StoreError) -> [LentPrincipal] {
        try growth(where: "f.booking_date = ?1", date, dimensions, connection)
    }

    private static func growth(
        where condition: String, _ date: BusinessDate, _ dimensions: Set<LimitDimension>,
        _ connection: borrowing Connection
    ) throws(StoreError) -> [LentPrincipal] {
        let traits = TraitColumns(dimensions)
        return try connection.all(
            """
            SELECT \(Facts.columns), l.agreement, l.currency\(traits.names) FROM fact f
            JOIN loan l ON l.shard = f.shard AND l.loan = f.loan
            WHERE \(condition) AND f.\(Facts.changesRatio)
            """, [.date(date)]
        ) { row throws(StoreError) in
            principal(
                try Facts.read(row), agreement: try row.text(Facts.end),
                currency: try row.currency(Facts.end + 1),
                try traits.read(row, from: Facts.end + 2))
        }.flatMap { $0 }
    }

    /// What each holder takes over, by book and, where dimensions are counted, by loan.
    private static func principal(
        _ fact: LoanFact, agreement: String, currency: Currency, _ traits: LoanTraits
    ) -> [LentPrincipal] {
        guard case .ratioChange(let change) = fact.kind else { return [] }
        let counted = traits == LoanTraits() ? [traits] : [LoanTraits(), traits]
        return change.growth.flatMap { share in
            counted.map {
                LentPrincipal(
                    agreement: agreement, party: share.party, currency: currency, traits: $0,
                    isTakenOver: true, amount: share.amount)
            }
        }
    }

    /// Takes room for facts that are about to be recorded, in a transaction that holds the date
    /// alone.
    ///
    /// Throws `StoreError.overtaken` when there is no room any more.
    static func take(
        _ facts: [NewFact], _ limits: [Limit], _ ledger: LimitLedger,
        _ connection: borrowing Connection
    ) throws(StoreError) {
        let growing = facts.filter { !$0.growth.isEmpty }
        if growing.isEmpty { return }
        let columns = TraitColumns(try ledger.dimensions(connection))
        var changes: [Change] = []
        for new in growing {
            let change = try connection.first(
                "SELECT l.agreement, l.currency\(columns.names) FROM loan l"
                    + " WHERE l.shard = ?1 AND l.loan = ?2", SQLValue.loan(new.loan)
            ) { row throws(StoreError) in
                Change(
                    growth: new.growth, agreement: try row.text(0), currency: try row.currency(1),
                    traits: try columns.read(row, from: 2), date: new.fact.bookingDate)
            }
            if let change { changes.append(change) }
        }
        let used = try ledger.used(of: Set(changes.flatMap(\.slots)), connection)
        var use = LimitUse(limits: limits, used: used)
        for change in changes {
            let short = use.take(
                change.growth, agreement: change.agreement, currency: change.currency,
                on: change.date, traits: change.traits, isOutstandingAlone: true)
            guard short.isEmpty else { throw .overtaken(record: "the room for a ratio change") }
        }
        try ledger.take(use.taken.filter { used[$0.key] != nil }, beyond: used, connection)
    }

    /// What holders of a loan take over.
    private struct Change {
        let growth: [PlannedShare]
        let agreement: String
        let currency: Currency
        let traits: LoanTraits
        let date: BusinessDate

        /// Where it counts, and what limits may be a part of.
        var slots: [LimitSlot] {
            growth.flatMap { share in
                LimitedShares(
                    agreement: agreement, party: share.party, currency: currency, bookedOn: date,
                    traits: traits
                ).slots.filter { $0.key.span == .outstanding }
            }
        }
    }
}
