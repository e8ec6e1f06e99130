package import BusinessCalendar
package import LendingRules
import Monetary

extension PoolOffice {
    /// The deal after its payment dates so far.
    ///
    /// - Throws: ``PoolFault``.
    package func deal(_ name: String) async throws -> PaidDeal {
        let (pool, plan) = try await kept(name)
        return try await deal(try await PoolBook(self, pool, plan))
    }

    /// Pays the notes on their next payment date, once, from what was collected for it.
    ///
    /// - Parameter date: The payment date that is meant; nil for the next one.
    /// - Throws: ``PoolFault``.
    package func pay(
        _ name: String, on date: BusinessDate? = nil, isCalled: Bool = false,
        isDryRun: Bool = false
    ) async throws -> PaymentReport {
        let (pool, plan) = try await kept(name)
        guard let notes = plan.notes else { throw PoolFault.withoutNotes(name) }
        let book = try await PoolBook(self, pool, plan)
        let paid = try await deal(book)
        var deal = paid.deal
        if let date = paid.callSettlesOn { throw PoolFault.notSettled(name, date) }
        if deal.isClosed { throw PoolFault.payment(name, .closed) }
        let number = deal.payments + 1
        let next = notes.payments.payment(number)
        if let date, date != next.paysOn {
            throw PoolFault.notNext(name, next.paysOn, asked: date)
        }
        try await requireClosed(next.to, of: name)
        let collections = try book.collections(
            from: deal.collectedTo.adding(days: 1), to: next.to, paysOn: next.paysOn,
            isCalled: isCalled)
        let report = try deal.paying(collections, of: name)
        let payment = KeptPoolPayment(
            number: number, recordedOn: try await days.status().open,
            booked: paid.dates.first?.payment.booked ?? booked, collections: collections)
        let facts = report.isCalled ? try orders(of: try payment.call(plan, name), book) : []
        if !isDryRun {
            let entries = try entries(of: report, payment, deal.terms, plan)
            surroundings.crashPoint(.poolsBeforePayment)
            try await store.pay(name, payment, facts, entries)
            surroundings.crashPoint(.poolsAfterPayment)
        }
        return report
    }

    func deal(_ book: PoolBook) async throws -> PaidDeal {
        let (pool, plan) = (book.pool, book.plan)
        guard plan.notes != nil else { throw PoolFault.withoutNotes(pool.name) }
        let last = try await days.status().lastClosed?.date
        guard pool.soldOn != nil, let last, pool.settlesOn <= last else {
            throw PoolFault.notSettled(pool.name, pool.settlesOn)
        }
        guard let terms = plan.deal(over: book.principal, unspent: book.unspent) else {
            throw PoolFault.withoutNotes(pool.name)
        }
        if book.isEmpty {
            throw PoolFault.unusable(pool.name, "none of its shares was there at settlement")
        }
        var deal: PoolDeal
        do throws(DealTermsError) {
            deal = try PoolDeal(terms)
        } catch {
            throw PoolFault.unusable(pool.name, "\(error)")
        }
        var dates: [PaidDeal.Date] = []
        var callSettlesOn: BusinessDate?
        var hasLeft = false
        for payment in try await store.payments(of: pool.name) {
            let report = try deal.paying(payment.collections, of: pool.name)
            dates.append(PaidDeal.Date(payment: payment, report: report))
            guard report.isCalled else { continue }
            let call = try payment.call(plan, pool.name)
            callSettlesOn = call.goesOn > last ? call.goesOn : nil
            // What was not there to be bought is the vehicle's, and so the notes', still.
            hasLeft = try callSettlesOn == nil && !book.unsold(by: call).isEmpty
            if hasLeft { try deal.reopen(after: report) }
        }
        return PaidDeal(
            deal: deal, dates: dates, callSettlesOn: callSettlesOn, hasLeft: hasLeft)
    }

    /// The clean-up call: every share goes to who calls.
    private func orders(of call: PoolCall, _ book: PoolBook) throws -> [NewFact] {
        let price = book.plan.notes?.cleanUp?.price ?? .parPlusAccrued
        let sale = PoolSaleTerms(
            pool: book.pool.name, buyer: call.caller, cutOff: call.countedOn,
            settlesOn: call.goesOn, price: price)
        return try priced(try book.held(at: call.countedOn), sale).map {
            instruction(
                $0, of: book.pool.name, to: call.caller, countedOn: call.countedOn,
                goesOn: call.goesOn, bookedOn: call.madeOn)
        }
    }
}

extension KeptPoolPayment {
    /// The clean-up call that it has made.
    ///
    /// - Throws: ``PoolFault`` where nobody may call.
    func call(_ plan: PoolPlan, _ pool: String) throws -> PoolCall {
        guard let caller = plan.notes?.calledBy, plan.notes?.cleanUp != nil else {
            throw PoolFault.payment(pool, .callNotAllowed)
        }
        return PoolCall(
            caller: caller, madeOn: recordedOn, countedOn: collections.to,
            goesOn: max(collections.paysOn, recordedOn))
    }
}

extension PoolDeal {
    /// - Throws: ``PoolFault/payment(_:_:)``.
    fileprivate mutating func paying(_ collections: PeriodCollections, of pool: String) throws
        -> PaymentReport
    {
        do throws(PaymentError) {
            return try pay(collections)
        } catch {
            throw PoolFault.payment(pool, error)
        }
    }
}
