import BusinessCalendar
import Monetary

extension ScheduleTerms {
    /// Fees of the day of the disbursement, each rounded on its own; minor units.
    ///
    /// - Throws: ``ScheduleError`` when they leave nothing to pay out or a fee makes no sense.
    func upfrontFees() throws(ScheduleError) -> Int64 {
        if fees.isEmpty { return 0 }
        try checkFees()
        let total = try sum(of: .upfront) { _ in principal }
        guard total < principal else { throw .feesAbovePrincipal(total) }
        return total
    }

    /// Fees of one instalment, each rounded on its own; minor units.
    ///
    /// - Throws: ``ScheduleError/amountOutOfRange``.
    func instalmentFee(principal: Int64, interest: Int64, outstanding: Int64)
        throws(ScheduleError) -> Int64
    {
        try sum(of: .each) { base in
            switch base {
            case .principal: self.principal
            case .instalment: principal + interest
            case .outstanding: outstanding
            }
        }
    }

    private func sum(of moment: LoanFee.Moment, _ amount: (LoanFee.Base) -> Int64)
        throws(ScheduleError) -> Int64
    {
        var total: Int64 = 0
        for fee in fees where fee.moment == moment {
            let (sum, rounding) = (total, rounding)
            total = try ScheduleError.fitting { () throws(AmountError) in
                switch fee.value {
                case .amount(let fixed): try sum.plus(fixed)
                case .share(let share, let base):
                    try sum.plus(
                        rounding.divide(
                            Int128(amount(base)) * Int128(share.numerator),
                            by: Int128(share.denominator)))
                }
            }
        }
        return total
    }

    private func checkFees() throws(ScheduleError) {
        for fee in fees {
            switch fee.value {
            case .amount(let amount) where amount <= 0: throw .feeNotPositive(fee.name)
            case .share(let share, _) where share.numerator == 0: throw .feeNotPositive(fee.name)
            case .share(_, let base) where fee.moment == .upfront && base != .principal:
                throw .feeWithoutBase(fee.name, base)
            default: break
            }
        }
    }
}
