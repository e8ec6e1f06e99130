import LendingRules
import Monetary

extension LimitShortage {
    /// The code of the fault.
    var code: String { part == nil ? ImportFault.noRoom : ImportFault.tooConcentrated }

    /// Whose limit, over how long, what is left of it and what was asked for.
    package var sentence: String {
        let key = slot.key
        if key.span == .reserve {
            return "\(key.party)'s deposit of \(text(limit)) \(key.currency) has \(text(left)) "
                + "left, its share is \(text(asked))"
        }
        let place = key.agreement.isEmpty ? "over all agreements" : "under \(key.agreement)"
        return "\(key.party)'s limit of \(text(limit)) \(key.currency) \(key.span.words)"
            + "\(key.scope.words) \(place)\(ofBase) has \(text(left)) left\(slot.period), its "
            + "share is \(text(asked))"
    }

    /// What the limit is a part of, and how much that is; empty where it is an amount.
    private var ofBase: String {
        guard let part else { return "" }
        let share = ShareText.format(
            Int128(part.share.numerator), over: Int128(part.share.denominator))
        let base =
            switch part.base {
            case .figure(let name): "its \(name.rawValue) of \(text(part.least))"
            case .total: "the \(text(part.least)) outstanding of all lenders with this loan"
            case .own: "its \(text(part.least)) outstanding with this share"
            }
        return ", \(share) of \(base),"
    }

    private func text(_ amount: Int64) -> String {
        AmountText.format(amount, decimals: slot.key.currency.exponent)
    }
}

extension LimitSpan {
    /// As it stands behind an amount.
    fileprivate var words: String {
        switch self {
        case .day: "a day"
        case .month: "a month"
        case .outstanding: "outstanding"
        case .reserve: "on deposit"
        }
    }
}

extension LimitScope {
    /// What is told apart, with words before it; empty where nothing is.
    package var words: String {
        switch self {
        case .all: ""
        case .each(let dimension): " for each \(dimension.rawValue)"
        case .one(let dimension, ""): " without a \(dimension.rawValue)"
        case .one(let dimension, let subject): " for \(dimension.rawValue) \(subject)"
        }
    }
}

extension LimitSlot {
    /// The period as people write it, with a word before it; empty where nothing begins anew.
    fileprivate var period: String { periodText.isEmpty ? "" : " for \(periodText)" }

    /// A date, or a month such as `2026-01`; empty where nothing begins anew.
    package var periodText: String {
        guard let start else { return "" }
        return key.span == .day ? "\(start)" : String("\(start)".prefix(7))
    }
}
