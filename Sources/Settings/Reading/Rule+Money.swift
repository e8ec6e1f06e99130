import LendingRules
import Monetary

extension Rule where Value == Currency {
    /// An ISO 4217 currency.
    static var currency: Rule<Currency> {
        Rule("an ISO 4217 code such as USD", noun: "currency") { Currency(code: $0) }
    }
}

extension Rule where Value == Share {
    /// A part of a whole, more than nothing and at most all of it.
    static var share: Rule<Share> { share(isNothingAllowed: false) }

    /// A part of a whole, nothing and all of it included.
    static var shareOrNothing: Rule<Share> { share(isNothingAllowed: true) }

    private static func share(isNothingAllowed: Bool) -> Rule<Share> {
        let allowed = "a percentage such as \"70%\" or a fraction such as \"7/10\""
        return Rule(allowed) { (text) throws(Refusal) in
            let share: Share
            do {
                share = try Share(text)
            } catch {
                throw Refusal("\(Quoted.text(text)) is no share", allowed: "it needs \(allowed)")
            }
            let isEnough = share.numerator > 0 || isNothingAllowed
            guard isEnough, share.numerator <= share.denominator else {
                throw Refusal(
                    "\(Quoted.text(text)) is outside the limits", code: .outOfRange,
                    allowed: isNothingAllowed
                        ? "it needs 0% to 100%" : "it needs more than 0% and at most 100%")
            }
            return share
        }
    }
}

extension Rule where Value == AnnualRate {
    /// A yearly rate in percent, with or without its sign.
    static var annualRate: Rule<AnnualRate> {
        let allowed = "a yearly rate in percent from 0 to 10000 with at most 6 decimals"
        let number = Rule<Int64>.decimal(
            allowed, noun: "rate", decimals: 6, range: 0...AnnualRate.highest.units)
        return Rule(allowed) { (text) throws(Refusal) in
            let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
            return AnnualRate(units: try number.read(digits))
        }
    }
}

/// A fee as a part of something, or as minor units.
enum FeeValue {
    case share(Share)
    case amount(Int64)
}

extension Rule where Value == FeeValue {
    /// A percentage or fraction, or an amount.
    static func feeValue(decimals: Int) -> Rule<FeeValue> {
        let share = Rule<Share>.share
        let amount = Rule<Int64>.amount(decimals: decimals, isZeroAllowed: false)
        let allowed = "a percentage such as \"1%\", or \(amount.allowed)"
        return Rule(allowed) { (text) throws(Refusal) in
            if text.hasSuffix("%") || text.contains("/") { return .share(try share.read(text)) }
            return .amount(try amount.read(text))
        }
    }
}

extension AnnualRate {
    /// The highest rate for which the arithmetic of schedules is proven.
    static let highest = AnnualRate(units: ScheduleTerms.rateLimits.upperBound)
}

extension Rule where Value == Int64 {
    /// Minor units of a decimal amount that is not negative.
    static func amount(decimals: Int, isZeroAllowed: Bool) -> Rule<Int64> {
        let limit = isZeroAllowed ? "" : " above zero"
        return decimal(
            "an amount\(limit) with at most \(decimals) decimals, no grouping", noun: "amount",
            decimals: decimals, range: (isZeroAllowed ? 0 : 1)...Int64.max)
    }

    /// Thousandths of a multiple of the contract rate.
    static var multiple: Rule<Int64> {
        decimal(
            "a number from 0 to 10 with at most 3 decimals", noun: "multiple", decimals: 3,
            range: 0...10_000)
    }

    fileprivate static func decimal(
        _ allowed: String, noun: String, decimals: Int, range: ClosedRange<Int64>
    ) -> Rule<Int64> {
        Rule(allowed) { (text) throws(Refusal) in
            let units: Int64
            do throws(AmountError) {
                units = try AmountText.parse(text, decimals: decimals)
            } catch {
                throw refusal(of: error, text, noun: noun, allowed: allowed)
            }
            guard range.contains(units) else {
                throw Refusal(
                    "\(Quoted.text(text)) is outside the limits", code: .outOfRange,
                    allowed: "it needs \(allowed)")
            }
            return units
        }
    }

    private static func refusal(
        of error: AmountError, _ text: String, noun: String, allowed: String
    ) -> Refusal {
        switch error {
        case .tooManyDecimals(_, let decimals):
            Refusal(
                "\(Quoted.text(text)) has more than \(decimals) decimals",
                allowed: "it needs \(allowed)")
        case .overflow:
            Refusal(
                "\(Quoted.text(text)) is too large", code: .outOfRange,
                allowed: "it needs \(allowed)")
        default:
            Refusal("\(Quoted.text(text)) is no \(noun)", allowed: "it needs \(allowed)")
        }
    }
}
