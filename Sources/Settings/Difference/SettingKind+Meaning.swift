import Monetary

extension SettingKind {
    /// One text for all that mean the same: `7/10` and `70%`, `1000` and `1000.00`.
    func meaning(_ text: String) -> String {
        switch self {
        case .share, .shareOrNothing: SettingKind.share(text) ?? text
        case .feeValue: SettingKind.share(text) ?? SettingKind.number(text)
        case .amount, .amountAboveZero, .multiple: SettingKind.number(text)
        case .rate: SettingKind.number(text.hasSuffix("%") ? String(text.dropLast()) : text)
        case .whole, .wholeOr: Int(text).map(String.init) ?? text
        default: text
        }
    }

    /// A fraction in lowest terms; nil for what is no share.
    private static func share(_ text: String) -> String? {
        guard let share = try? Share(text) else { return nil }
        var (larger, smaller) = (share.numerator, share.denominator)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return "\(share.numerator / larger)/\(share.denominator / larger)"
    }

    /// Without zeros that say nothing.
    private static func number(_ text: String) -> String {
        var digits = text[...]
        while digits.count > 1, digits.hasPrefix("0"), !digits.hasPrefix("0.") {
            digits.removeFirst()
        }
        guard digits.contains(".") else { return String(digits) }
        while digits.hasSuffix("0") { digits.removeLast() }
        return String(digits.hasSuffix(".") ? digits.dropLast() : digits)
    }
}
