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
    /// of it. The usual way of disbursement has no line, so that older versions stay as they are.
    package var canonicalTerms: String {
        var lines = [
            "agreement \(name)", "effective-from \(effectiveFrom)", "currency \(currency.code)",
            "products \(products.sorted().joined(separator: " "))", "platform \(platform)",
        ]
        lines += fundingTerms
        lines += lenders.map { "lender \($0.party) \($0.share)" }
        lines += serviceFees.map { "service-fee \($0.payer) \($0.payee) \($0.rate)" }
        lines += [
            "on-refusal \(onRefusal.rawValue)", "backdate-days \(backdateDays)",
            "cooling-off-days \(coolingOffDays)",
            "settlement \(settlement.lagDays) \(settlement.calendar)",
        ]
        if disbursement != .reimburse {
            let payer = disbursement.payer.map { " \($0)" } ?? ""
            lines.append("disbursement \(disbursement.name.rawValue)\(payer)")
        }
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
