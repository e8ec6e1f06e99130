package import BusinessCalendar
package import Monetary

/// A pool as it was agreed on: what it is made of, who buys it at what price, and the notes on it.
package struct PoolPlan: Hashable, Sendable {
    package let name: String
    /// At its end shares are chosen and counted.
    package let cutOff: BusinessDate
    /// At its end they change hands.
    package let settlesOn: BusinessDate
    /// The vehicle.
    package let buyer: PartyID
    package let price: PoolPrice
    package let criteria: PoolCriteria
    package let limits: [PoolLimit]
    /// The most principal that it takes, minor units; nil for all there is.
    package let target: Int64?
    /// Nil for a pool whose buyer issues none.
    package let notes: PoolNotes?

    package init(
        name: String, cutOff: BusinessDate, settlesOn: BusinessDate, buyer: PartyID,
        price: PoolPrice, criteria: PoolCriteria, limits: [PoolLimit] = [], target: Int64? = nil,
        notes: PoolNotes? = nil
    ) {
        self.name = name
        self.cutOff = cutOff
        self.settlesOn = settlesOn
        self.buyer = buyer
        self.price = price
        self.criteria = criteria
        self.limits = limits
        self.target = target
        self.notes = notes
    }

    package var currency: Currency { criteria.currency }

    /// How it is selected.
    package var terms: PoolTerms {
        PoolTerms(cutOff: cutOff, criteria: criteria, limits: limits, target: target)
    }

    /// How it is sold.
    package var sale: PoolSaleTerms {
        PoolSaleTerms(
            pool: name, buyer: buyer, cutOff: cutOff, settlesOn: settlesOn, price: price)
    }

    /// The deal over so much principal, minor units; nil without notes.
    ///
    /// - Parameter unspent: What shares would have cost that were withdrawn at settlement.
    package func deal(over principal: Int64, unspent: Int64 = 0) -> DealTerms? {
        notes.map {
            DealTerms(
                name: name, currency: currency, cutOff: cutOff, issuedOn: settlesOn,
                poolPrincipal: principal, tranches: $0.tranches, principal: $0.principal,
                servicing: $0.servicing, expenses: $0.expenses, reserve: $0.reserve,
                triggers: $0.triggers, recoveriesWriteUp: $0.recoveriesWriteUp,
                cleanUp: $0.cleanUp, finalOn: $0.finalOn, residualHolder: $0.residualHolder,
                unspent: unspent)
        }
    }
}

/// The notes on a pool, and when they are paid.
package struct PoolNotes: Hashable, Sendable {
    /// The most senior first.
    package let tranches: [TrancheTerms]
    package var principal: PrincipalRule = .sequential
    package var servicing: ServicingFeeTerms?
    package var expenses: [ExpenseTerms] = []
    package var reserve: ReserveTerms?
    package var triggers: [PoolTrigger] = []
    package var recoveriesWriteUp = false
    package var cleanUp: CleanUpTerms?
    /// Who may buy the pool by a clean-up call.
    package var calledBy: PartyID?
    package let payments: PaymentCalendar
    package let finalOn: BusinessDate
    package let residualHolder: PartyID

    package init(
        tranches: [TrancheTerms], payments: PaymentCalendar, finalOn: BusinessDate,
        residualHolder: PartyID
    ) {
        self.tranches = tranches
        self.payments = payments
        self.finalOn = finalOn
        self.residualHolder = residualHolder
    }
}
