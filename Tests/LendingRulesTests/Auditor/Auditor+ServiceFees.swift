import LendingRules
import Monetary

/// What service fees are taken of, by lender.
struct FeeBase {
    var interest: [Int]
    var principal: [Int]
    /// Cents of principal times nights.
    var nights: [Int]

    init(lenders: Int, fees: Int) {
        interest = [Int](repeating: 0, count: lenders)
        principal = interest
        nights = interest
    }

    /// Writes down what every payer owes by tonight.
    func charge(_ contract: LoanContract, _ lent: [Int], _ day: inout AuditedDay) {
        for (number, fee) in contract.serviceFees.enumerated() {
            guard let payer = contract.lenders.firstIndex(of: fee.payer) else { continue }
            let rate = ExactFraction(Int128(fee.rate.numerator), Int128(fee.rate.denominator))
            let base =
                switch fee.base {
                case .interestCollected: ExactFraction(Int128(interest[payer]), 1)
                case .principalCollected: ExactFraction(Int128(principal[payer]), 1)
                case .principalOutstanding: ExactFraction(Int128(nights[payer]), 365)
                case .disbursed: ExactFraction(Int128(lent[payer]), 1)
                }
            var amount = (base * rate).rounded("half-up")
            if let tax = fee.tax {
                let share = (Int128(tax.rate.numerator), Int128(tax.rate.denominator))
                let part =
                    tax.isIncluded
                    ? ExactFraction(share.0, share.0 + share.1) : ExactFraction(share.0, share.1)
                let taxed = (ExactFraction(Int128(amount), 1) * part).rounded("half-up")
                day.tax += taxed
                if !tax.isIncluded { amount += taxed }
            }
            day.serviceFees[payer][number] = amount
        }
    }
}

extension Auditor {
    /// Counts the principal of tonight for fees by the day.
    mutating func chargeNight() {
        guard !isUndone, contract.serviceFees.contains(where: { $0.base == .principalOutstanding })
        else { return }
        for cent in undue.all { fees.nights[cent.owner] += 1 }
        for instalment in due {
            for cent in instalment.principal.all { fees.nights[cent.owner] += 1 }
        }
    }
}
