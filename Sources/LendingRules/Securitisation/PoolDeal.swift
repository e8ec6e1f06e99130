package import BusinessCalendar
package import Monetary

/// A securitised pool with its notes, from one payment date to the next.
///
/// What it does is a pure function of the terms and of what was collected: ``pay(_:)`` takes a
/// period's collections and gives the report of its payment date.
package struct PoolDeal: Hashable, Sendable {
    package let terms: DealTerms
    /// Payment dates so far.
    package internal(set) var payments = 0
    /// The last date of the last collection period, at first the cut-off.
    package internal(set) var collectedTo: BusinessDate
    /// The last payment date, at first that of the issue.
    package internal(set) var paidOn: BusinessDate
    /// Outstanding principal of the pool, minor units.
    package internal(set) var pool: Int64
    /// The most senior first.
    package internal(set) var tranches: [TrancheBalance]
    /// In the account, minor units.
    package internal(set) var reserve: Int64
    /// Nothing is paid any more: the pool was called, or the final date has passed.
    package internal(set) var isClosed = false
    var lost: Int64 = 0
    var recovered: Int64 = 0
    var feeCarried: Int64 = 0
    /// By expense.
    var expensesCarried: [Int64]
    /// Principal due and not paid; below zero, paid and taken back since.
    var principalCarried: Int64 = 0
    /// Cash taken back that no collections have made up for.
    var deficit: Int64 = 0
    /// Issued for shares that were withdrawn, and not paid back yet.
    var unspent: Int64
    /// By trigger.
    var pulledOn: [BusinessDate?]

    /// The deal at issue.
    ///
    /// - Throws: ``DealTermsError`` for terms that cannot be.
    package init(_ terms: DealTerms) throws(DealTermsError) {
        try terms.check()
        self.terms = terms
        collectedTo = terms.cutOff
        paidOn = terms.issuedOn
        pool = terms.poolPrincipal
        tranches = terms.tranches.map { TrancheBalance(balance: $0.original) }
        reserve = terms.reserve?.initial ?? 0
        unspent = terms.unspent
        expensesCarried = terms.expenses.map { _ in 0 }
        pulledOn = terms.triggers.map { _ in nil }
    }

    /// What a tranche has earned at the end of a date since the last payment date, minor units:
    /// a cumulative target that lands on what the next payment date owes.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func accrued(tranche: Int, endOf date: BusinessDate, nextOn: BusinessDate)
        throws(AmountError) -> Int64
    {
        try earned(tranche, until: nextOn, by: date.adding(days: 1))
    }

    /// Interest of a tranche from the last payment date to `date`, of a period that ends on `end`.
    func earned(_ place: Int, until end: BusinessDate, by date: BusinessDate)
        throws(AmountError) -> Int64
    {
        let (note, standing) = (terms.tranches[place], tranches[place])
        guard let rate = note.rate else { return 0 }
        let carried = note.bearsInterestOnShortfall ? standing.interestCarried : 0
        return try EarningPeriod(from: paidOn, to: end, dayCount: note.dayCount)
            .earned(on: try standing.balance.plus(carried), rate: rate, by: date)
    }
}

/// Where one tranche stands, minor units.
package struct TrancheBalance: Hashable, Sendable {
    package internal(set) var balance: Int64
    /// Interest due and not paid.
    package internal(set) var interestCarried: Int64 = 0
    /// Taken by losses and not given back.
    package internal(set) var writtenDown: Int64 = 0

    init(balance: Int64) { self.balance = balance }
}

/// Why a payment date cannot be computed.
package enum PaymentError: Error, Hashable {
    /// Nothing is paid any more.
    case closed
    /// A collection period begins the day after the last one ended.
    case notNextPeriod(from: BusinessDate)
    /// A payment date lies after its collection period and after the last payment date.
    case unusablePaymentDate
    /// An amount that cannot be below zero is; which.
    case negative(String)
    /// The principal at the end is not that at the beginning less what was collected and lost.
    case balanceDoesNotFollow(expected: Int64, stated: Int64)
    /// The pool is not small enough yet to be bought, or the servicer has no right to.
    case callNotAllowed
    /// The price would not repay the tranches that a call has to.
    case callLeavesUnpaid
    case amount(AmountError)
}

extension PoolDeal {
    /// Pays what a collection period has brought.
    ///
    /// In order: losses take from the balances of the tranches, the last first; tests are read;
    /// servicing fee, expenses, interest of the senior tranches, all of them out of the reserve too
    /// where collections do not reach; the reserve is filled; interest of the other tranches;
    /// principal; what is left over. Nothing is changed when it throws.
    /// - Throws: ``PaymentError``.
    package mutating func pay(_ collections: PeriodCollections) throws(PaymentError)
        -> PaymentReport
    {
        try check(collections)
        var run = try amounts { () throws(AmountError) in
            try PaymentRun(self, collections, callPrice: nil)
        }
        let price = try amounts { () throws(AmountError) in try callPrice(collections) }
        if let price {
            let called = try amounts { () throws(AmountError) in
                try PaymentRun(self, collections, callPrice: price)
            }
            if called.repays(terms.cleanUp?.repays ?? 0) {
                run = called
            } else if collections.isCalled {
                throw .callLeavesUnpaid
            }
        } else if collections.isCalled {
            throw .callNotAllowed
        }
        let report = try amounts { () throws(AmountError) in try run.report }
        self = run.deal
        return report
    }

    private func check(_ collections: PeriodCollections) throws(PaymentError) {
        if isClosed { throw .closed }
        let from = collectedTo.adding(days: 1)
        guard collections.from == from, collections.to >= from else {
            throw .notNextPeriod(from: from)
        }
        guard collections.paysOn > max(collections.to, paidOn) else {
            throw .unusablePaymentDate
        }
        let signed = [
            ("prepaid", collections.prepaid), ("recoveries", collections.recoveries),
            ("losses", collections.losses), ("accrued", collections.accrued),
            ("loans", Int64(collections.loans)), ("bucket", collections.buckets.min() ?? 0),
        ]
        if let (name, _) = signed.first(where: { $0.1 < 0 }) { throw .negative(name) }
        let (expected, stated) = try amounts { () throws(AmountError) in
            (
                try pool.minus(collections.principal).minus(collections.losses),
                try collections.outstanding()
            )
        }
        guard expected == stated else {
            throw .balanceDoesNotFollow(expected: expected, stated: stated)
        }
    }

    private func amounts<Value>(_ body: () throws(AmountError) -> Value)
        throws(PaymentError) -> Value
    {
        do { return try body() } catch { throw .amount(error) }
    }

    /// What the servicer pays for the pool; nil when it does not buy it.
    private func callPrice(_ collections: PeriodCollections) throws(AmountError) -> Int64? {
        let closing = try collections.outstanding()
        guard let cleanUp = terms.cleanUp, closing > 0,
            !Fraction.isAbove(closing, of: terms.poolPrincipal, cleanUp.atMost),
            collections.isCalled || cleanUp.isAutomatic
        else { return nil }
        return try cleanUp.price.price(
            principal: closing, claims: try closing.plus(collections.accrued))
    }
}
