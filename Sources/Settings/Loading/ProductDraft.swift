import BusinessCalendar
import LendingRules
import Monetary

/// One file of `products/` as far as it could be read.
struct ProductDraft {
    let name: Located<String>?
    let product: Product?

    /// Reads amounts with the decimals of the platform's currency.
    init(_ section: Section, decimals: Int) {
        name = section.value("product", .identifier)
        let method = section.value("method", Rule<ScheduleMethod>.choice("method"))
        let dayCount = section.value("dayCount", Rule<DayCount>.choice("day count"))
        let rounding = section.value(
            "rounding", Rule<Rounding>.choice("rounding"), default: Rounding.halfEven.rawValue)
        let instalmentRounding = section.value(
            "instalmentRounding", Rule<Rounding>.choice("rounding"),
            default: Rounding.halfEven.rawValue)
        let penalty = section.section("penalty").flatMap(ProductDraft.penalty)
        let materiality = section.value(
            "materiality", .amount(decimals: decimals, isZeroAllowed: true), default: "0")
        let principal = section.section("principal").flatMap {
            ProductDraft.range($0, .amount(decimals: decimals, isZeroAllowed: false))
        }
        let instalments = section.section("instalments").flatMap {
            ProductDraft.range($0, .whole(1...600))
        }
        section.finish()
        guard let name, let method, let dayCount, let rounding, let instalmentRounding,
            let penalty, let materiality, let principal, let instalments
        else {
            product = nil
            return
        }
        product = Product(
            name: name.value, method: method.value, dayCount: dayCount.value,
            rounding: rounding.value, instalmentRounding: instalmentRounding.value,
            penalty: penalty, materiality: materiality.value, principal: principal,
            instalments: instalments)
    }

    private static func penalty(_ section: Section) -> PenaltyTerms? {
        let multiple = section.value("multiple", .multiple)
        let graceDays = section.value("graceDays", .whole(0...60, "days"), default: "0")
        section.finish()
        guard let multiple, let graceDays else { return nil }
        return PenaltyTerms(multipleThousandths: multiple.value, graceDays: graceDays.value)
    }

    private static func range<Bound>(_ section: Section, _ rule: Rule<Bound>)
        -> ClosedRange<Bound>?
    {
        let minimum = section.value("minimum", rule)
        let maximum = section.value("maximum", rule)
        section.finish()
        guard let minimum, let maximum else { return nil }
        guard minimum.value <= maximum.value else {
            section.findings.report(
                .contradiction, "the maximum is below the minimum", key: maximum.key,
                at: maximum.place, allowed: "it needs at least the value of minimum")
            return nil
        }
        return minimum.value...maximum.value
    }
}
