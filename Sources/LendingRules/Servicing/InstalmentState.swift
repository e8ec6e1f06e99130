import BusinessCalendar
import Monetary

/// How far one instalment has been paid, while a loan's facts are replayed.
struct InstalmentState: Hashable {
    let instalment: Instalment
    var penalty: PenaltyAccrual
    var paidPrincipal: Int64 = 0
    var paidInterest: Int64 = 0
    var paidPenalty: Int64 = 0

    init(_ instalment: Instalment, graceDays: Int) {
        self.instalment = instalment
        penalty = PenaltyAccrual(dueOn: instalment.dueOn, graceDays: graceDays)
    }

    var unpaidPrincipal: Int64 { instalment.principal - paidPrincipal }
    var unpaidInterest: Int64 { instalment.interest - paidInterest }

    /// Scheduled amounts still owed; penalty is not part of what makes an instalment past due.
    var unpaid: Int64 { unpaidPrincipal + unpaidInterest }

    /// Cumulative penalty owed if the rest were paid on `date`.
    func penaltyTarget(on date: BusinessDate, contract: LoanContract) throws(AmountError) -> Int64 {
        try penalty.target(
            unpaid: unpaidPrincipal, on: date, rate: contract.schedule.terms.rate,
            multipleThousandths: contract.penalty.multipleThousandths)
    }
}
