import LendingRules
import Monetary
import Operations

/// The decision about a loan for people and for programs.
struct ExplanationTelling {
    let explanation: Explanation
    /// What becomes of it if nothing is ever paid back; nil where that is not asked.
    private let loss: LossTelling?

    init(_ explanation: Explanation, loss: TotalLoss? = nil) {
        self.explanation = explanation
        let currency = explanation.loan?.currency
        self.loss = loss.flatMap { loss in
            currency.map { LossTelling(loss: loss, currency: $0) }
        }
    }

    var answer: Answer {
        Answer(
            whole, heading: [heading], grids: grids + (loss?.grids ?? []), lines: [decision],
            records: shares.map(\.node), columns: ["party", "amount", "currency", "share"],
            exit: isRefused ? .badInput : nil)
    }

    private var isRefused: Bool { explanation.plan == nil && explanation.line == nil }

    var currency: Currency? { explanation.loan?.currency ?? explanation.line?.currency }

    private var name: String {
        explanation.loan?.loan.text ?? explanation.line?.line.text ?? ""
    }

    private var heading: String {
        var words = "\(name) on \(explanation.date)"
        if let agreement = explanation.agreement {
            words += " under \(agreement.terms.name) from \(agreement.terms.effectiveFrom)"
        }
        return words
    }

    /// How it ends, in a sentence.
    private var decision: String {
        if let line = explanation.line {
            return "\(line.line) opens a line: who lends is decided with every drawdown"
        }
        guard let plan = explanation.plan, let currency else {
            return "refused: "
                + explanation.refusals.map { "\($0.because) (\($0.code))" }
                .joined(separator: "; ")
        }
        return "funded: "
            + plan.shares.map { "\($0.party) \($0.amount.text(currency))" }
            .joined(separator: ", ")
    }
}

// MARK: - For people

extension ExplanationTelling {
    private var grids: [Grid] {
        var grids: [Grid] = []
        func add(_ title: String, _ columns: [Grid.Column], _ rows: [[String]]) {
            if rows.isEmpty { return }
            var grid = Grid(title: title, columns: columns)
            for row in rows { grid.add(row) }
            grids.append(grid)
        }
        add(
            "Agreements that do not take it",
            [.words("agreement"), .words("from"), .words("because")],
            explanation.passedOver.map { [$0.agreement, "\($0.effectiveFrom)", $0.because] })
        add(
            "Tiers",
            [
                .words("tier"), .words("asks"), .words("loan has"), .words("allowed"),
                .words("holds"),
            ], tiers.flatMap(\.rows))
        for choice in choices {
            add(
                choice.title,
                [
                    .words("bank"), .words("target"), .figures("so far"), .figures("behind"),
                    .figures("room"), .figures("takes"), .words("because"),
                ], choice.candidates.map(\.row))
        }
        add(
            "Rules", [.words("outcome"), .words("finding")],
            findings.map { [$0.outcome.rawValue, "\($0)"] })
        add(
            "Limits",
            [
                .words("limit"), .words("per"), .words("period"), .figures("amount"),
                .figures("before"), .figures("after"),
            ], explanation.limits.map(row))
        add(
            "Lenders", [.words("party"), .figures("amount"), .figures("share")],
            shares.map { [$0.party, $0.amount, $0.share] })
        return grids
    }

    private func row(_ step: Explanation.LimitStep) -> [String] {
        let key = step.slot.key
        return [
            step.subject, key.span.rawValue, step.slot.periodText, step.ceiling.text(key.currency),
            step.before.text(key.currency), step.after.text(key.currency),
        ]
    }
}

extension Explanation.LimitStep {
    /// Whose limit it is, under what and of what.
    fileprivate var subject: String {
        let key = slot.key
        return "\(key.party)" + (key.agreement.isEmpty ? " under all" : " under \(key.agreement)")
            + key.scope.words
    }
}

// MARK: - For programs

extension ExplanationTelling {
    /// With the loss where it is asked.
    private var whole: Node {
        loss.map { node.with("loss", $0.node) } ?? node
    }

    private var node: Node {
        let agreement = explanation.agreement
        return .object([
            "loan": .text(name), "date": .date(explanation.date),
            "currency": .optional(currency?.code),
            "agreement": agreement.map {
                .object([
                    "name": .text($0.terms.name), "version": .text($0.version.text),
                    "effectiveFrom": .date($0.terms.effectiveFrom),
                ])
            } ?? .null,
            "passedOver": .array(
                explanation.passedOver.map {
                    .object([
                        "agreement": .text($0.agreement),
                        "effectiveFrom": .date($0.effectiveFrom), "because": .text($0.because),
                    ])
                }),
            "tiers": .array(tiers.map(\.node)), "choices": .array(choices.map(\.node)),
            "rules": .array(findings.map(node)), "limits": .array(explanation.limits.map(node)),
            "shares": .array(shares.map(\.node)),
            "decision": .text(
                explanation.line != nil ? "line" : isRefused ? "refused" : "funded"),
            "because": .array(
                explanation.refusals.map {
                    .object(["code": .text($0.code), "because": .text($0.because)])
                }),
        ])
    }

    private var findings: [RuleFinding] { explanation.trace?.findings ?? [] }

    private func node(_ finding: RuleFinding) -> Node {
        .object([
            "pack": .text(finding.pack), "rule": .text(finding.rule),
            "source": .text(finding.source), "article": .optional(finding.article),
            "about": .optional(finding.about), "figure": .text(finding.figure),
            "relation": .text(finding.relation.rawValue), "limit": .text(finding.limit),
            "outcome": .text(finding.outcome.rawValue),
        ])
    }

    private func node(_ step: Explanation.LimitStep) -> Node {
        let key = step.slot.key
        return .object([
            "lender": .text(key.party.name),
            "agreement": .optional(key.agreement.isEmpty ? nil : key.agreement),
            "per": .text(key.span.rawValue),
            "of": .optional(key.scope.dimension?.rawValue),
            "value": .optional(key.scope.subject), "part": .optional(step.limit.part?.words),
            "period": .optional(step.slot.periodText.isEmpty ? nil : step.slot.periodText),
            "limit": .text(step.ceiling.text(key.currency)),
            "before": .text(step.before.text(key.currency)),
            "after": .text(step.after.text(key.currency)),
        ])
    }
}
