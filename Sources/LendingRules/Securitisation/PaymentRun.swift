import BusinessCalendar
import Monetary

/// The walk of one payment date, from what was collected to what is left over.
struct PaymentRun {
    var deal: PoolDeal
    let opening: PoolDeal
    let collections: PeriodCollections
    let callPrice: Int64?
    let funds: PaymentFunds
    /// Principal of the pool at the end of the period, before the servicer bought it.
    let pool: Int64
    /// What is left to be paid out.
    var rest: Int64
    var lines: [WaterfallLine] = []
    var tranches: [TrancheReport] = []
    var unabsorbed: Int64 = 0
    var readings: [TriggerReading] = []
    var reserve: ReserveReport?
    var feeDue: Int64 = 0
    var expensesDue: [Int64] = []

    var terms: DealTerms { deal.terms }

    init(_ deal: PoolDeal, _ collections: PeriodCollections, callPrice: Int64?)
        throws(AmountError)
    {
        (self.deal, opening) = (deal, deal)
        self.collections = collections
        self.callPrice = callPrice
        pool = try collections.outstanding()
        let net = try collections.cash().plus(callPrice ?? 0).plus(deal.unspent)
            .minus(deal.deficit)
        let deficit = try Int64(0).minus(min(0, net))
        funds = PaymentFunds(
            interest: collections.interest, principal: collections.principal,
            recoveries: collections.recoveries, callPrice: callPrice ?? 0,
            unspent: deal.unspent, deficitBefore: deal.deficit, deficitAfter: deficit)
        rest = max(0, net)
        self.deal.deficit = deficit
        self.deal.unspent = 0
        try earn()
        takeLosses()
        try readTests()
        try paySenior()
        for place in seniorCount..<tranches.count { payInterest(place) }
        try payPrincipal()
        payResidual()
        try close()
    }

    /// Whether everything is due: the pool is bought or empty, or the final date has come.
    var isWindingUp: Bool {
        callPrice != nil || pool == 0 || collections.paysOn >= terms.finalOn
    }

    /// Tranches whose interest stands before the reserve.
    var seniorCount: Int { terms.reserve?.seniorTranches ?? tranches.count }

    /// Whether the first tranches have everything that they are owed.
    func repays(_ count: Int) -> Bool {
        tranches.prefix(count).allSatisfy { $0.closing == 0 && $0.interestShortfall == 0 }
    }
}
