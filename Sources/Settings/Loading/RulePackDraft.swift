import LendingRules
import Monetary

/// One file of `rules/` as far as it could be read.
struct RulePackDraft {
    let name: Located<String>?
    let title: Located<String>?
    /// Of its amounts, where it has any.
    let currency: Located<Currency>?
    let rules: [RuleDraft]
    private let isComplete: Bool

    init(_ section: Section) {
        name = section.value("pack", .identifier)
        title = section.value("title", .title)
        let currency = section.optional("currency", .currency)
        self.currency = currency
        let sections = section.sections("rules", isRequired: true)
        rules = sections.map { RuleDraft($0, currency: currency?.value) }
        section.finish()
        isComplete = rules.allSatisfy { $0.rule != nil }
    }

    /// The pack, or nil when a part of it could not be read.
    var pack: RulePack? {
        guard let name, let title, isComplete else { return nil }
        return RulePack(
            name: name.value, title: title.value, currency: currency?.value,
            rules: rules.compactMap(\.rule))
    }
}
