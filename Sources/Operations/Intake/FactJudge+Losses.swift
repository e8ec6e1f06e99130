import LendingRules

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
        }
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
            "loan \(draft.loan) has nothing left that \(name) would pay for: it is "
                + standing(position))
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
