package import BusinessCalendar

/// A cover by what it is for: agreement, layer and, where loans do not share one, whose it is.
///
/// Versions of an agreement have the same cover under the same name of a layer.
package struct CoverID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let agreement: String
    package let layer: String
    /// A vintage or period such as `2026`, `2026-Q1` or `2026-03`, or a lender; empty for a pool.
    package let key: String

    package init(agreement: String, layer: String, key: String = "") {
        self.agreement = agreement
        self.layer = layer
        self.key = key
    }

    /// `agreement/layer`, and `/key` where there is one.
    package var description: String {
        key.isEmpty ? "\(agreement)/\(layer)" : "\(agreement)/\(layer)/\(key)"
    }

    package static func < (left: CoverID, right: CoverID) -> Bool {
        (left.agreement, left.layer, left.key) < (right.agreement, right.layer, right.key)
    }
}

extension CoverTerms.Span {
    /// Which of a layer's covers pays for a loss.
    ///
    /// - Parameters:
    ///   - disbursedOn: When the loan was lent.
    ///   - lender: Whose loss it is.
    ///   - date: When it is taken.
    package func key(disbursedOn: BusinessDate, lender: PartyID, on date: BusinessDate) -> String {
        switch self {
        case .pool: ""
        case .partner: lender.name
        case .vintageYear: disbursedOn.yearKey
        case .vintageQuarter: disbursedOn.quarterKey
        case .vintageMonth: disbursedOn.monthKey
        case .year: date.yearKey
        case .quarter: date.quarterKey
        case .month: date.monthKey
        }
    }
}

extension CoverTerms.Span {
    /// Whether losses of a date are still those of a cover: always, but of one for a calendar
    /// period in that alone.
    func isOpen(_ key: String, on date: BusinessDate) -> Bool {
        switch self {
        case .year: key == date.yearKey
        case .quarter: key == date.quarterKey
        case .month: key == date.monthKey
        case .pool, .partner, .vintageYear, .vintageQuarter, .vintageMonth: true
        }
    }
}

extension CoverTerms {
    /// Whether a cover pays for losses of a date at all: it has not expired, nor is the period over
    /// for which it is given.
    package func isOpen(_ key: String, on date: BusinessDate) -> Bool {
        span.isOpen(key, on: date) && expiresOn.map { date <= $0 } ?? true
    }
}

extension BusinessDate {
    fileprivate var yearKey: String { String(description.prefix(4)) }
    fileprivate var monthKey: String { String(description.prefix(7)) }
    fileprivate var quarterKey: String { "\(yearKey)-Q\((components.month + 2) / 3)" }
}
