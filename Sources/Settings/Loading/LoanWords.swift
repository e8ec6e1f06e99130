import LendingRules
import Monetary

/// Example loans and refusals in the words of messages.
struct LoanWords {
    private let fields: Set<FundingField>
    private let decimals: Int

    init(_ tiers: [FundingConditions], _ currency: Currency?) {
        fields = Set(tiers.flatMap(\.fields))
        decimals = currency?.exponent ?? 3
    }

    /// `5000.01 of instalment-loan in 3 instalments, grade B, another region`, as far as tiers ask.
    func text(_ loan: TierSpace.Loan) -> String {
        let words: [(FundingField, String)] = [
            (.grade, loan.grade), (.region, loan.region), (.channel, loan.channel),
        ]
        let count = loan.instalments == 1 ? "1 instalment" : "\(loan.instalments) instalments"
        return "\(text(loan.principal)) of \(loan.product) in \(count)"
            + words.filter { fields.contains($0.0) }.map { field, word in
                ", " + (word.isEmpty ? "another \(field)" : "\(field) \(word)")
            }.joined()
    }

    func text(_ refusal: FundingRefusal) -> String {
        switch refusal {
        case .outsideBounds(let party, let part, let minimum, let maximum):
            "\(party) would have \(text(part)), and lends from \(text(minimum)) to "
                + text(maximum)
        case .noTaker(let left, _): "\(text(left)) of it is nobody's"
        case .noTier, .noRoom, .rateBelowOwed, .rateNotBlended, .ruleBroken, .amountOutOfRange:
            "an amount leaves the range of 64 bits"
        }
    }

    private func text(_ amount: Int64) -> String {
        AmountText.format(amount, decimals: decimals)
    }
}
