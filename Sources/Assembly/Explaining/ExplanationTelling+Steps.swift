import LendingRules
import Monetary
import Operations

// The steps of a decision, each as it is told.

extension ExplanationTelling {
    /// A tier that was asked.
    struct TierStep {
        let name: String
        let conditions: [ConditionStep]
        let isTaken: Bool

        /// One row for each condition, or one for a tier that takes any loan.
        var rows: [[String]] {
            if conditions.isEmpty { return [[name, "nothing", "", "", "taken"]] }
            return conditions.enumerated().map { place, step in
                [place == 0 ? name : "", step.field, step.value, step.allowed, step.mark(isTaken)]
            }
        }

        var node: Node {
            .object([
                "tier": .text(name), "conditions": .array(conditions.map(\.node)),
                "taken": .flag(isTaken),
            ])
        }
    }

    /// A condition of a tier.
    struct ConditionStep {
        let field: String
        let value: String
        let allowed: String
        let holds: Bool

        func mark(_ isTaken: Bool) -> String { !holds ? "no" : isTaken ? "taken" : "yes" }

        var node: Node {
            .object([
                "field": .text(field), "value": .text(value), "allowed": .text(allowed),
                "holds": .flag(holds),
            ])
        }
    }

    /// A choice among banks.
    struct ChoiceStep {
        /// Empty for a waterfall.
        let route: String
        let amount: String
        let candidates: [CandidateStep]

        var title: String {
            route.isEmpty ? "Waterfall of \(amount)" : "Route \(route) of \(amount)"
        }

        var node: Node {
            .object([
                "route": .optional(route.isEmpty ? nil : route), "amount": .text(amount),
                "candidates": .array(candidates.map(\.node)),
            ])
        }
    }

    /// A bank that was asked.
    struct CandidateStep {
        let party: String
        /// Nil in a waterfall, as the next two.
        let target: String?
        let volume: String?
        let behind: String?
        /// Nil where nothing limits it.
        let room: String?
        let takes: String
        let because: String?

        var row: [String] {
            [party, target ?? "", volume ?? "", behind ?? "", room ?? "", takes, because ?? ""]
        }

        var node: Node {
            .object([
                "party": .text(party), "target": .optional(target), "volume": .optional(volume),
                "behind": .optional(behind), "room": .optional(room), "takes": .text(takes),
                "because": .optional(because),
            ])
        }
    }

    /// A lender's part.
    struct ShareStep {
        let party: String
        let amount: String
        let currency: String
        /// Percent of the principal, half-even to four decimals.
        let share: String

        var node: Node {
            .object([
                "party": .text(party), "amount": .text(amount), "currency": .text(currency),
                "share": .text(share),
            ])
        }
    }
}

extension ExplanationTelling {
    var tiers: [TierStep] {
        guard let trace = explanation.trace, let loan = explanation.applicant,
            let agreement = explanation.agreement?.terms
        else { return [] }
        return trace.tiers.compactMap { step in
            guard let tier = agreement.tiers.first(where: { $0.name == step.name }) else {
                return nil
            }
            return TierStep(
                name: step.name,
                conditions: step.conditions.map {
                    ConditionStep(
                        field: $0.field.rawValue, value: loan.text(of: $0.field),
                        allowed: tier.conditions.text(of: $0.field, loan.currency),
                        holds: $0.holds)
                }, isTaken: step.isTaken)
        }
    }

    var choices: [ChoiceStep] {
        guard let currency, let agreement = explanation.agreement?.terms else { return [] }
        return (explanation.trace?.choices ?? []).map { choice in
            let route = agreement.routes.first { $0.name == choice.route }
            return ChoiceStep(
                route: choice.route, amount: choice.amount.text(currency),
                candidates: choice.candidates.map { step($0, of: route, currency) })
        }
    }

    private func step(
        _ candidate: FundingTrace.Candidate, of route: FundingRoute?, _ currency: Currency
    ) -> CandidateStep {
        let target = route?.targets.first { $0.party == candidate.party }
        return CandidateStep(
            party: candidate.party.name, target: target.map { "\($0.share)" },
            volume: route.map { _ in candidate.volume.text(currency) },
            behind: route.map { $0.amount(ofLag: candidate.lag).text(currency) },
            room: candidate.room?.text(currency), takes: candidate.given.text(currency),
            because: candidate.obstacle?.words { $0.text(currency) })
    }

    var shares: [ShareStep] {
        guard let plan = explanation.plan, let currency else { return [] }
        return plan.shares.map {
            ShareStep(
                party: $0.party.name, amount: $0.amount.text(currency),
                currency: currency.code, share: Self.percent($0.amount, of: plan.total))
        }
    }

    private static func percent(_ part: Int64, of whole: Int64) -> String {
        let units = try? Rounding.halfEven.divide(
            Int128(part) * 1_000_000, by: max(1, Int128(whole)))
        var text = AmountText.format(units ?? 0, decimals: 4)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text + "%"
    }
}

extension Applicant {
    fileprivate func text(of field: FundingField) -> String {
        switch field {
        case .amount: principal.text(currency)
        case .instalments: "\(instalments)"
        case .grade: grade
        case .region: region
        case .product: product
        case .channel: channel
        }
    }
}

extension FundingConditions {
    fileprivate func text(of field: FundingField, _ currency: Currency) -> String {
        func words(_ words: Set<String>?) -> String {
            (words ?? []).sorted().joined(separator: ", ")
        }
        switch field {
        case .amount:
            return principal.map {
                "\($0.lowerBound.text(currency)) to "
                    + ($0.upperBound == .max ? "any" : $0.upperBound.text(currency))
            } ?? ""
        case .instalments:
            return instalments.map {
                "\($0.lowerBound) to " + ($0.upperBound == .max ? "any" : "\($0.upperBound)")
            } ?? ""
        case .grade: return words(grades)
        case .region: return words(regions)
        case .product: return words(products)
        case .channel: return words(channels)
        }
    }
}

extension FundingRoute {
    /// A lag in minor units, half-even.
    fileprivate func amount(ofLag lag: Int128) -> Int64 {
        guard let common = try? Share.weights(targets.map(\.share)) else { return 0 }
        return (try? Rounding.halfEven.divide(lag, by: Int128(common.denominator))) ?? 0
    }
}
