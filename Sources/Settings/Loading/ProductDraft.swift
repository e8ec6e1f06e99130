import BusinessCalendar
import LendingRules
import Monetary

/// One file of `products/` as far as it could be read.
struct ProductDraft {
    let name: Located<String>?
    /// Nil also where it cannot be read; then the file has a fault.
    let effectiveFrom: Located<BusinessDate>?
    let method: Located<ScheduleMethod>?
    let dayCount: DayCount?
    let roundings: (interest: Rounding, instalment: Rounding)?
    let conventions: ConventionsDraft
    let care: CareDraft
    let line: CreditLineDraft
    let materiality: Int64?
    let principal: ClosedRange<Int64>?
    let instalments: ClosedRange<Int>?
    let rateLimits: ClosedRange<AnnualRate>?

    /// Reads amounts with the decimals of the platform's currency.
    init(_ section: Section, decimals: Int) {
        name = section.value("product", .identifier)
        effectiveFrom = section.optional("effectiveFrom", .date)
        method = section.value("method", Rule<ScheduleMethod>.choice("method"))
        dayCount = section.value("dayCount", Rule<DayCount>.choice("day count"))?.value
        let usual = Rounding.halfEven.rawValue
        let interest = section.value("rounding", Rule<Rounding>.choice("rounding"), default: usual)
        let instalment = section.value(
            "instalmentRounding", Rule<Rounding>.choice("rounding"), default: usual)
        roundings = interest.flatMap { interest in
            instalment.map { (interest.value, $0.value) }
        }
        conventions = ConventionsDraft(section, decimals: decimals)
        care = CareDraft(section)
        line = CreditLineDraft(section, decimals: decimals)
        materiality =
            section.value(
                "materiality", .amount(decimals: decimals, isZeroAllowed: true), default: "0")?
            .value
        principal = section.section("principal").flatMap {
            ProductDraft.range($0, .amount(decimals: decimals, isZeroAllowed: false))
        }
        instalments = section.section("instalments").flatMap {
            ProductDraft.range($0, .whole(1...600))
        }
        rateLimits = section.sectionOrEmpty("rate").flatMap {
            ProductDraft.range($0, .annualRate, defaults: ("0", "10000"))
        }
        section.finish()
        checkMethod(section)
    }

    /// The product, or nil when a part could not be read or nobody knows its calendar.
    func product(_ calendars: [HolidayCalendar]) -> Product? {
        guard let name, let method, let dayCount, let roundings, let materiality, let principal,
            let instalments, let rateLimits, let penalty = care.penalty, conventions.isReadable,
            care.isReadable, line.isReadable
        else { return nil }
        let isLimited = rateLimits.lowerBound.units > 0 || rateLimits.upperBound < .highest
        return Product(
            name: name.value, method: method.value, dayCount: dayCount,
            rounding: roundings.interest, instalmentRounding: roundings.instalment,
            conventions: conventions.conventions(calendars, line.statement),
            penalty: penalty,
            earlyRepayment: care.earlyRepayment, nonAccrual: care.nonAccrual,
            minimumDays: care.minimumDays, materiality: materiality, principal: principal,
            instalments: instalments, rate: isLimited ? rateLimits : nil,
            line: line.terms, effectiveFrom: effectiveFrom?.value)
    }

    /// The calendar whose holidays due dates heed.
    var holidayCalendar: Located<String>? { conventions.calendar }

    static func range<Bound>(
        _ section: Section, _ rule: Rule<Bound>, defaults: (String, String)? = nil
    ) -> ClosedRange<Bound>? {
        let minimum = section.value("minimum", rule, default: defaults?.0)
        let maximum = section.value("maximum", rule, default: defaults?.1)
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
