import BusinessCalendar
import LendingRules
import Monetary

/// One entry of a list `rules` as far as it could be read.
struct RuleDraft {
    let name: Located<String>?
    let rule: ComplianceRule?
    /// Golden cases; empty where the rule itself could not be read.
    let cases: [RuleCaseDraft]

    init(_ section: Section, currency: Currency?) {
        let name = section.value("rule", .identifier)
        let source = section.value("source", .citation)
        let article = section.optional("article", .citation)
        let hasArticle = article != nil || !section.isGiven("article")
        let start = section.value("effectiveFrom", .date)
        let end = section.optional("effectiveUntil", .date)
        let moments = section.values("at", Rule<RuleMoment>.choice("moment"), isRequired: true)
        let outcome = section.value("outcome", Rule<ComplianceRule.Outcome>.choice("outcome"))
        let measure = section.value("measure", Rule<Measure>.choice("measure"))
        let binding = section.binding(of: measure?.value)
        let bound = measure.flatMap { section.bound(of: $0.value, currency: currency) }
        // Whether it needs a limit is not known then.
        if measure == nil { _ = section.written("limit") }
        _ = section.optional("note", .note)
        let cases = section.sections("cases", isRequired: true)
        section.finish()
        section.check(end, isFrom: start)
        let areKnown = section.check(moments, of: measure)
        self.name = name
        guard let name, let source, hasArticle, let start, let outcome, let measure, let binding,
            let bound, areKnown, moments.count == section.entryCount(of: "at")
        else {
            rule = nil
            self.cases = []
            return
        }
        rule = ComplianceRule(
            name: name.value, source: source.value, article: article?.value,
            effectiveFrom: start.value, effectiveUntil: end?.value,
            moments: Set(moments.map(\.value)), outcome: outcome.value, measure: measure.value,
            binding: binding, bound: bound)
        self.cases = cases.map {
            RuleCaseDraft($0, currency: currency, measure: measure.value, start: start.value)
        }
    }
}

extension Section {
    /// Whose share counts, for the one measure that can be about several.
    fileprivate func binding(of measure: Measure?) -> ComplianceRule.Binding? {
        guard measure == .loanShareMinimum else {
            if measure == nil { _ = written("of") }
            return .each
        }
        return value("of", Rule<ComplianceRule.Binding>.choice("lender"))?.value
    }

    /// The bound of a measure; nil when it is not there or none of its kind.
    fileprivate func bound(of measure: Measure, currency: Currency?) -> RuleBound? {
        switch measure.boundKind {
        case .none: return RuleBound.none
        case .share: return value("limit", .shareOrNothing).map { .share($0.value) }
        case .days: return value("limit", .whole(0...3_650, "days")).map { .days($0.value) }
        case .rate: return value("limit", .annualRate).map { .rate($0.value) }
        case .amount:
            guard let currency else {
                findings.report(
                    .contradiction, "the limit is an amount, and the pack has no currency",
                    key: path("limit"), at: place(of: "limit"),
                    allowed: "name one as currency at the top of the file")
                _ = written("limit")
                return nil
            }
            let rule = Rule<Int64>.amount(decimals: currency.exponent, isZeroAllowed: true)
            return value("limit", rule).map { .amount($0.value) }
        case .words(let known):
            let words = values("limit", .oneOf(known, noun: "permitted word"), isRequired: true)
            let isWhole = !words.isEmpty && words.count == entryCount(of: "limit")
            return isWhole ? .words(words.map(\.value)) : nil
        case .ladder: return ladder()
        }
    }

    private func ladder() -> RuleBound? {
        let days = values("limit", .whole(0...3_650, "days"), isRequired: true)
        guard !days.isEmpty, days.count == entryCount(of: "limit") else { return nil }
        let numbers = days.map(\.value)
        guard numbers.count == 3, zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }) else {
            findings.report(
                .contradiction, "the days are no ladder of three", key: path("limit"),
                at: place(of: "limit"),
                allowed: "it needs the days of substandard, doubtful and loss, rising")
            return nil
        }
        return .ladder(numbers)
    }

    fileprivate func check(_ end: Located<BusinessDate>?, isFrom start: Located<BusinessDate>?) {
        guard let end, let start, end.value < start.value else { return }
        findings.report(
            .contradiction, "the rule ends before it begins", key: end.key, at: end.place,
            allowed: "it needs \(start.value) or later")
    }

    /// Whether a measure can be taken at each of the moments; what it cannot is reported.
    fileprivate func check(_ moments: [Located<RuleMoment>], of measure: Located<Measure>?) -> Bool
    {
        guard let measure else { return false }
        let possible = RuleMoment.allCases.filter(measure.value.moments.contains)
        let wrong = moments.filter { !possible.contains($0.value) }
        for moment in wrong {
            findings.report(
                .contradiction,
                "\(measure.value.rawValue) cannot be measured at \(moment.value.rawValue)",
                key: moment.key, at: moment.place,
                allowed: "it needs \(Refusal.oneOf(possible.map(\.rawValue)))")
        }
        return wrong.isEmpty
    }
}

extension Rule where Value == String {
    /// A text of law as people cite it, or a place in one.
    static var citation: Rule<String> { line(of: 160, noun: "citation") }

    /// A remark for readers of the file.
    static var note: Rule<String> { line(of: 300, noun: "note") }

    private static func line(of longest: Int, noun: String) -> Rule<String> {
        Rule("a text of 1 to \(longest) characters on one line", noun: noun) { text in
            let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            let hasContent = text.unicodeScalars.contains { !$0.properties.isWhitespace }
            return isPlain && hasContent && text.count <= longest ? text : nil
        }
    }
}
