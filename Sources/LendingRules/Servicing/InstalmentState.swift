import BusinessCalendar
import Monetary

/// How far one instalment has been settled, by whatever route, while a loan's facts are replayed.
struct InstalmentState: Hashable {
    let instalment: Instalment
    /// Interest billed: the scheduled amount unless a charge-off stopped it before.
    var interest: Int64
    /// Fee billed: the scheduled amount unless a charge-off stopped it before.
    var fee: Int64
    var penalty: PenaltyAccrual
    var penaltyOnInterest: PenaltyAccrual
    /// Settled by whatever route; penalties and fee included.
    var settled = ScaleAmounts()
    /// Added to what is settled it is the place on the scale of the present epoch; principal,
    /// interest and fee only, from the due date on.
    var base = ScaleAmounts()
    /// What was settled before the present epoch.
    var before = ScaleAmounts()
    /// Whose it is where lenders compute their parts themselves; nil where scales decide.
    var shares: OwnShares?
    /// What layers have paid lenders for of it.
    var paidFor: [AcquisitionSource: LossAmounts] = [:]
    /// Whose its penalties are where single instalments have holders of their own.
    var penalties: InstalmentPenalties?
    /// Of what is settled: principal and interest given up.
    var waived: Int64 = 0
    /// Of what is settled: principal and interest written off.
    var writtenOff: Int64 = 0
    /// Of what is settled: principal and interest that a new plan has taken over.
    var replanned: Int64 = 0

    init(_ instalment: Instalment) {
        self.instalment = instalment
        interest = instalment.interest
        fee = instalment.fee
        penalty = PenaltyAccrual(dueOn: instalment.dueOn)
        penaltyOnInterest = penalty
    }

    var unpaidPrincipal: Int64 { instalment.principal - settled.principal }
    var unpaidInterest: Int64 { interest - settled.interest }
    var unpaidFee: Int64 { fee - settled.fee }

    /// Scheduled amounts still owed; penalty is not part of what makes an instalment past due.
    var unpaid: Int64 { unpaidPrincipal + unpaidInterest + unpaidFee }

    /// Remembers which route took principal and interest that no payment brought.
    mutating func relieve(_ amount: Int64, by kind: FactEffect.Kind) {
        switch kind {
        case .waiver: waived += amount
        case .chargeOff: writtenOff += amount
        case .recovery, .collectionCost, .refund, .transfer, .assignment, .indemnity:
            preconditionFailure("cash and new holders relieve nobody of a claim")
        }
    }

    /// Cumulative penalties owed if the rest were paid on `date`.
    func penaltyTargets(
        on date: BusinessDate, _ terms: PenaltyTerms, _ rates: PenaltyRates
    ) throws(AmountError) -> Penalties {
        Penalties(
            onPrincipal: try penalty.target(
                unpaid: unpaidPrincipal, on: date,
                multipleThousandths: terms.multipleThousandths, terms, rates),
            onInterest: try penaltyOnInterest.target(
                unpaid: unpaidInterest, on: date,
                multipleThousandths: terms.onInterestThousandths, terms, rates))
    }
}

/// Both penalties of something, minor units.
struct Penalties: Hashable {
    var onPrincipal: Int64 = 0
    var onInterest: Int64 = 0

    /// - Throws: ``AmountError/overflow``.
    func plus(_ other: Penalties) throws(AmountError) -> Penalties {
        Penalties(
            onPrincipal: try onPrincipal.plus(other.onPrincipal),
            onInterest: try onInterest.plus(other.onInterest))
    }
}
