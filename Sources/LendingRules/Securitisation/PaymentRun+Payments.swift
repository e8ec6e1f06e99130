import Monetary

// What is paid, in order.

extension PaymentRun {
    /// Pays as much of a due amount as there is.
    private mutating func pay(
        _ kind: WaterfallLine.Kind, _ name: String = "", to payee: PartyID, due: Int64
    ) -> Int64 {
        let paid = min(due, rest)
        rest -= paid
        if due > 0 {
            lines.append(
                WaterfallLine(kind: kind, name: name, payee: payee, due: due, paid: paid))
        }
        return paid
    }

    /// Fee, expenses and senior interest, out of the reserve too; then the reserve is filled.
    mutating func paySenior() throws(AmountError) {
        let available = rest
        rest = try rest.plus(deal.reserve)
        let all = rest
        if let fee = terms.servicing {
            deal.feeCarried = feeDue - pay(.servicingFee, to: fee.payee, due: feeDue)
        }
        for (place, expense) in terms.expenses.enumerated() {
            let due = expensesDue[place]
            let paid = pay(.expense, expense.name, to: expense.payee, due: due)
            deal.expensesCarried[place] = due - paid
        }
        for place in 0..<seniorCount { payInterest(place) }
        guard let account = terms.reserve else { return }
        let drawn = max(0, all - rest - available)
        let held = deal.reserve - drawn
        let isNeeded = !isWindingUp && tranches.contains { $0.closing > 0 }
        let target = isNeeded ? try account.target(pool: pool) : 0
        let filled = min(max(0, target - held), rest - held)
        let report = ReserveReport(
            target: target, opening: deal.reserve, drawn: drawn, released: max(0, held - target),
            filled: filled)
        rest -= report.closing
        deal.reserve = report.closing
        reserve = report
    }

    mutating func payInterest(_ place: Int) {
        let tranche = tranches[place]
        tranches[place].interestPaid = pay(
            .interest, tranche.name, to: tranche.holder, due: tranche.interestDue)
    }

    mutating func payPrincipal() throws(AmountError) {
        let balances = tranches.reduce(0) { $0 + $1.closing }
        let collected = try collections.principal.plus(collections.recoveries)
            .plus(opening.unspent).plus(deal.principalCarried)
        let due = isWindingUp ? balances : min(max(0, collected), balances)
        let paid = min(due, rest)
        let isSequential = isWindingUp || readings.contains(where: \.isPulled)
        payPrincipal(
            .principal, due: try split(due, isSequential), paid: try split(paid, isSequential))
        deal.principalCarried = due - paid + min(0, isWindingUp ? 0 : collected)
    }

    private mutating func payPrincipal(_ kind: WaterfallLine.Kind, due: [Int64], paid: [Int64]) {
        for place in tranches.indices where due[place] > 0 || paid[place] > 0 {
            lines.append(
                WaterfallLine(
                    kind: kind, name: tranches[place].name, payee: tranches[place].holder,
                    due: due[place], paid: paid[place]))
            tranches[place].principal += paid[place]
            rest -= paid[place]
        }
    }

    /// Principal by tranche, none above its balance.
    private func split(_ amount: Int64, _ isSequential: Bool) throws(AmountError) -> [Int64] {
        var parts = tranches.map { _ in Int64(0) }
        var left = amount
        if !isSequential, case .proRata(let count) = terms.principal {
            let balances = tranches.prefix(count).map(\.closing)
            let together = min(left, balances.reduce(0, +))
            if together > 0 {
                let shared = try ProportionalScale(weights: balances).parts(of: together)
                parts.replaceSubrange(0..<count, with: shared)
                left -= together
            }
        }
        for place in tranches.indices {
            let part = min(left, tranches[place].closing - parts[place])
            parts[place] += part
            left -= part
        }
        return parts
    }

    mutating func payResidual() {
        let traps = zip(terms.triggers, readings).contains {
            $0.effect == .trapsExcess && $1.isPulled
        }
        if traps {
            let parts = tranches.reduce(into: (left: rest, parts: [Int64]())) { state, tranche in
                state.parts.append(min(state.left, tranche.closing))
                state.left -= state.parts[state.parts.count - 1]
            }.parts
            payPrincipal(.trapped, due: parts, paid: parts)
        }
        _ = pay(.residual, to: terms.residualHolder, due: rest)
    }
}
