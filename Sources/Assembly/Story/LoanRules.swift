package import LendingRules
import Monetary

/// The rules by which a loan is served and divided, in sentences for a person.
package struct LoanRules: Sendable {
    private let contract: LoanContract

    package init(_ contract: LoanContract) { self.contract = contract }

    /// What happens to a payment, and who gets what of it.
    ///
    /// - Parameter isUndone: the loan bears no service fee, not even on the interest charged for
    ///   the days lent.
    package func sentences(isUndone: Bool = false) -> [String] {
        allocation + [advance, scales] + pricing + computations + (isUndone ? [] : serviceFees)
    }

    /// Penalty in a line: `1.5 times the rate on overdue principal, 3 grace days`.
    package var penalty: String {
        let terms = contract.penalty
        func times(_ thousandths: Int64) -> String {
            AmountText.format(thousandths, decimals: 3).withoutZeros + " times the rate on overdue"
        }
        var parts: [String] = []
        if terms.multipleThousandths > 0 {
            parts.append(times(terms.multipleThousandths) + " principal")
        }
        if terms.onInterestThousandths > 0 {
            parts.append(times(terms.onInterestThousandths) + " interest")
        }
        if parts.isEmpty { return "none" }
        let grace = terms.graceDays == 0 ? "no grace days" : terms.graceDays.counted("grace day")
        return parts.joined(separator: ", ") + ", \(grace)"
            + (terms.forgivesGrace && terms.graceDays > 0 ? " that nothing is owed for" : "")
    }

    /// A service fee in a line: `harbor pays platform 8 % of the interest it collects`.
    package func line(_ fee: ServiceFee) -> String {
        "\(fee.payer) pays \(fee.payee) \(fee.rate.words) \(fee.baseWords)\(fee.taxWords)"
    }
}

// MARK: - Payments

extension LoanRules {
    private var terms: AllocationTerms { contract.servicing.allocation }

    private var allocation: [String] {
        var lines: [String] = []
        if terms.pastDue == terms.due {
            lines.append(
                "A payment goes to what is past due, then to what is due, in each "
                    + sequence(terms.due) + ".")
        } else {
            lines.append("A payment goes first to what is past due: \(sequence(terms.pastDue));")
            lines.append("then to what is due: \(sequence(terms.due)).")
        }
        if let serious = terms.seriouslyPastDue {
            lines.append(
                "More than \(serious.afterDays.counted("day")) past due it goes "
                    + sequence(serious.components) + ".")
        }
        return lines
    }

    private func sequence(_ components: [ClaimComponent]) -> String {
        let names = components.map(\.rawValue).joined(separator: ", then ")
        switch terms.order {
        case .byInstalment: return "to the oldest instalment first, in it to \(names)"
        case .byComponent: return "to \(names), of each the oldest instalment first"
        }
    }

    /// What becomes of cash beyond all that is due.
    private var advance: String {
        let early = contract.servicing.earlyRepayment
        let isDaily = contract.schedule.terms.method.repaysAnyTime
        if early.effect == .nextInstalment, !isDaily {
            return "What is left waits for the next due date."
        }
        let interest = terms.inAdvance.firstIndex(of: .interest) ?? 0
        let principal = terms.inAdvance.firstIndex(of: .principal) ?? 1
        let order =
            interest < principal
            ? "the interest accrued, then principal" : "principal, then the interest accrued"
        let effect =
            early.effect == .shortenTerm
            ? "fewer instalments are left"
            : "the later "
                + "instalments get lower"
        let fee = early.fee.map { ", for a fee of \($0.words) of that principal" } ?? ""
        return "What is left repays \(order) before it is due\(fee); \(effect)."
    }
}

// MARK: - Shares

extension LoanRules {
    private var scales: String {
        "Each claim has one scale: what lies from a to b on it gives each lender its split of b "
            + "less its split of a."
    }

    private var pricing: [String] {
        let income = contract.income
        var lines: [String]
        switch income.pricing {
        case .borrowerRate:
            lines = [
                "Interest is split by \(table(income.interest)), principal by what was funded."
            ]
        case .blended:
            lines = [
                "Interest is split by what each lender's rate earns on its principal "
                    + "(\(rates)), principal by what was funded."
            ]
        case .ownRates(let owner, let order):
            let turn = order == .last ? "after them" : "with them, in proportion"
            lines = [
                "Each lender has interest at its own rate on its principal (\(rates)); \(owner) "
                    + "has the rest and is paid \(turn)."
            ]
        }
        if income.penalty != nil || income.fee != nil {
            lines.append(
                "Penalty is split by \(table(income.penalty)), fees by \(table(income.fee)).")
        }
        return lines
    }

    private func table(_ shares: [PartyID: Share]?) -> String {
        guard let shares else { return "what was funded" }
        let parts = contract.lenders.compactMap { lender in
            shares[lender].map { "\(lender) \($0.words)" }
        }
        return "shares of its own (\(parts.joined(separator: ", ")))"
    }

    private var rates: String {
        contract.lenders.compactMap { lender in
            contract.income.rates[lender].map { "\(lender) \($0.percentText()) %" }
        }.joined(separator: ", ")
    }

    private var computations: [String] {
        let income = contract.income
        let residue = income.residueHolder ?? contract.platform
        let ways = contract.lenders.compactMap { lender -> String? in
            switch income.computations[lender] {
            case _ where lender == residue: nil
            case .perInstalment?: "\(lender) splits every instalment by itself"
            case .ownSchedule?: "\(lender) has a schedule of its own"
            case .scale?, nil: nil
            }
        }
        if ways.isEmpty { return [] }
        return [ways.joined(separator: ", ") + "; \(residue) has what that leaves."]
    }

    private var serviceFees: [String] {
        contract.serviceFees.map { fee in
            line(fee) + ", rounded half up on the running total."
        }
    }
}

extension ServiceFee {
    fileprivate var baseWords: String {
        switch base {
        case .interestCollected: "of the interest it collects"
        case .principalCollected: "of the principal it collects"
        case .principalOutstanding: "a year of the principal it is owed, day by day"
        case .disbursed: "of what it lent"
        }
    }

    fileprivate var taxWords: String {
        guard let tax else { return "" }
        return tax.isIncluded
            ? ", \(tax.rate.words) \(tax.name) within it"
            : " and \(tax.rate.words) \(tax.name) on it"
    }
}
