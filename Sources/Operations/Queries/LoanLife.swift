import Bookkeeping
package import BusinessCalendar
package import LendingRules

/// One loan's life through a date: its position, and what every date of it posted.
///
/// Quiet dates in a row are taken together, which changes no amount: what dates post is the
/// difference of two positions, however far they lie apart.
package struct LoanLife: Hashable, Sendable {
    package let contract: LoanContract
    /// At the end of the date asked for.
    package let position: LoanPosition
    /// In date order; those that posted nothing are left out.
    package let stretches: [Stretch]

    /// Dates in a row and what they posted.
    package struct Stretch: Hashable, Sendable {
        package let from: BusinessDate
        package let through: BusinessDate
        package let postings: [KindedPosting]
    }

    /// The life through the end of `date`, from the facts booked by then.
    ///
    /// Nil when the loan was not disbursed yet.
    /// - Throws: ``ServicingError`` for facts that give no position.
    package init?(contract: LoanContract, facts: [LoanFact], through date: BusinessDate)
        throws(ServicingError)
    {
        let known = facts.filter { $0.bookingDate <= date }
        guard let start = known.first(where: { $0.kind == .disbursed })?.bookingDate else {
            return nil
        }
        let last = try contract.position(facts: known, at: date)
        let due = (contract.schedule.instalments + last.schedule.instalments).map(\.dueOn)
        let events = Set(due + known.map(\.bookingDate)).filter { $0 >= start && $0 <= date }
        var stretches: [Stretch] = []
        var before: LoanPosition?
        var next = start
        func post(through end: BusinessDate) throws(ServicingError) {
            let booked = known.filter { $0.bookingDate <= end }
            let after = try contract.position(facts: booked, at: end)
            let lines = LoanPostings.difference(of: contract, from: before, to: after)
            let postings = KindedPosting.merged(lines)
            if !postings.isEmpty {
                stretches.append(Stretch(from: next, through: end, postings: postings))
            }
            before = after
            next = end.adding(days: 1)
        }
        for event in events.sorted() {
            if event > next { try post(through: event.adding(days: -1)) }
            try post(through: event)
        }
        if date >= next { try post(through: date) }
        guard let before else { return nil }
        self.contract = contract
        self.position = before
        self.stretches = stretches
    }
}

extension KindedPosting {
    /// One posting for each kind, book, account and counterparty, in that order.
    fileprivate static func merged(_ lines: [KindedPosting]) -> [KindedPosting] {
        var sums: [KindedPosting: Int64] = [:]
        for line in lines { sums[line.of(0), default: 0] += line.posting.amount }
        return sums.filter { $0.value != 0 }.map { $0.key.of($0.value) }
            .sorted { $0.order.lexicographicallyPrecedes($1.order) }
    }

    private func of(_ amount: Int64) -> KindedPosting {
        KindedPosting(
            kind,
            Posting(
                book: posting.book, account: posting.account, counterparty: posting.counterparty,
                currency: posting.currency, amount: amount))
    }

    private var order: [String] {
        [
            kind.rawValue, posting.book.name, posting.account.description,
            posting.counterparty?.name ?? "",
        ]
    }
}
