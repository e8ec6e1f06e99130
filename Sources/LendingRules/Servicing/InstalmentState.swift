import BusinessCalendar
import Monetary

/// How far one instalment has been settled, by whatever route, while a loan's facts are replayed.
struct InstalmentState: Hashable {
    let instalment: Instalment
    /// Interest billed: the scheduled amount unless a charge-off stopped it before.
    var interest: Int64
    var penalty: PenaltyAccrual
    var settledPrincipal: Int64 = 0
    var settledInterest: Int64 = 0
    var settledPenalty: Int64 = 0
    /// Of what is settled: principal and interest given up.
    var waived: Int64 = 0
    /// Of what is settled: principal and interest written off.
    var writtenOff: Int64 = 0

    init(_ instalment: Instalment, graceDays: Int) {
        self.instalment = instalment
        interest = instalment.interest
        penalty = PenaltyAccrual(dueOn: instalment.dueOn, graceDays: graceDays)
    }

    var unpaidPrincipal: Int64 { instalment.principal - settledPrincipal }
    var unpaidInterest: Int64 { interest - settledInterest }

    /// Scheduled amounts still owed; penalty is not part of what makes an instalment past due.
    var unpaid: Int64 { unpaidPrincipal + unpaidInterest }

    /// Remembers which route took principal and interest that no payment brought.
    mutating func relieve(_ amount: Int64, by kind: FactEffect.Kind) {
        switch kind {
        case .waiver: waived += amount
        case .chargeOff: writtenOff += amount
        case .recovery, .refund, .transfer:
            preconditionFailure("cash and new holders relieve nobody of a claim")
        }
    }

    /// Cumulative penalty owed if the rest were paid on `date`.
    func penaltyTarget(on date: BusinessDate, contract: LoanContract) throws(AmountError) -> Int64 {
        try penalty.target(
            unpaid: unpaidPrincipal, on: date, rate: contract.schedule.terms.rate,
            multipleThousandths: contract.penalty.multipleThousandths)
    }
}
