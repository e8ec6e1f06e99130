import BusinessCalendar
import LendingRules
import Monetary
import Operations

// Facts in words, and who bore or received what by them.

extension LoanFact {
    /// Kind, amount and what else there is to say.
    ///
    /// - Parameter principal: what the disbursement of the loan paid out.
    func words(_ currency: Currency, lent principal: Int64) -> (
        kind: String, amount: String?, detail: String?
    ) {
        switch kind {
        case .disbursed: ("disbursed", principal.text(currency), nil)
        case .repayment(let amount): ("repayment", amount.text(currency), nil)
        case .reversal(let payment): ("reversal", nil, payment)
        case .refund(let amount): ("refund", amount.text(currency), nil)
        case .waiver(let claims, let bearer):
            (
                "waiver", claims.clampedTotal.text(currency),
                "\(claims.words(currency)); borne by \(bearer?.name ?? "the shares")"
            )
        case .chargeOff(let claims, let isFull):
            (
                "charge-off", claims.clampedTotal.text(currency),
                "\(isFull ? "full" : "partial"): \(claims.words(currency))"
            )
        case .recovery(let amount): ("recovery", amount.text(currency), nil)
        case .collectionCost(let amount): ("collection-cost", amount.text(currency), nil)
        case .cancelled(.none): ("cancelled", nil, "no charge")
        case .cancelled(.interest): ("cancelled", nil, "for the interest accrued")
        case .cancelled(.fee(let amount)): ("cancelled", amount.text(currency), "for a fee")
        case .payoutFailed: ("payout-failed", nil, nil)
        case .payoutReturned: ("payout-returned", nil, nil)
        case .transferred(let shares): ("transferred", nil, "to " + shares.words(currency))
        case .drawdown(let shares):
            (
                "drawdown", shares.reduce(0) { $0 + $1.amount }.text(currency),
                shares.words(currency)
            )
        case .ratioChange(let change): ("ratio-change", nil, change.words)
        case .assigned(let assignment):
            (
                assignment.corrects.isEmpty ? assignment.reason.rawValue : "decision-correction",
                assignment.price.text(currency),
                assignment.words(currency)
            )
        case .indemnified(let indemnity):
            (
                indemnity.corrects.isEmpty ? indemnity.reason.rawValue : "decision-correction",
                indemnity.amount.text(currency), indemnity.words
            )
        case .instructed(let instruction): ("instruction", nil, instruction.words)
        case .rateChange(let rate): ("rate-change", nil, "\(rate.percentText()) % from then on")
        case .dueDateChange(let next): ("due-date-change", nil, "the next is due on \(next)")
        case .extended(let count): ("extension", nil, "by \(count.counted("instalment"))")
        case .restructured(let plan): ("restructure", nil, plan.words)
        }
    }

    /// The payment that is taken back.
    var reversed: String? {
        if case .reversal(let payment) = kind { payment } else { nil }
    }
}

extension [PlannedShare] {
    fileprivate func words(_ currency: Currency) -> String {
        map { "\($0.party) \($0.amount.text(currency))" }.joined(separator: ", ")
    }
}

extension RatioChange {
    /// Who holds what from then on, and whose what has accrued is.
    fileprivate var words: String {
        let shares = parts.map {
            "\($0.party) "
                + ShareText.format(Int128($0.share.numerator), over: Int128($0.share.denominator))
        }
        let open = treatment == .actuals ? "what has accrued stays" : "with what has accrued"
        return "to " + shares.joined(separator: ", ") + "; " + open
    }
}

extension Restructure {
    fileprivate var words: String {
        let parts = [
            instalments.counted("instalment"), rate.map { "at \($0.percentText()) %" },
            firstDueOn.map { "from \($0) on" }, capitalises ? "what was due is principal" : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}

extension ClaimAmounts {
    /// Its amounts above zero with their names.
    func words(_ currency: Currency) -> String {
        [("principal", principal), ("interest", interest), ("penalty", penalty), ("fee", fee)]
            .filter { $0.1 != 0 }.map { "\($0.0) \($0.1.text(currency))" }
            .joined(separator: ", ")
    }
}

extension LoanStory {
    func node(of row: FactLine) -> Node {
        .object([
            "line": .text(row.line), "kind": .text(row.kind.rawValue),
            "lender": .text(row.lender.name), "postedOn": .date(row.postedOn),
            "valueDate": .date(row.valueDate),
            "principal": .amount(row.components.principal, currency),
            "overduePrincipal": .amount(row.components.overduePrincipal, currency),
            "interest": .amount(row.components.interest, currency),
            "overdueInterest": .amount(row.components.overdueInterest, currency),
            "penalty": .amount(row.components.penalty, currency),
            "penaltyOnInterest": .amount(row.components.penaltyOnInterest, currency),
            "fee": .amount(row.components.fee, currency),
            "price": .amount(row.price, currency), "currency": .text(currency.code),
            "counterparty": .text(row.counterparty), "corrects": .text(row.corrects),
        ])
    }

    /// Claims that went without cash are below zero.
    var relief: Grid? {
        grid("Given up, written off, recovered (\(currency))") {
            !$0.kind.changesHands && !$0.kind.paysForLosses
        }
    }

    /// Claims taken over are above zero, and so is what somebody pays for them.
    var transfers: Grid? { grid("Changed hands (\(currency))", \.kind.changesHands) }

    /// What a party was paid is above zero.
    var indemnities: Grid? { grid("Paid for losses (\(currency))", \.kind.paysForLosses) }

    private func grid(_ title: String, _ isIn: (FactLine) -> Bool) -> Grid? {
        let rows = factLines.filter {
            isIn($0) && ($0.components != Components() || $0.price != 0)
        }
        // Most loans have no fees.
        let hasFees = rows.contains { $0.components.fee != 0 }
        let components = ["principal", "interest", "penalty"] + (hasFees ? ["fee"] : [])
        var grid = Grid(
            title: title,
            columns: [.words("posted"), .words("line"), .words("kind"), .words("lender")]
                + components.map { .figures($0) } + [.figures("price"), .words("paid")])
        for row in rows {
            let claim = row.components.claim
            let amounts =
                [claim.principal, claim.interest, claim.penalty] + (hasFees ? [claim.fee] : [])
            grid.add(
                [row.postedOn.description, row.line, row.kind.rawValue, row.lender.name]
                    + amounts.map { $0.text(currency) }
                    + [row.price.text(currency), row.payment])
        }
        return rows.isEmpty ? nil : grid
    }
}

extension FactLine {
    /// Who pays the lender its price, or whom it pays.
    fileprivate var payment: String {
        if price == 0 || counterparty.isEmpty { return "" }
        return price > 0 ? "by \(counterparty)" : "to \(counterparty)"
    }
}
