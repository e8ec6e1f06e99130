package import BusinessCalendar
package import Monetary

/// One rule of a supervisor as data: what is measured, against which bound, from when on.
package struct ComplianceRule: Hashable, Sendable {
    /// What follows when it is broken.
    package enum Outcome: String, Sendable, CaseIterable {
        /// The agreement does not load; the loan is not lent so.
        case block
        /// It is told, and nothing else.
        case warn
    }

    /// Whose share of a loan a rule is about.
    package enum Binding: String, Sendable, CaseIterable {
        case platform, bank, each
    }

    /// Short name within its pack, such as `partner-floor`.
    package let name: String
    /// The text that says so, such as `银保监办发〔2021〕24号`.
    package let source: String
    /// Where in it, or nil when that is not known for certain.
    package let article: String?
    package let effectiveFrom: BusinessDate
    /// The last date on which it holds; nil for no end.
    package let effectiveUntil: BusinessDate?
    package let moments: Set<RuleMoment>
    package let outcome: Outcome
    package let measure: Measure
    /// For measures of shares of a loan.
    package let binding: Binding
    package let bound: RuleBound

    package init(
        name: String, source: String, article: String? = nil, effectiveFrom: BusinessDate,
        effectiveUntil: BusinessDate? = nil, moments: Set<RuleMoment>, outcome: Outcome,
        measure: Measure, binding: Binding = .each, bound: RuleBound
    ) {
        precondition(bound.fits(measure), "the bound is of the measure's kind")
        self.name = name
        self.source = source
        self.article = article
        self.effectiveFrom = effectiveFrom
        self.effectiveUntil = effectiveUntil
        self.moments = moments
        self.outcome = outcome
        self.measure = measure
        self.binding = binding
        self.bound = bound
    }

    /// Whether it is in force on a date, its first and last included.
    package func holds(on date: BusinessDate) -> Bool {
        effectiveFrom <= date && effectiveUntil.map { date <= $0 } ?? true
    }
}

/// What a rule holds a figure against.
package enum RuleBound: Hashable, Sendable {
    case none
    case share(Share)
    /// Minor units of the pack's currency.
    case amount(Int64)
    case days(Int)
    case rate(AnnualRate)
    /// The words that are permitted.
    case words([String])
    /// Days past due above which a claim is substandard, doubtful and a loss, rising.
    case ladder([Int])

    /// Whether it is of the kind that a measure needs.
    package func fits(_ measure: Measure) -> Bool {
        switch (self, measure.boundKind) {
        case (.none, .none), (.share, .share), (.amount, .amount), (.days, .days), (.rate, .rate):
            true
        case (.words(let words), .words(let known)):
            !words.isEmpty && words.allSatisfy(known.contains)
        case (.ladder(let days), .ladder):
            days.count == 3 && zip(days, days.dropFirst()).allSatisfy(<)
        default: false
        }
    }
}

/// The rules of one text, or of several on one matter, under the name that agreements refer to.
package struct RulePack: Hashable, Sendable {
    /// Such as `cn-internet-loans`.
    package let name: String
    /// As people read it.
    package let title: String
    /// Of its amounts; nil where it has none.
    package let currency: Currency?
    package let rules: [ComplianceRule]

    package init(name: String, title: String, currency: Currency? = nil, rules: [ComplianceRule]) {
        self.name = name
        self.title = title
        self.currency = currency
        self.rules = rules
    }
}
