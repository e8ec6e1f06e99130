package import BusinessCalendar
package import Monetary

/// On what terms the shares of a pool are sold.
package struct PoolSaleTerms: Hashable, Sendable {
    package let pool: String
    /// The securitisation vehicle, or whoever buys.
    package let buyer: PartyID
    /// At its end claims are counted and priced; what is collected from then on is the buyer's.
    package let cutOff: BusinessDate
    /// At its end the shares change hands.
    package let settlesOn: BusinessDate
    package let price: PoolPrice

    package init(
        pool: String, buyer: PartyID, cutOff: BusinessDate, settlesOn: BusinessDate,
        price: PoolPrice
    ) {
        precondition(settlesOn >= cutOff, "shares are counted before they change hands")
        self.pool = pool
        self.buyer = buyer
        self.cutOff = cutOff
        self.settlesOn = settlesOn
        self.price = price
    }

    /// Who holds a sold share on a date: the buyer from the day after the settlement date on.
    package func holder(of share: ShareID, on date: BusinessDate) -> PartyID {
        date > settlesOn ? buyer : share.holder
    }
}

/// One holder's claims that go to another at the end of a date, at a price.
package struct ShareAssignment: Hashable, Sendable {
    package let loan: LoanID
    package let from: PartyID
    package let to: PartyID
    /// By bucket; nothing where all of it was collected since the cut-off, and still has a price.
    package let amounts: Components
    package let price: Int64
}

/// What a seller collected on a share between cut-off and settlement and owes the buyer; below
/// zero the buyer owes it.
package struct PassThrough: Hashable, Sendable {
    package let loan: LoanID
    package let from: PartyID
    package let to: PartyID
    package let collected: Components
    package let recovered: Int64

    package var total: Int64 { collected.total + recovered }
}

/// A pool's shares sold: what moves, at what price, and what is passed through.
package struct PoolSale: Hashable, Sendable {
    package let terms: PoolSaleTerms
    /// By loan and seller.
    package let assignments: [ShareAssignment]
    /// By loan and seller; shares on which nothing was collected are left out.
    package let passThroughs: [PassThrough]
    /// By name.
    package let sellers: [SellerTotal]
    /// Shares of loans that were undone before they changed hands: they are not sold.
    package let withdrawn: [ShareID]
}

/// What a sale comes to for one seller, minor units.
package struct SellerTotal: Hashable, Sendable {
    package let seller: PartyID
    package fileprivate(set) var shares = 0
    /// Claims that move.
    package fileprivate(set) var claims: Int64 = 0
    package fileprivate(set) var price: Int64 = 0
    package fileprivate(set) var passedThrough: Int64 = 0

    fileprivate init(_ seller: PartyID) { self.seller = seller }

    /// What the buyer pays at settlement; below zero the seller does.
    package var net: Int64 { price - passedThrough }

    /// What the seller gains by the sale; the buyer's is its negative.
    package var result: Int64 { net - claims }
}

/// Why a sale cannot be computed.
package enum PoolSaleError: Error, Hashable {
    case twice(ShareID)
    /// What is left of its principal does not follow from what was paid and written off since.
    case principalDoesNotFollow(ShareID)
    case amount(AmountError)
}

extension PoolSaleTerms {
    /// The sale of shares, given in any order.
    ///
    /// Each seller's price is rounded once; its shares have their parts of it by loan id.
    /// - Throws: ``PoolSaleError``.
    package func sell(_ shares: [SharePeriod]) throws(PoolSaleError) -> PoolSale {
        let ordered = shares.sorted { $0.share < $1.share }
        for (one, next) in zip(ordered, ordered.dropFirst()) where one.share == next.share {
            throw .twice(one.share)
        }
        let sold = ordered.filter { !$0.isUndone }
        for period in sold where !period.isConserved {
            throw .principalDoesNotFollow(period.share)
        }
        var book = SaleBook(terms: self)
        do {
            for period in sold { try book.add(period) }
        } catch { throw .amount(error) }
        return PoolSale(
            terms: self, assignments: book.assignments, passThroughs: book.passThroughs,
            sellers: book.totals.values.sorted { $0.seller < $1.seller },
            withdrawn: ordered.filter(\.isUndone).map(\.share))
    }
}

/// A sale while its shares are counted.
private struct SaleBook {
    let terms: PoolSaleTerms
    var assignments: [ShareAssignment] = []
    var passThroughs: [PassThrough] = []
    var totals: [PartyID: SellerTotal] = [:]
    private var prices: [PartyID: RunningPrice] = [:]

    init(terms: PoolSaleTerms) { self.terms = terms }

    mutating func add(_ period: SharePeriod) throws(AmountError) {
        let (loan, seller) = (period.share.loan, period.share.holder)
        var running = prices[seller] ?? RunningPrice(terms.price)
        let price = try running.add(period.opening)
        prices[seller] = running
        let passed = PassThrough(
            loan: loan, from: seller, to: terms.buyer, collected: period.collected,
            recovered: period.recovered)
        assignments.append(
            ShareAssignment(
                loan: loan, from: seller, to: terms.buyer, amounts: period.closing,
                price: price))
        if passed.collected != Components() || passed.recovered != 0 {
            passThroughs.append(passed)
        }
        var total = totals[seller] ?? SellerTotal(seller)
        total.shares += 1
        total.claims = try total.claims.plus(period.closing.total)
        total.price = running.total
        total.passedThrough = try total.passedThrough.plus(passed.total)
        totals[seller] = total
    }
}
