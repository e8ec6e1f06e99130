/// What banks hold of each loan and what its borrower got, held against what was to be lent.
extension ChaosComparison {
    /// Every difference, in the order of the loans.
    func differences(_ loans: Loans) -> [Difference] {
        let held = Dictionary(grouping: theirs.values.filter(\.isFunded), by: \.loan)
        let keys = Dictionary(
            grouping: Set(ours.values.map(LoanKey.init) + theirs.values.map(LoanKey.init)),
            by: \.loan)
        let paid = loans.payouts.map { payouts in
            Dictionary(payouts.map { ($0.loan, $0.kept) }) { first, _ in first }
        }
        return loans.all.flatMap { loan in
            let shares = held[loan.id] ?? []
            let held = shares.reduce(0) { $0 + $1.cents }
            var found = [overfunded(loan, held)]
            if let paid {
                let payer = loan.agreement.payer.map { loans.banks[$0] }
                let due = loan.payout(
                    banksHold: held, payerHolds: shares.contains { $0.bank == payer })
                let isDisbursed = loans.disbursed.contains(loan.id)
                found.append(paidWrong(loan, paid[loan.id] ?? 0, isDisbursed ? due : 0))
            }
            let mistake = (keys[loan.id] ?? []).map(\.key).sorted()
                .compactMap { explanation(of: $0) }.first
            return found.compactMap(\.self).map { verdict, text in
                Difference(key: loan.id, verdict: verdict, text: text, explanation: mistake)
            }
        }
    }

    private func overfunded(_ loan: ChaosLoan, _ held: Int64) -> (Verdict, String)? {
        held <= loan.banksPart
            ? nil
            : (.doubled, "banks hold \(held) cents of it together, not \(loan.banksPart)")
    }

    private func paidWrong(_ loan: ChaosLoan, _ paid: Int64, _ due: Int64) -> (Verdict, String)? {
        if paid == due { return nil }
        return (
            paid == 0 || due == 0 ? .lost : .unexplained,
            "the borrower was paid \(paid) cents over the channel, not \(due)"
        )
    }

    private struct LoanKey: Hashable {
        let loan: String
        let key: String

        init(_ share: ChaosShare) {
            loan = share.loan
            key = share.key
        }
    }
}
