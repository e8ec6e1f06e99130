import LendingRules
import Monetary

// What a close is asked to decide: there must be something to decide about, now.

extension LoanBench {
    /// It counts from a date that is not closed; the layer, or the holder, is one of the loan's and
    /// has something left.
    func checkInstruction(_ instruction: LossInstruction, _ draft: inout FactDraft) {
        if draft.fact.valueDate < date {
            draft.reader.fault(
                "FACT-015", "valueDate",
                "value date \(draft.fact.valueDate) is closed; the close of \(date) is the next "
                    + "that can decide it")
            return
        }
        // What is wrong with the position itself is told with the fact's amounts.
        guard let position = try? contract.position(facts: facts, at: date) else { return }
        switch instruction {
        case .layer(let name): checkLayer(name, position, &draft)
        case .assignment(let order): checkOrder(order, position, &draft)
        case .correction(let order): checkCorrection(order, &draft)
        }
    }

    /// It names a decision of the loan, which it takes neither below nothing nor above the claim,
    /// with what else is to be corrected of it.
    private func checkCorrection(_ order: CorrectionOrder, _ draft: inout FactDraft) {
        guard let decision = StandingDecision(order.decision, among: facts) else {
            let ids = facts.filter { $0.correctedDecision == "" }.sorted().map(\.id)
            draft.reader.fault(
                "FACT-016", "decision",
                "'\(order.decision.prefix(70))' is no decision about claims or covers of loan "
                    + "\(draft.loan); "
                    + (ids.isEmpty ? "it has none" : "they are " + ids.joined(separator: ", ")))
            return
        }
        var asked = order.amounts
        for case .instructed(.correction(let other)) in awaited.map(\.kind)
        where other.decision == order.decision {
            asked = asked + other.amounts
        }
        let all = CorrectionOrder(decision: order.decision, amounts: asked)
        guard
            let there = try? contract.correctable(all, of: decision, facts: facts, at: date)
        else { return }
        let columns: [(String, KeyPath<ClaimAmounts, Int64>)] = [
            ("principal", \.principal), ("interest", \.interest), ("penalty", \.penalty),
            ("fee", \.fee),
        ]
        for (column, component) in columns
        where asked[keyPath: component] != there[keyPath: component] {
            draft.reader.fault(
                "FACT-016", column,
                refusal(column, asked[keyPath: component], there[keyPath: component]))
        }
    }

    /// What closes are still to decide.
    private var awaited: [LoanFact] { facts.filter { $0.isInstruction && $0.valueDate >= date } }

    private func refusal(_ column: String, _ asked: Int64, _ there: Int64) -> String {
        func text(_ amount: Int64) -> String {
            AmountText.format(amount, decimals: contract.currency.exponent)
        }
        let reason =
            asked < 0
            ? "below zero, or takes back what is no longer there"
            : "above the claim"
        return "\(column) \(text(asked)) takes the decision \(reason); \(text(there)) is the most"
    }

    private func checkLayer(
        _ name: String, _ position: LoanPosition, _ draft: inout FactDraft
    ) {
        let layers = (agreement?.loss.layers ?? []).filter { $0.trigger == .instruction }
        guard let layer = layers.first(where: { $0.name == name }),
            case .provided(let provision) = layer.bearing
        else {
            let names = layers.map(\.name).joined(separator: ", ")
            draft.reader.fault(
                "FACT-015", "layer",
                "'\(name.prefix(40))' is no layer of \(contract.agreement) that waits to be asked; "
                    + (names.isEmpty ? "it has none" : "its layers: \(names)"))
            return
        }
        let isOwed = contract.lenders.enumerated().contains { index, lender in
            provision.pays(lender) && position.lenders[index].claims.allPrincipal > 0
        }
        if isOwed { return }
        draft.reader.fault(
            "FACT-015", "layer",
            "loan \(draft.loan) has nothing left that \(name) would pay for: it "
                + (compensated(under: name) ?? "is \(standing(position))"))
    }

    /// When the layer has taken claims over, the last time; nil where it has not.
    private func compensated(under layer: String) -> String? {
        let dates = facts.compactMap { fact in
            if case .assigned(let moved) = fact.kind, moved.reason == .compensation,
                moved.ground == layer, moved.corrects.isEmpty
            {
                fact.valueDate
            } else {
                nil
            }
        }
        return dates.max().map { "was compensated on \($0)" }
    }

    private func checkOrder(
        _ order: AssignmentOrder, _ position: LoanPosition, _ draft: inout FactDraft
    ) {
        let holder = contract.lenders.firstIndex(of: order.from)
        if let holder, position.lenders[holder].outstanding > 0 { return }
        // What an instruction before it brings is there by then.
        let isAwaited = facts.contains { fact in
            if case .instructed(.assignment(let earlier)) = fact.kind {
                earlier.to == order.from && fact.valueDate <= draft.fact.valueDate
                    && fact.valueDate >= date
            } else {
                false
            }
        }
        if isAwaited { return }
        draft.reader.fault(
            "FACT-015", "from",
            "\(order.from.name.prefix(40)) holds nothing of loan \(draft.loan), which is "
                + standing(position))
    }

    private func standing(_ position: LoanPosition) -> String {
        LoanStatus(position).standing.rawValue
    }
}
