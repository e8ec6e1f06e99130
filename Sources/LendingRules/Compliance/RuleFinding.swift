/// A rule that a subject breaks, with what was found and what is permitted as exact texts.
package struct RuleFinding: Hashable, Sendable {
    /// How the figure stands to its limit.
    package enum Relation: String, Sendable {
        case below, above, not
    }

    /// Name of the pack.
    package let pack: String
    /// Name of the rule in it.
    package let rule: String
    package let source: String
    package let article: String?
    package let outcome: ComplianceRule.Outcome
    /// The party, product or key that the figure is of; nil for the whole subject.
    package let about: String?
    /// Such as `29.99%`, `200000.01`, `16 days`, `own-rates`.
    package let figure: String
    package let relation: Relation
    /// Such as `30%`.
    package let limit: String

    init(_ breach: RuleBreach, of rule: ComplianceRule, in pack: RulePack) {
        self.pack = pack.name
        self.rule = rule.name
        source = rule.source
        article = rule.article
        outcome = rule.outcome
        about = breach.about
        figure = breach.figure
        relation = breach.relation
        limit = breach.limit
    }
}

extension RuleFinding: CustomStringConvertible {
    /// `29.99% below 30%`, `own-rates, not blended`: what golden cases say.
    package var comparison: String {
        relation == .not ? "\(figure), not \(limit)" : "\(figure) \(relation.rawValue) \(limit)"
    }

    /// `银保监办发〔2021〕24号, 第二条`, or the source alone where no article is given.
    package var citation: String { article.map { "\(source), \($0)" } ?? source }

    /// `platform: 29.99% below 30% (rule partner-floor of cn-internet-loans: 银保监办发〔2021〕24号)`.
    package var description: String {
        "\(about.map { "\($0): " } ?? "")\(comparison) (rule \(rule) of \(pack): \(citation))"
    }
}

/// What is wrong, before it is known whose rule says so.
struct RuleBreach {
    var about: String?
    let figure: String
    let relation: RuleFinding.Relation
    let limit: String

    init(_ figure: String, _ relation: RuleFinding.Relation, _ limit: String, about: String? = nil)
    {
        self.about = about
        self.figure = figure
        self.relation = relation
        self.limit = limit
    }
}
