import BusinessCalendar
import Monetary

extension Product {
    /// The product of a canonical text, or nil when it is not one.
    package init?(canonicalTerms text: String) {
        let terms = CanonicalTerms(text)
        guard let name = terms.word("product"),
            let method = terms.word("method").flatMap(ScheduleMethod.init(rawValue:)),
            let dayCount = terms.word("day-count").flatMap(DayCount.init(rawValue:)),
            let rounding = terms.word("rounding").flatMap(Rounding.init(rawValue:)),
            let instalmentRounding = terms.word("instalment-rounding")
                .flatMap(Rounding.init(rawValue:)),
            let materiality = terms.word("materiality").flatMap({ Int64($0) }),
            let principal = terms.range("principal"),
            let instalments = terms.range("instalments"),
            let plan = ScheduleConventions(terms), let penalty = PenaltyTerms(terms),
            let care = ServicingConventions(terms)
        else { return nil }
        self.init(
            name: name, method: method, every: plan.every, dayCount: dayCount, rounding: rounding,
            instalmentRounding: instalmentRounding, instalmentMultiple: plan.multiple,
            principalGrace: plan.principalGrace, interestGrace: plan.interestGrace,
            monthEnd: plan.monthEnd, holidays: plan.holidays, fees: plan.fees, penalty: penalty,
            earlyRepayment: care.earlyRepayment, nonAccrual: care.nonAccrual,
            minimumDays: care.minimumDays, materiality: materiality, principal: principal,
            instalments: Int(instalments.lowerBound)...Int(instalments.upperBound),
            rate: care.rate)
    }
}

/// What shapes a schedule, each usual where no line names it.
private struct ScheduleConventions {
    let every: Period
    let multiple: Int64
    let principalGrace: Int
    let interestGrace: Int
    let monthEnd: MonthEnd
    let holidays: DueDateHolidays?
    let fees: [LoanFee]

    init?(_ terms: CanonicalTerms) {
        guard let every = terms.either("every", .month, Period.init(words:)),
            let multiple = terms.either("instalment-multiple", 1, Int64.init(words:)),
            let principalGrace = terms.either("principal-grace", 0, Int64.init(words:)),
            let interestGrace = terms.either("interest-grace", 0, Int64.init(words:)),
            let monthEnd = terms.either("month-end", .clamp, MonthEnd.init(words:)),
            let holidays = terms.either(
                "holidays", nil, { DueDateHolidays($0, of: terms).map(Optional.some) }),
            let fees = terms.all("fee", LoanFee.init(words:))
        else { return nil }
        self.every = every
        self.multiple = multiple
        self.principalGrace = Int(principalGrace)
        self.interestGrace = Int(interestGrace)
        self.monthEnd = monthEnd
        self.holidays = holidays
        self.fees = fees
    }
}

/// What rules the life of a loan, each usual where no line names it.
private struct ServicingConventions {
    let earlyRepayment: EarlyRepaymentTerms
    let nonAccrual: NonAccrualTerms
    let minimumDays: Int
    let rate: ClosedRange<AnnualRate>?

    init?(_ terms: CanonicalTerms) {
        guard
            let early = terms.either("early-repayment", .waiting, EarlyRepaymentTerms.init(words:)),
            let nonAccrual = terms.either("non-accrual", .usual, NonAccrualTerms.init(words:)),
            let days = terms.either("minimum-days", 0, Int64.init(words:)),
            (0...1).contains(days)
        else { return nil }
        earlyRepayment = early
        self.nonAccrual = nonAccrual
        minimumDays = Int(days)
        if terms.lines("rate").isEmpty {
            rate = nil
        } else {
            guard let units = terms.range("rate") else { return nil }
            rate = AnnualRate(units: units.lowerBound)...AnnualRate(units: units.upperBound)
        }
    }
}

extension PenaltyTerms {
    fileprivate init?(_ terms: CanonicalTerms) {
        guard let words = terms.words("penalty", count: 2), let multiple = Int64(words[0]),
            let grace = Int(words[1]),
            let onInterest = terms.either("penalty-on-interest", 0, Int64.init(words:)),
            let forgives = terms.either("grace-forgives", false, { $0 == ["true"] ? true : nil })
        else { return nil }
        self.init(
            multipleThousandths: multiple, graceDays: grace, onInterestThousandths: onInterest,
            forgivesGrace: forgives)
    }
}

extension DueDateHolidays {
    fileprivate init?(_ words: [String], of terms: CanonicalTerms) {
        func dates(_ key: String) -> Set<BusinessDate>? {
            terms.either(key, Set<BusinessDate>()) { words in
                let dates = words.compactMap { BusinessDate($0) }
                return dates.count == words.count ? Set(dates) : nil
            }
        }
        let weekend = terms.either("weekend", Set<Int>()) { words in
            let days = words.compactMap { Int($0) }.filter { (1...7).contains($0) }
            return days.count == words.count ? Set(days) : nil
        }
        guard words.count == 2, let rule = HolidayRule(rawValue: words[0]), let weekend,
            weekend.count < 7, let free = dates("free-dates"), let worked = dates("worked-dates")
        else { return nil }
        self.init(
            calendar: HolidayCalendar(
                name: words[1], weekend: weekend, holidays: free, workingDays: worked),
            rule: rule)
    }
}

extension LoanFee {
    fileprivate init?(words: [String]) {
        guard words.count >= 4, let moment = Moment(rawValue: words[1]) else { return nil }
        switch (words[2], words.count) {
        case ("share", 5):
            guard let share = try? Share(words[3]), let base = Base(rawValue: words[4]) else {
                return nil
            }
            self.init(name: words[0], value: .share(share, of: base), moment: moment)
        case ("amount", 4):
            guard let amount = Int64(words[3]) else { return nil }
            self.init(name: words[0], value: .amount(amount), moment: moment)
        default: return nil
        }
    }
}

extension EarlyRepaymentTerms {
    fileprivate init?(words: [String]) {
        guard let effect = words.first.flatMap(EarlyRepaymentEffect.init(rawValue:)) else {
            return nil
        }
        switch words.count {
        case 1: self.init(effect: effect)
        case 2:
            guard let fee = try? Share(words[1]) else { return nil }
            self.init(effect: effect, fee: fee)
        default: return nil
        }
    }
}

extension NonAccrualTerms {
    fileprivate init?(words: [String]) {
        let numbers = words.compactMap { Int($0) }
        guard numbers.count == 2, words.count == 2 else { return nil }
        self.init(afterDays: numbers[0], observedInstalments: numbers[1])
    }
}

extension Period {
    fileprivate init?(words: [String]) {
        guard words.count == 2, let count = Int(words[0]), count > 0,
            let unit = Unit(rawValue: words[1])
        else { return nil }
        self.init(count: count, unit: unit)
    }
}
