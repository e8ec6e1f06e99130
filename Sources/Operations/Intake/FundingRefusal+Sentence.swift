import LendingRules
import Monetary

extension FundingRefusal {
    /// The faults of a loan that is refused so: their code, whether they are of its rate, and what
    /// is wrong.
    func faults(of loan: LoanRecord) -> [(code: String, isOfRate: Bool, what: String)] {
        if case .noRoom(let shortages) = self {
            return shortages.map { ($0.code, false, $0.sentence) }
        }
        let sentences = sentences(of: loan)
        return sentences.map { (code, isOfRate, $0) }
    }

    /// What is wrong in one sentence.
    func sentence(of loan: LoanRecord) -> String { sentences(of: loan).joined(separator: "; ") }

    private var code: String {
        switch self {
        case .noTier: ImportFault.noTier
        case .outsideBounds, .noTaker, .amountOutOfRange: ImportFault.noSplit
        case .noRoom: ImportFault.noRoom
        case .rateBelowOwed, .rateNotBlended: "INTAKE-022"
        case .ruleBroken: ImportFault.ruleBroken
        }
    }

    private var isOfRate: Bool {
        switch self {
        case .rateBelowOwed, .rateNotBlended: true
        default: false
        }
    }

    /// One for each limit and rule, else one.
    private func sentences(of loan: LoanRecord) -> [String] {
        func text(_ amount: Int64) -> String {
            AmountText.format(amount, decimals: loan.currency.exponent)
        }
        switch self {
        case .noTier:
            return ["no tier of \(loan.agreement) takes \(loan.asked)"]
        case .outsideBounds(let party, let part, let minimum, let maximum):
            return [
                "\(party) would lend \(text(part)) of \(text(loan.principal)) "
                    + "\(loan.currency), and lends \(text(minimum)) to \(text(maximum)) of it "
                    + "under \(loan.agreement)"
            ]
        case .noTaker(let left, let passed):
            let reasons = passed.map { "\($0.party): \($0.why.words(text))" }
            return [
                "nobody takes \(text(left)) of \(text(loan.principal)) \(loan.currency) under "
                    + "\(loan.agreement): \(reasons.joined(separator: "; "))"
            ]
        case .noRoom(let shortages): return shortages.map(\.sentence)
        case .rateBelowOwed(let owed):
            return [
                "rate \(loan.rate.percentText()) is below the \(owed.percentText()) that the "
                    + "lenders of \(loan.agreement) are owed"
            ]
        case .rateNotBlended(let mean):
            return [
                "rate \(loan.rate.percentText()) is not the blended rate \(mean.percentText()) of "
                    + "\(loan.agreement) for those who would lend it"
            ]
        case .ruleBroken(let findings): return findings.map(\.description)
        case .amountOutOfRange:
            return ["the parts of \(loan.agreement) are beyond the range of amounts"]
        }
    }
}

extension PassedOver.Reason {
    /// In a few words, amounts by a function that writes them.
    package func words(_ text: (Int64) -> String) -> String {
        switch self {
        case .lendsAlready: "lends another part of the loan"
        case .limits(let shortages): shortages.map(\.sentence).joined(separator: ", ")
        case .rules(let findings): findings.map(\.description).joined(separator: ", ")
        case .leastOf(let least, let offered):
            "takes no less than \(text(least)), and could take \(text(offered))"
        case .room(let part): "has room for \(text(part))"
        }
    }
}

extension LoanRecord {
    /// What tiers look at, as people read it.
    fileprivate var asked: String {
        let amount = AmountText.format(principal, decimals: currency.exponent)
        let words = [("grade", grade), ("region", region), ("channel", channel)]
            .filter { !$0.1.isEmpty }.map { ", \($0.0) \($0.1)" }.joined()
        return "\(amount) \(currency) in \(instalments) instalments of \(product)\(words)"
    }
}
