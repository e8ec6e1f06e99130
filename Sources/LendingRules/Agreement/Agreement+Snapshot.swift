import BusinessCalendar
import Monetary

/// The version of an agreement or product that a loan carries: a hash of its economic terms.
package struct TermsVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Lower-case hexadecimal, 16 characters.
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    package var description: String { text }
}

extension Agreement {
    /// The economic terms as canonical text, a line each; endpoints, secrets and limits are no part
    /// of it. What is usual has no line, so that older versions stay as they are.
    package var canonicalTerms: String {
        var lines = [
            "agreement \(name)", "effective-from \(effectiveFrom)", "currency \(currency.code)",
            "products \(products.sorted().joined(separator: " "))", "platform \(platform)",
        ]
        lines += fundingTerms
        lines += lenders.map { "lender \($0.party) \($0.share)" }
        lines += lenders.flatMap(\.ownLines)
        lines += tiers.flatMap(\.canonicalLines)
        lines += serviceFees.map(\.canonicalLine)
        lines += [
            "on-refusal \(onRefusal.rawValue)", "backdate-days \(backdateDays)",
            "cooling-off-days \(coolingOffDays)",
            "settlement \(settlement.lagDays) \(settlement.calendar)",
        ]
        if disbursement != .reimburse {
            let payer = disbursement.payer.map { " \($0)" } ?? ""
            lines.append("disbursement \(disbursement.name.rawValue)\(payer)")
        }
        lines += pricing.lines + incomeShares.lines + allocation.lines
        if !rulePacks.isEmpty {
            lines.append("rule-packs \(rulePacks.sorted().joined(separator: " "))")
        }
        if residueHolder != platform { lines.append("residue-holder \(residueHolder)") }
        lines += loss.canonicalLines
        return lines.joined(separator: "\n") + "\n"
    }

    /// What an agreement says only where it says more than a plain one, whose version it keeps.
    private var fundingTerms: [String] {
        let order = fallback.map(\.name).joined(separator: " ")
        return (fallback.isEmpty ? [] : ["fallback \(order)"])
            + (acceptsParts ? ["partial-acceptance true"] : [])
            + (fundingMode.transferDays.map { ["funding-mode after-payout \($0)"] } ?? [])
    }
}

extension LenderShare {
    fileprivate var ownLines: [String] {
        let rates = rate.map { ["lender-rate \(party) \($0.units)"] } ?? []
        let conventions: String
        switch computation {
        case .scale: return rates
        case .perInstalment: conventions = ""
        case .ownSchedule(let own):
            conventions =
                " \(own.dayCount.rawValue) \(own.rounding.rawValue) "
                + own.instalmentRounding.rawValue
        }
        return rates + ["lender-computation \(party) \(computation.name.rawValue)\(conventions)"]
    }
}

extension ServiceFee {
    fileprivate var canonicalLine: String {
        let plain = "service-fee \(payer) \(payee) \(rate)"
        if base == .interestCollected, earned == .onCollection, tax == nil { return plain }
        let terms = "\(plain) \(base.rawValue) \(earned.rawValue)"
        guard let tax else { return terms }
        return "\(terms) \(tax.name) \(tax.rate) \(tax.isIncluded ? "included" : "added")"
    }
}

extension Pricing {
    fileprivate var lines: [String] {
        switch self {
        case .borrowerRate: []
        case .ownRates(let owner, let spread): ["pricing own-rates \(owner) \(spread.rawValue)"]
        case .blended: ["pricing blended"]
        }
    }
}

extension IncomeShares {
    fileprivate var lines: [String] {
        [("interest", interest), ("penalty", penalty), ("fee", fee)].flatMap { key, shares in
            shares.map { shares in
                ["\(key)-shares " + shares.map(\.description).joined(separator: " ")]
            } ?? []
        }
    }
}

extension AllocationTerms {
    fileprivate var lines: [String] {
        if self == .usual { return [] }
        func words(_ components: [ClaimComponent]) -> String {
            components.map(\.rawValue).joined(separator: " ")
        }
        let serious = seriouslyPastDue.map {
            ["seriously-past-due \($0.afterDays) \(words($0.components))"]
        }
        return [
            "allocation \(order.rawValue)", "past-due \(words(pastDue))", "due \(words(due))",
            "in-advance \(words(inAdvance))",
        ] + (serious ?? [])
    }
}
