import BusinessCalendar
import Monetary

// Service fees between parties: cumulative targets per loan, the difference to what earned it.

extension Replay {
    /// Charges the fees that a payment earns, after what it brought of their base.
    mutating func chargeServiceFees(
        _ base: ServiceFee.Base, _ slip: PaymentSlip, _ index: Int
    ) {
        let number = instalments[index].instalment.number
        for (place, fee) in contract.serviceFees.enumerated() where fee.base == base {
            guard let payer = contract.lenders.firstIndex(of: fee.payer) else { continue }
            let paid = lenders[payer].paid
            let collected = base == .interestCollected ? paid.allInterest : paid.allPrincipal
            let target = fee.gross(of: collected)
            let earned = target - lenders[payer].serviceFees[place]
            payments[slip.payment].credit(payer, instalment: number) { $0.serviceFee += earned }
            lenders[payer].serviceFees[place] = target
        }
    }

    /// Counts the days to a date, not counted, for fees on what is outstanding.
    mutating func countPrincipalDays(to date: BusinessDate) {
        let days = Int128(date.days(since: walkedTo))
        guard days > 0 else { return }
        walkedTo = date
        for (place, fee) in contract.serviceFees.enumerated()
        where fee.base == .principalOutstanding {
            guard let payer = contract.lenders.firstIndex(of: fee.payer) else { continue }
            let position = lenders[payer]
            principalDays[place] +=
                days * Int128(position.principal + position.overduePrincipal)
        }
    }

    /// Charges the fees that no payment earns: on what was lent, and on what is outstanding.
    mutating func chargeDailyFees() throws(AmountError) {
        if undoneOn != nil { return }
        for (place, fee) in contract.serviceFees.enumerated() {
            guard let payer = contract.lenders.firstIndex(of: fee.payer) else { continue }
            switch fee.base {
            case .interestCollected, .principalCollected: continue
            case .disbursed:
                lenders[payer].serviceFees[place] = fee.gross(of: lenders[payer].disbursed)
            case .principalOutstanding:
                lenders[payer].serviceFees[place] = try fee.gross(days: principalDays[place])
            }
        }
    }
}

extension ServiceFee {
    /// The fee on a base, tax included; half up on the cumulative.
    func gross(of base: Int64) -> Int64 {
        let fee = Proportion.halfUp(base, rate.numerator, rate.denominator)
        return fee + addedTax(on: fee)
    }

    /// The fee of a year's rate on minor units times days, over 365.
    ///
    /// - Throws: ``AmountError/overflow``.
    func gross(days units: Int128) throws(AmountError) -> Int64 {
        let (product, overflow) = units.multipliedReportingOverflow(by: Int128(rate.numerator))
        if overflow { throw .overflow }
        let fee = try Rounding.halfUp.divide(product, by: 365 * Int128(rate.denominator))
        return try fee.plus(addedTax(on: fee))
    }

    /// The tax within a gross amount.
    package func tax(within gross: Int64) -> Int64 {
        guard let tax else { return 0 }
        let whole = tax.rate.numerator + tax.rate.denominator
        return Proportion.halfUp(gross, tax.rate.numerator, whole)
    }

    private func addedTax(on fee: Int64) -> Int64 {
        guard let tax, !tax.isIncluded else { return 0 }
        return Proportion.halfUp(fee, tax.rate.numerator, tax.rate.denominator)
    }
}
