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
            let conventions = ScheduleConventions(terms), let penalty = PenaltyTerms(terms),
            let care = ServicingConventions(terms),
            let start = terms.either(
                "effective-from", nil as BusinessDate?,
                { $0.count == 1 ? BusinessDate($0[0]).map(Optional.some) : nil })
        else { return nil }
        self.init(
            name: name, method: method, dayCount: dayCount, rounding: rounding,
            instalmentRounding: instalmentRounding, conventions: conventions, penalty: penalty,
            earlyRepayment: care.earlyRepayment, nonAccrual: care.nonAccrual,
            minimumDays: care.minimumDays, materiality: materiality, principal: principal,
            instalments: Int(instalments.lowerBound)...Int(instalments.upperBound),
            rate: care.rate, line: care.line, effectiveFrom: start)
    }
}

/// What rules the life of a loan, each usual where no line names it.
private struct ServicingConventions {
    let earlyRepayment: EarlyRepaymentTerms
    let nonAccrual: NonAccrualTerms
    let minimumDays: Int
    let rate: ClosedRange<AnnualRate>?
    let line: LineTerms?

    init?(_ terms: CanonicalTerms) {
        guard
            let early = terms.either("early-repayment", .waiting, EarlyRepaymentTerms.init(words:)),
            let nonAccrual = terms.either("non-accrual", .usual, NonAccrualTerms.init(words:)),
            let days = terms.either("minimum-days", 0, Int64.init(words:)),
            (0...1).contains(days),
            let line = terms.either(
                "line", nil, { LineTerms($0, of: terms).map(Optional.some) })
        else { return nil }
        self.line = line
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
