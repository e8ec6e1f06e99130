import BusinessCalendar
import LendingRules
import Monetary

extension PoolOffice {
    /// Where pools first differ from what follows from them: the prices of a selection, what its
    /// sale asked the closes for and what these made of it, and what payment dates were computed
    /// from. Nil when all agrees.
    func divergence() async throws -> Divergence? {
        for head in try await store.heads() {
            func differs(_ detail: String) -> Divergence {
                Divergence(.pools, on: head.cutOff, at: head.name, detail)
            }
            guard let plan = read(head.terms), plan.name == head.name,
                let pool = try await store.pool(head.name)
            else { return differs("its kept terms say no such pool") }
            let priced = try priced(pool.shares.map { ($0.share, $0.claims) }, plan.sale)
            if priced != pool.shares { return differs("its prices do not follow from its claims") }
            let book = try await PoolBook(self, pool, plan)
            if let share = wronglyOrdered(book) {
                return differs("what was asked of the close for share \(share) is not its sale")
            }
            if let share = try await lost(book) {
                return differs("share \(share) was neither sold nor withdrawn at settlement")
            }
            do {
                if let detail = try await wrongPayment(book) { return differs(detail) }
            } catch let fault as PoolFault {
                return differs(fault.sentence)
            }
        }
        return nil
    }

    /// The first share whose instruction is not that of its sale; a pool that is not sold has none.
    private func wronglyOrdered(_ book: PoolBook) -> ShareID? {
        let pool = book.pool
        return pool.shares.first { share in
            let wanted = instruction(
                share, of: pool.name, to: book.plan.buyer, countedOn: pool.cutOff,
                goesOn: pool.settlesOn, bookedOn: pool.soldOn ?? pool.head.keptOn)
            let found = book.facts(of: share.share.loan).first { $0.id == wanted.fact.id }
            return found != (pool.soldOn == nil ? nil : wanted.fact)
        }?.share
    }

    /// The first share that a settlement date has lost: each was sold, or there is a row that says
    /// that it was not there.
    private func lost(_ book: PoolBook) async throws -> ShareID? {
        let last = try await days.status().lastClosed?.date
        guard let last, book.pool.soldOn != nil, book.pool.settlesOn <= last else { return nil }
        let gone = try await withdrawn(book)
        return book.unsold.first { !gone.contains($0) }
    }

    /// The same of the clean-up calls of a deal.
    private func lost(_ book: PoolBook, _ paid: PaidDeal) async throws -> ShareID? {
        for date in paid.dates where date.report.isCalled {
            let call = try date.payment.call(book.plan, book.pool.name)
            if call.goesOn == paid.callSettlesOn { continue }
            let left = try book.unsold(by: call)
            let gone = try await store.withdrawn(left, to: call.caller, on: call.goesOn)
            if let share = left.first(where: { !gone.contains($0) }) { return share }
        }
        return nil
    }

    /// What is wrong with the payment dates of a pool, each recomputed from the facts that the
    /// closes of its period knew, and with what calls have bought.
    private func wrongPayment(_ book: PoolBook) async throws -> String? {
        let payments = try await store.payments(of: book.pool.name).map(\.collections)
        if payments.isEmpty { return nil }
        for payment in payments {
            let computed = try book.collections(
                from: payment.from, to: payment.to, paysOn: payment.paysOn,
                isCalled: payment.isCalled)
            if computed != payment {
                return "the collections of payment date \(payment.paysOn) are not those computed"
            }
        }
        let paid = try await deal(book)
        return try await lost(book, paid).map {
            "share \($0) was called, and neither sold nor withdrawn"
        }
    }
}
