package import BusinessCalendar
package import Monetary

/// What noteholders and servicer of a securitised pool have agreed on.
package struct DealTerms: Hashable, Sendable {
    package let name: String
    package let currency: Currency
    /// At its end the pool was counted; the first collection period begins the day after.
    package let cutOff: BusinessDate
    /// From when on the tranches bear interest, usually the settlement date of the sale.
    package let issuedOn: BusinessDate
    /// Principal of the pool at the end of the cut-off date, minor units.
    package let poolPrincipal: Int64
    /// The most senior first.
    package let tranches: [TrancheTerms]
    package let principal: PrincipalRule
    package let servicing: ServicingFeeTerms?
    /// Paid after the servicing fee and before the tranches, in order.
    package let expenses: [ExpenseTerms]
    package let reserve: ReserveTerms?
    package let triggers: [PoolTrigger]
    /// Whether recoveries give tranches back what losses took of their balances, the most senior
    /// first; their cash is principal either way.
    package let recoveriesWriteUp: Bool
    package let cleanUp: CleanUpTerms?
    /// The payment date on or after which everything is due.
    package let finalOn: BusinessDate
    /// Who has what is left over on each payment date: the equity.
    package let residualHolder: PartyID
    /// Of what the notes have brought: what shares would have cost that were withdrawn at
    /// settlement, minor units. The first payment date pays it back as principal.
    package let unspent: Int64

    package init(
        name: String, currency: Currency, cutOff: BusinessDate, issuedOn: BusinessDate,
        poolPrincipal: Int64, tranches: [TrancheTerms], principal: PrincipalRule = .sequential,
        servicing: ServicingFeeTerms? = nil, expenses: [ExpenseTerms] = [],
        reserve: ReserveTerms? = nil, triggers: [PoolTrigger] = [],
        recoveriesWriteUp: Bool = false, cleanUp: CleanUpTerms? = nil, finalOn: BusinessDate,
        residualHolder: PartyID, unspent: Int64 = 0
    ) {
        self.name = name
        self.currency = currency
        self.cutOff = cutOff
        self.issuedOn = issuedOn
        self.poolPrincipal = poolPrincipal
        self.tranches = tranches
        self.principal = principal
        self.servicing = servicing
        self.expenses = expenses
        self.reserve = reserve
        self.triggers = triggers
        self.recoveriesWriteUp = recoveriesWriteUp
        self.cleanUp = cleanUp
        self.finalOn = finalOn
        self.residualHolder = residualHolder
        self.unspent = unspent
    }
}

/// To whom principal goes.
package enum PrincipalRule: Hashable, Sendable {
    /// One tranche after the other, the most senior first.
    case sequential
    /// To so many of the first tranches by their balances, then one after the other.
    case proRata(tranches: Int)
}

/// What the servicer has for its work.
package struct ServicingFeeTerms: Hashable, Sendable {
    package let payee: PartyID
    /// On the principal of the pool at the beginning of the collection period.
    package let rate: AnnualRate
    package let dayCount: DayCount

    package init(payee: PartyID, rate: AnnualRate, dayCount: DayCount = .actual365Fixed) {
        self.payee = payee
        self.rate = rate
        self.dayCount = dayCount
    }
}

/// What is owed to a trustee, agent or agency on every payment date.
package struct ExpenseTerms: Hashable, Sendable {
    package let name: String
    package let payee: PartyID
    /// Minor units.
    package let amount: Int64

    package init(name: String, payee: PartyID, amount: Int64) {
        self.name = name
        self.payee = payee
        self.amount = amount
    }
}

/// The servicer's right to buy what is left of a pool that has become small.
package struct CleanUpTerms: Hashable, Sendable {
    /// The pool's principal is at most this part of that at the cut-off.
    package let atMost: Share
    package let price: PoolPrice
    /// Whether it is done on the first date on which it may be; otherwise the servicer says so.
    package let isAutomatic: Bool
    /// How many of the first tranches the call must repay in full with their interest.
    package let repays: Int

    package init(
        atMost: Share, price: PoolPrice = .parPlusAccrued, isAutomatic: Bool = false,
        repays: Int = 0
    ) {
        self.atMost = atMost
        self.price = price
        self.isAutomatic = isAutomatic
        self.repays = repays
    }
}

/// Why terms of a deal cannot be.
package enum DealTermsError: Error, Hashable {
    /// There are none, one has no name or no principal, or a name stands twice.
    case unusableTranches
    /// A number of first tranches is less than one or more than there are; of what.
    case unusableCount(String)
    /// An amount is below zero, the pool is nothing, or the sum does not fit in 64 bits; of what.
    case unusableAmount(String)
    /// Cut-off, issue and final date do not follow each other.
    case unusableDates
}

extension DealTerms {
    /// Whether the terms can be paid by.
    ///
    /// - Throws: ``DealTermsError``.
    package func check() throws(DealTermsError) {
        guard cutOff <= issuedOn, issuedOn < finalOn else { throw .unusableDates }
        let names = tranches.map(\.name)
        guard !tranches.isEmpty, Set(names).count == names.count, !names.contains(""),
            tranches.allSatisfy({ $0.original > 0 })
        else { throw .unusableTranches }
        try checkCounts()
        try checkAmounts()
    }

    private func checkCounts() throws(DealTermsError) {
        func check(_ count: Int?, from least: Int = 1, _ name: String) throws(DealTermsError) {
            let allowed = least...tranches.count
            if let count, !allowed.contains(count) { throw .unusableCount(name) }
        }
        if case .proRata(let count) = principal { try check(count, "principal") }
        try check(reserve?.seniorTranches, "reserve")
        try check(cleanUp?.repays, from: 0, "clean-up")
        for trigger in triggers { try check(trigger.test.tranches, trigger.name) }
    }

    private func checkAmounts() throws(DealTermsError) {
        guard poolPrincipal > 0 else { throw .unusableAmount("pool") }
        var amounts = [("pool", poolPrincipal), ("unspent", unspent)]
        amounts += tranches.map { ($0.name, $0.original) }
        amounts += expenses.map { ($0.name, $0.amount) }
        if let reserve {
            amounts.append(("reserve", reserve.initial))
            switch reserve.target {
            case .amount(let amount), .pool(_, let amount): amounts.append(("reserve", amount))
            }
        }
        var total: Int64 = 0
        for (name, amount) in amounts {
            guard amount >= 0 else { throw .unusableAmount(name) }
            do { total = try total.plus(amount) } catch { throw .unusableAmount(name) }
        }
    }
}
