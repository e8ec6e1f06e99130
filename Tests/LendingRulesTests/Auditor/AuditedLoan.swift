import BusinessCalendar
import LendingRules
import Monetary

/// What the auditor is told of a loan: plain numbers and words, no rule.
struct AuditedLoan {
    /// One line of the repayment plan; days are counted from 1970-01-01.
    struct Line {
        let startDay: Int
        let dueDay: Int
        let principal: Int
        let interest: Int
        /// The whole period as a part of a year.
        let yearPart: ExactFraction
    }

    let plan: [Line]
    let disbursedDay: Int
    let names: [String]
    let lent: [Int]
    /// Hundred-millionths a year.
    let rate: Int
    let interestRounding: String
    let penaltyThousandths: Int
    let graceDays: Int
    let materiality: Int
    /// Payer by place among the lenders, and the rate of its fee.
    let fees: [(payer: Int, rate: ExactFraction)]

    init(_ contract: LoanContract) {
        plan = contract.schedule.instalments.map {
            Line(
                startDay: Int($0.startsOn.dayNumber), dueDay: Int($0.dueOn.dayNumber),
                principal: Int($0.principal), interest: Int($0.interest),
                yearPart: ExactFraction(
                    Int128($0.fraction.numerator), Int128($0.fraction.denominator)))
        }
        disbursedDay = Int(contract.disbursedOn.dayNumber)
        names = contract.lenders.map(\.name)
        lent = contract.scale.weights.map { Int($0) }
        rate = Int(contract.schedule.terms.rate.units)
        interestRounding = contract.schedule.terms.rounding.rawValue
        penaltyThousandths = Int(contract.penalty.multipleThousandths)
        graceDays = contract.penalty.graceDays
        materiality = Int(contract.materiality)
        fees = contract.serviceFees.map { fee in
            (
                payer: contract.lenders.firstIndex(of: fee.payer) ?? -1,
                rate: ExactFraction(Int128(fee.rate.numerator), Int128(fee.rate.denominator))
            )
        }
    }
}

/// Something that happened, as the auditor reads it off a voucher.
struct AuditedEvent {
    /// Claims asked for, cents.
    struct Asked {
        let principal: Int
        let interest: Int
        let penalty: Int
    }

    enum What {
        case payment(Int)
        case refund(Int)
        case waiver(Asked)
        case writeOff(Asked, everything: Bool)
        case recovery(Int)
        case cost(Int)
        /// As if never lent; whether the interest so far is owed, and the fee.
        case undone(owesInterest: Bool, fee: Int)
        /// Claims go to others at the end of the day.
        case handedOver([(who: String, weight: Int)])
    }

    let id: String
    let day: Int
    let what: What
}
