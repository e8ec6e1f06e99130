package import BusinessCalendar
package import Monetary

/// The most that one lender takes on, in minor units.
///
/// A limit is no part of the terms that loans carry: it says how many loans there may be, and
/// changes none of those there are.
package struct Limit: Hashable, Sendable {
    package let key: LimitKey
    /// Above zero where it is set; a deposit may be empty.
    package let amount: Int64
    /// What it is a part of; nil where it is an amount and nothing else.
    package let part: LimitPart?
    /// The date of the figure that it is a part of; nil where it has none.
    package let from: BusinessDate?

    package init(
        _ key: LimitKey, amount: Int64, part: LimitPart? = nil, from: BusinessDate? = nil
    ) {
        self.key = key
        self.amount = amount
        self.part = part
        self.from = from
    }
}

/// Whose shares a limit counts, and over how long.
package struct LimitKey: Hashable, Sendable {
    /// Name of the agreement; empty for all agreements of the lender together.
    package let agreement: String
    /// Without a name for all lenders together.
    package let party: PartyID
    package let span: LimitSpan
    package let currency: Currency
    /// Which of the shares count.
    package let scope: LimitScope

    package init(
        agreement: String, party: PartyID, span: LimitSpan, currency: Currency,
        scope: LimitScope = .all
    ) {
        self.agreement = agreement
        self.party = party
        self.span = span
        self.currency = currency
        self.scope = scope
    }

    /// Where shares drawn on a lender's deposit count, whatever their agreement.
    package static func reserve(of party: PartyID, _ currency: Currency) -> LimitKey {
        LimitKey(agreement: "", party: party, span: .reserve, currency: currency)
    }

    /// Every key under which a lender's shares of an agreement count.
    package static func all(
        agreement: String, party: PartyID, currency: Currency, traits: LoanTraits = LoanTraits()
    ) -> [LimitKey] {
        let scopes = [.all] + traits.scopes
        return [agreement, ""].flatMap { agreement in
            scopes.flatMap { scope in
                LimitSpan.allCases.map {
                    LimitKey(
                        agreement: agreement, party: party, span: $0, currency: currency,
                        scope: scope)
                }
            }
        }
    }

    /// Where what is outstanding of an agreement counts, whoever lends it.
    package static func totals(agreement: String, currency: Currency) -> [LimitKey] {
        [agreement, ""].map {
            LimitKey(
                agreement: $0, party: PartyID(""), span: .outstanding, currency: currency)
        }
    }

    /// The key that is counted when it is: values of a dimension are, all of them, or none is.
    package var whole: LimitKey {
        guard case .one(let dimension, _) = scope else { return self }
        return LimitKey(
            agreement: agreement, party: party, span: span, currency: currency,
            scope: .each(dimension))
    }

    /// Whether a lender's own outstanding principal counts under it.
    package func isOutstanding(of lender: PartyID) -> Bool {
        span == .outstanding && party == lender
    }

    /// What is outstanding of all lenders under the same agreement.
    package var total: LimitKey {
        LimitKey(
            agreement: agreement, party: PartyID(""), span: .outstanding, currency: currency)
    }
}

extension LimitKey: Comparable {
    /// Agreement, party, span, currency, scope: the order in which use is locked.
    package static func < (left: LimitKey, right: LimitKey) -> Bool {
        (left.agreement, left.party, left.span, left.currency, left.scope)
            < (right.agreement, right.party, right.span, right.currency, right.scope)
    }
}

/// Over how long a limit counts.
package enum LimitSpan: String, Sendable {
    /// Shares of loans booked on one business date.
    case day
    /// Shares of loans booked in one calendar month.
    case month
    /// Shares reserved or lent, as long as their principal is neither repaid nor written off.
    case outstanding
    /// What loans have drawn on the lender's deposit with the platform, from the moment they are
    /// booked until the share goes back. The deposit is the limit; no configuration sets it.
    case reserve

    /// Whether it counts from zero again in a new period.
    package var beginsAnew: Bool { self == .day || self == .month }

    /// The first date of the period that a booking date lies in; nil where nothing begins anew.
    package func start(on date: BusinessDate) -> BusinessDate? {
        switch self {
        case .day: date
        case .month: date.adding(days: 1 - date.components.day)
        case .outstanding, .reserve: nil
        }
    }
}

extension LimitSpan: CaseIterable {
    /// The spans over which a limit can be set.
    package static let allCases: [LimitSpan] = [.day, .month, .outstanding]
}

extension LimitSpan: Comparable {
    /// The shortest first.
    package static func < (left: LimitSpan, right: LimitSpan) -> Bool {
        left.place < right.place
    }

    private var place: Int {
        switch self {
        case .day: 0
        case .month: 1
        case .outstanding: 2
        case .reserve: 3
        }
    }
}

/// What use is counted under: a key in one of its periods.
package struct LimitSlot: Hashable, Sendable {
    package let key: LimitKey
    /// First date of the period; nil where nothing begins anew.
    package let start: BusinessDate?

    package init(_ key: LimitKey, start: BusinessDate?) {
        self.key = key
        self.start = start
    }

    /// The period of a key that a booking date lies in.
    package init(_ key: LimitKey, on date: BusinessDate) {
        self.init(key, start: key.span.start(on: date))
    }
}

extension LimitSlot: Comparable {
    /// By key, then by period.
    package static func < (left: LimitSlot, right: LimitSlot) -> Bool {
        if left.key != right.key { return left.key < right.key }
        guard let start = left.start, let other = right.start else {
            return left.start == nil && right.start != nil
        }
        return start < other
    }
}
