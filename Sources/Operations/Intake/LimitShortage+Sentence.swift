import LendingRules
import Monetary

extension LimitShortage {
    /// Whose limit, over how long, what is left of it and what was asked for.
    package var sentence: String {
        let key = slot.key
        let currency = key.currency
        func text(_ amount: Int64) -> String {
            AmountText.format(amount, decimals: currency.exponent)
        }
        if key.span == .reserve {
            return "\(key.party)'s deposit of \(text(limit)) \(currency) has \(text(left)) left, "
                + "its share is \(text(asked))"
        }
        let scope = key.agreement.isEmpty ? "over all agreements" : "under \(key.agreement)"
        return "\(key.party)'s limit of \(text(limit)) \(currency) \(key.span.words) \(scope) has "
            + "\(text(left)) left\(slot.period), its share is \(text(asked))"
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

extension LimitSlot {
    /// The period as people write it, with a word before it; empty where nothing begins anew.
    fileprivate var period: String { periodText.isEmpty ? "" : " for \(periodText)" }

    /// A date, or a month such as `2026-01`; empty where nothing begins anew.
    package var periodText: String {
        guard let start else { return "" }
        return key.span == .day ? "\(start)" : String("\(start)".prefix(7))
    }
}
