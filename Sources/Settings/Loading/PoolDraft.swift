import BusinessCalendar
import LendingRules
import Monetary

/// One file of `pools/` as far as it could be read.
struct PoolDraft {
    let name: Located<String>?
    let cutOff: Located<BusinessDate>?
    let settlesOn: Located<BusinessDate>?
    let buyer: Located<String>?
    /// Who may buy it back.
    var caller: Located<String>? { notes?.caller }
    let select: PoolSelectionDraft
    let notes: PoolNotesDraft?
    private let price: PoolPrice?
    private let isComplete: Bool

    init(_ section: Section, decimals: Int) {
        name = section.value("pool", .identifier)
        cutOff = section.value("cutOff", .date)
        settlesOn = section.value("settlesOn", .date)
        buyer = section.value("buyer", .identifier)
        price = section.value("price", .poolPrice)?.value
        select = PoolSelectionDraft(section.sectionOrEmpty("select"), decimals: decimals)
        let notes = section.isGiven("notes") ? section.section("notes") : nil
        self.notes = notes.map { PoolNotesDraft($0, decimals: decimals) }
        section.finish()
        isComplete = select.isComplete && (notes != nil || !section.isGiven("notes"))
    }

    /// The pool, or nil when a part of it could not be read.
    func plan(_ currency: Currency, _ calendars: [HolidayCalendar]) -> PoolPlan? {
        guard isComplete, let name, let cutOff, let settlesOn, let buyer, let price else {
            return nil
        }
        var terms: PoolNotes?
        if let notes {
            guard let read = notes.notes(calendars) else { return nil }
            terms = read
        }
        return PoolPlan(
            name: name.value, cutOff: cutOff.value, settlesOn: settlesOn.value,
            buyer: PartyID(buyer.value), price: price, criteria: select.criteria(currency),
            limits: select.limits, target: select.target, notes: terms)
    }
}

/// The mapping `select` of a pool.
struct PoolSelectionDraft {
    let sellers: [Located<String>]
    let products: [Located<String>]
    let limits: [PoolLimit]
    /// Minor units; nil for all there is.
    let target: Int64?
    let isComplete: Bool
    private let apply: (inout PoolCriteria) -> Void

    init(_ section: Section?, decimals: Int) {
        guard let section else {
            (sellers, products, limits, target, isComplete) = ([], [], [], nil, false)
            apply = { _ in }
            return
        }
        func words<Value>(_ name: String, _ rule: Rule<Value>) -> [Located<Value>] {
            section.values(name, rule, isRequired: false)
        }
        sellers = words("sellers", .identifier)
        products = words("products", .identifier)
        let (grades, regions) = (words("grades", .region), words("regions", .region))
        let standings = words("standings", Rule<LoanStanding>.choice("standing of a loan"))
        let classes = words("assetClasses", Rule<AssetClass>.choice("class of claims"))
        let days = section.optional("daysPastDue", .whole(0...3_650, "days"))
        let remaining = section.optional("remainingMonths", .months)
        let seasoning = section.optional("seasoningMonths", .months)
        let rate = section.optional("rate", .rates)
        let principal = section.optional("principal", .amounts(decimals: decimals))
        let accrual = section.value("accrual", .yesOrNo, default: "false")
        let first = section.value("firstTransfer", .yesOrNo, default: "false")
        target =
            section.optional("target", .amount(decimals: decimals, isZeroAllowed: false))?
            .value
        let sections = section.sections("limits", isRequired: false)
        limits = sections.compactMap(PoolLimit.init)
        section.finish()
        isComplete = limits.count == section.entryCount(of: "limits")
        let (sellers, products) = (self.sellers, self.products)
        apply = { criteria in
            func named(_ values: [Located<String>]) -> Set<String>? {
                values.isEmpty ? nil : Set(values.map(\.value))
            }
            criteria.sellers = named(sellers).map { Set($0.map { PartyID($0) }) }
            criteria.products = named(products)
            criteria.grades = named(grades)
            criteria.regions = named(regions)
            criteria.standings = standings.isEmpty ? nil : Set(standings.map(\.value))
            criteria.assetClasses =
                classes.isEmpty ? nil : Set(classes.map(\.value.rawValue))
            criteria.latestDaysPastDue = days?.value
            criteria.remainingMonths = remaining?.value
            criteria.seasoningMonths = seasoning?.value
            criteria.rate = rate?.value
            criteria.principal = principal?.value
            criteria.mustAccrue = accrual?.value ?? false
            criteria.mustBeFirstTransfer = first?.value ?? false
        }
    }

    func criteria(_ currency: Currency) -> PoolCriteria {
        var criteria = PoolCriteria(currency: currency)
        apply(&criteria)
        return criteria
    }
}

extension PoolLimit {
    fileprivate init?(_ section: Section) {
        let scope = LimitScopeDraft(section)
        let atMost = section.value("atMost", .share)
        section.finish()
        guard let scope, let atMost else { return nil }
        if scope.scope == .all {
            section.findings.report(
                .missingKey, "the limit names no loans", key: section.key, at: section.place,
                allowed: "it needs each, borrower, region, grade or product")
            return nil
        }
        self.init(scope.scope, atMost: atMost.value)
    }
}

extension Rule where Value == PoolPrice {
    /// What is paid for the claims of a pool.
    static var poolPrice: Rule<PoolPrice> {
        let allowed = "par, par-plus-accrued or a part of the principal such as \"98.5%\""
        return Rule(allowed, noun: "price") { text in
            switch text {
            case "par": return .par
            case "par-plus-accrued": return .parPlusAccrued
            default:
                guard let share = try? Share(text), share.numerator > 0 else { return nil }
                return .ratio(share)
            }
        }
    }
}

extension Rule {
    /// Two values with two dots between them, the lower one first; both count.
    fileprivate static func range<Bound: Comparable>(_ bound: Rule<Bound>, of noun: String)
        -> Rule<ClosedRange<Bound>> where Value == ClosedRange<Bound>
    {
        let allowed = "two of \(bound.allowed), the lower first, as low..high"
        return Rule(allowed) { (text) throws(Refusal) in
            let parts = text.split(separator: "..", omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                throw Refusal(
                    "\(Quoted.text(text)) is no range of \(noun)", allowed: "it needs \(allowed)")
            }
            let low = try bound.read(String(parts[0]))
            let high = try bound.read(String(parts[1]))
            guard low <= high else {
                throw Refusal(
                    "\(Quoted.text(text)) ends before it begins", code: .outOfRange,
                    allowed: "it needs \(allowed)")
            }
            return low...high
        }
    }
}

extension Rule where Value == ClosedRange<Int> {
    fileprivate static var months: Rule<ClosedRange<Int>> {
        range(.whole(0...1_200, "months"), of: "months")
    }
}

extension Rule where Value == ClosedRange<AnnualRate> {
    fileprivate static var rates: Rule<ClosedRange<AnnualRate>> { range(.annualRate, of: "rates") }
}

extension Rule where Value == ClosedRange<Int64> {
    fileprivate static func amounts(decimals: Int) -> Rule<ClosedRange<Int64>> {
        range(.amount(decimals: decimals, isZeroAllowed: true), of: "amounts")
    }
}
