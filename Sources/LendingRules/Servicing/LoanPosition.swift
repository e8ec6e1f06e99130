package import BusinessCalendar

/// Cumulative targets of one loan at the end of a date: what everybody should have had by then.
///
/// What a day posts is the difference of two positions (RULES § 1).
package struct LoanPosition: Hashable, Sendable {
    /// The end of this date, the following night's accrual included.
    package let date: BusinessDate
    /// In agreement order.
    package let lenders: [LenderPosition]
    /// Payments that count, in fact order; reversed ones are left out.
    package let payments: [PaymentPosition]
    /// Instalments whose due date has come.
    package let dueCount: Int
    /// Days since the oldest due date with an unpaid amount above the materiality; 0 on it.
    package let daysPastDue: Int
    /// The oldest instalment with anything unpaid, by index; nil when all are paid.
    package let oldestUnpaid: Int?
    /// What each waiver, charge-off, recovery, refund and transfer came to, in fact order.
    package let effects: [FactEffect]
    /// Refunds, recoveries and costs.
    package let cash: SideCash
    /// The instalments as facts have left them: those that fell due as they did.
    package let schedule: Schedule
    /// How far each instalment is settled; none of a loan undone.
    let instalments: [InstalmentState]
    /// The contract rate day by day.
    let rates: PenaltyRates
    /// Principal paid out after the disbursement, minor units.
    package let drawn: Int64
    /// Principal repaid before it fell due, minor units.
    package let repaidEarly: Int64
    /// What each lender has accrued in the open period, in agreement order.
    package let openAccruals: [OpenAccrual]
    /// Whether income is kept out of the books, as that of a loan long past due.
    package let isNonAccrual: Bool
    /// The value date of the charge-off after which nothing accrues any more, or nil.
    package let stoppedOn: BusinessDate?
    /// Cancelled, or never paid out: as if nothing had been lent.
    package let isUndone: Bool
    /// Who holds the claims at the end of the date.
    package let holding: Holding
    /// In agreement order: whether the lender has had a part in the loan by then.
    package let hasHeld: [Bool]
    /// In agreement order: of its claims those that it took over by compensation and that are
    /// left, which stand in account 1170.
    package let acquired: [Components]
    /// In agreement order: what it has recovered of claims that it took over by compensation, by
    /// their sources, minor units.
    package let acquiredRecoveries: [[AcquisitionSource: Int64]]

    /// Everything was written off: nothing accrues any more.
    package var isStopped: Bool { stoppedOn != nil }

    /// The borrower's cash that is on no claim, minor units; below zero when more was refunded
    /// than, after a reversal, had been there.
    package var unallocated: Int64 { waiting + cash.surplus - cash.refunded }

    /// Cash of payments beyond what the lenders got of them, refunded or not.
    package var waiting: Int64 {
        payments.reduce(0) { $0 + $1.received - $1.allocated }
    }

    /// What facts asked for beyond what was there, minor units.
    package var shortfall: Int64 {
        effects.reduce(0) { sum, effect in
            let (next, overflow) = sum.addingReportingOverflow(effect.shortfall)
            return overflow ? .max : next
        }
    }

    /// The ageing bucket.
    package var bucket: DelinquencyBucket { DelinquencyBucket(daysPastDue: daysPastDue) }

    /// Whether the claims are those of the disbursement and what has accrued on them: nothing has
    /// fallen due, been settled or written off.
    package var isWhole: Bool {
        !isUndone && !isStopped && dueCount == 0
            && lenders.allSatisfy { $0.settled == Components() }
    }

    /// Whether nothing has been paid of what accrues in the open period.
    package var isOpenPeriodUnpaid: Bool {
        dueCount >= instalments.count || instalments[dueCount].settled.interest == 0
    }

    /// Whether every instalment is paid and nobody has a claim left.
    package var isPaidOff: Bool {
        oldestUnpaid == nil && lenders.allSatisfy(\.isRepaid)
    }
}

/// One lender's cumulative amounts, minor units.
package struct LenderPosition: Hashable, Sendable {
    package var disbursed: Int64 = 0
    /// Contract interest, a spread included.
    package var accruedInterest: Int64 = 0
    /// Of it: the spread between the borrower's rate and the lenders' own.
    package var accruedSpread: Int64 = 0
    package var accruedPenalty: Int64 = 0
    package var accruedPenaltyOnInterest: Int64 = 0
    /// Fees that have fallen due.
    package var billedFees: Int64 = 0
    /// Principal and interest moved from normal to overdue at the end of their due dates.
    package var movedPrincipal: Int64 = 0
    package var movedInterest: Int64 = 0
    package var paid = Components()
    /// Claims given up, by the bucket they stood in.
    package var waived = Components()
    /// Claims written off, by the bucket they stood in.
    package var chargedOff = Components()
    /// Claims taken over from other holders less those handed over, by the bucket they stood in.
    package var transferred = Components()
    /// Other claims that have become principal, by the bucket they stood in.
    package var capitalised = Components()
    /// Cash received for claims written off, whatever their bucket was.
    package var recovered = Components()
    /// Service fees this lender owes as payer, in the order of the contract's fees.
    package var serviceFees: [Int64] = []

    package init() {}

    package var principal: Int64 {
        disbursed + capitalised.total + transferred.principal - movedPrincipal
            - settled.principal
    }
    package var overduePrincipal: Int64 {
        movedPrincipal + transferred.overduePrincipal - settled.overduePrincipal
    }
    package var interest: Int64 {
        accruedInterest + transferred.interest - movedInterest - settled.interest
            - capitalised.interest
    }
    package var overdueInterest: Int64 {
        movedInterest + transferred.overdueInterest - settled.overdueInterest
            - capitalised.overdueInterest
    }
    package var penalty: Int64 {
        accruedPenalty + transferred.penalty - settled.penalty - capitalised.penalty
    }
    package var penaltyOnInterest: Int64 {
        accruedPenaltyOnInterest + transferred.penaltyOnInterest - settled.penaltyOnInterest
            - capitalised.penaltyOnInterest
    }
    package var fee: Int64 { billedFees + transferred.fee - settled.fee - capitalised.fee }

    /// All that is owed to this lender, by bucket.
    package var claims: Components {
        Components(
            principal: principal, overduePrincipal: overduePrincipal, interest: interest,
            overdueInterest: overdueInterest, penalty: penalty,
            penaltyOnInterest: penaltyOnInterest, fee: fee)
    }

    /// Claims that are gone, by whatever route.
    package var settled: Components { paid + waived + chargedOff }

    /// Claims written off for which no cash has come.
    package var writtenOff: Int64 { chargedOff.total - recovered.total }

    /// All that is owed to this lender.
    package var outstanding: Int64 { claims.total }

    /// Whether nothing is owed to this lender.
    package var isRepaid: Bool { buckets.dropLast().allSatisfy { $0 == 0 } }

    /// No bucket is ever below zero.
    package var isSound: Bool { buckets.allSatisfy { $0 >= 0 } }

    private var buckets: [Int64] {
        [
            principal, overduePrincipal, interest, overdueInterest, penalty, penaltyOnInterest, fee,
            writtenOff,
        ]
    }
}

/// One payment and who got what of it so far.
package struct PaymentPosition: Hashable, Sendable {
    /// The fact's id.
    package let payment: String
    package let valueDate: BusinessDate
    /// Cash received, minor units.
    package let received: Int64
    /// In agreement order.
    package var parts: [PaymentPart]
    /// The same by instalment, for those it paid on, in the order in which it paid them.
    package internal(set) var instalments: [PaymentInstalment] = []
    /// Everything it paid, step by step.
    package internal(set) var steps: [PaymentStep] = []
    /// Paid back to the borrower before it was needed, minor units.
    package internal(set) var refunded: Int64 = 0

    package init(payment: String, valueDate: BusinessDate, received: Int64, parts: [PaymentPart]) {
        self.payment = payment
        self.valueDate = valueDate
        self.received = received
        self.parts = parts
    }

    /// What the lenders got of it.
    package var allocated: Int64 { parts.reduce(0) { $0 + $1.components.total } }

    /// What waits for the next due date.
    package var unallocated: Int64 { received - allocated - refunded }
}

/// One lender's part of a payment.
package struct PaymentPart: Hashable, Sendable {
    package var components = Components()
    /// Service fee this lender owes on the part, minor units.
    package var serviceFee: Int64 = 0

    package init(components: Components = Components(), serviceFee: Int64 = 0) {
        self.components = components
        self.serviceFee = serviceFee
    }
}
