package import BusinessCalendar
package import LendingRules

/// What a rule has found, as it is kept: the words of that day, whatever the pack says later.
package struct KeptFinding: Hashable, Sendable {
    package let date: BusinessDate
    package let pack: String
    package let rule: String
    /// What was judged, such as `loan L1`.
    package let subject: String
    /// The party or key that the figure is of; empty for the whole subject.
    package let about: String
    /// Source and article of the rule.
    package let citation: String
    package let figure: String
    /// How the figure stands to the bound: `below`, `above` or `not`.
    package let relation: String
    package let bound: String
    /// What follows by the rule: `warn` or `block`.
    package let outcome: String

    package init(
        date: BusinessDate, pack: String, rule: String, subject: String, about: String,
        citation: String, figure: String, relation: String, bound: String, outcome: String
    ) {
        self.date = date
        self.pack = pack
        self.rule = rule
        self.subject = subject
        self.about = about
        self.citation = citation
        self.figure = figure
        self.relation = relation
        self.bound = bound
        self.outcome = outcome
    }

    /// A finding about a subject, made on a date.
    package init(_ finding: RuleFinding, of subject: String, on date: BusinessDate) {
        self.init(
            date: date, pack: finding.pack, rule: finding.rule, subject: subject,
            about: finding.about ?? "", citation: finding.citation, figure: finding.figure,
            relation: finding.relation.rawValue, bound: finding.limit,
            outcome: finding.outcome.rawValue)
    }
}

extension KeptFinding {
    /// Whether the rule forbids what it found.
    package var isForbidden: Bool { outcome == ComplianceRule.Outcome.block.rawValue }

    /// `harbor: 30% above 25% (rule capital-share of cn-internet-loans: …)`, of what was judged.
    package var sentence: String {
        let comparison =
            relation == "not" ? "\(figure), not \(bound)" : "\(figure) \(relation) \(bound)"
        return "\(subject): \(comparison) (rule \(rule) of \(pack): \(citation))"
    }
}

extension KeptFinding: Comparable {
    /// Date, pack, rule, subject, and what of it.
    package static func < (left: KeptFinding, right: KeptFinding) -> Bool {
        (left.date, left.pack, left.rule, left.subject, left.about)
            < (right.date, right.pack, right.rule, right.subject, right.about)
    }
}

extension LoanBooking {
    /// What rules warn of, as it is kept with the loan.
    package var keptFindings: [KeptFinding] {
        findings.map {
            KeptFinding($0, of: "loan \(record.loan)", on: record.bookedOn)
        }
    }
}
