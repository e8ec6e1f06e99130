import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

extension Verify {
    /// Each settlement is the sum of the obligations it covers, no obligation is covered twice,
    /// and the entries of settlements are theirs.
    func checkSettlements(of closed: [BusinessDate]) async throws -> Divergence? {
        var owed: [CoveredDate: Int64] = [:]
        for date in closed {
            for obligation in try await source.obligations(on: date) {
                let key = CoveredDate(obligation)
                owed[key] = try owed[key, default: 0].plus(obligation.amount)
            }
        }
        let settlements = try await source.settlements().sorted(by: Verify.precedes)
        for settlement in settlements {
            if let found = try check(settlement, &owed) { return found }
        }
        let byDate = Dictionary(grouping: settlements, by: \.instructedOn)
        for date in Set(closed).union(byDate.keys).sorted() {
            let found = try await checkEntries(of: byDate[date] ?? [], on: date)
            if let found { return found }
        }
        return nil
    }

    /// Takes what the settlement covers out of `owed`, so that no other can cover it.
    private func check(_ settlement: KeptSettlement, _ owed: inout [CoveredDate: Int64])
        throws(AmountError) -> Divergence?
    {
        var sum: Int64 = 0
        for date in settlement.dates {
            guard let amount = owed.removeValue(forKey: CoveredDate(settlement, date)) else {
                return divergence(
                    settlement, "\(date) has no obligations or is covered twice")
            }
            sum = try sum.plus(amount)
        }
        if settlement.dates.isEmpty { return divergence(settlement, "it covers no date") }
        guard let amount = settlement.amount else {
            return divergence(settlement, "dates name it and it is not there")
        }
        if amount == sum { return nil }
        return divergence(
            settlement, "it is of \(amount), the dates it covers make \(sum)")
    }

    private func divergence(_ settlement: KeptSettlement, _ detail: String) -> Divergence {
        Divergence(
            .settlements, on: settlement.instructedOn,
            at: "\(settlement.party) \(settlement.currency)", detail)
    }

    private func checkEntries(of settlements: [KeptSettlement], on date: BusinessDate)
        async throws -> Divergence?
    {
        let expected = settlements.flatMap {
            Netting.postings(
                of: NetPosition(
                    party: $0.party, currency: $0.currency, amount: $0.amount ?? 0),
                platform: platform)
        }
        let stored = try await books.entries(from: date, through: date, book: nil)
            .filter { $0.kind == .settlement }.map(\.posting)
        if try Verify.sums(expected) == Verify.sums(stored) { return nil }
        return Divergence(
            .settlements, on: date, at: "entries",
            "the entries of settlements are not those of the instructions")
    }

    private static func sums(_ postings: [Posting]) throws(AmountError) -> [EntryLine: Int64] {
        var sums: [EntryLine: Int64] = [:]
        for posting in postings {
            let line = EntryLine(posting)
            sums[line] = try sums[line, default: 0].plus(posting.amount)
        }
        return sums.filter { $0.value != 0 }
    }

    private static func precedes(_ one: KeptSettlement, _ other: KeptSettlement) -> Bool {
        let first = one.dates.min() ?? one.instructedOn
        let second = other.dates.min() ?? other.instructedOn
        return (one.instructedOn, one.party, one.currency, first)
            < (other.instructedOn, other.party, other.currency, second)
    }
}

/// What one settlement covers of one date.
private struct CoveredDate: Hashable {
    let party: PartyID
    let currency: Currency
    let date: BusinessDate

    init(_ obligation: Obligation) {
        party = obligation.party
        currency = obligation.currency
        date = obligation.date
    }

    init(_ settlement: KeptSettlement, _ date: BusinessDate) {
        party = settlement.party
        currency = settlement.currency
        self.date = date
    }
}

/// A line of the ledger without its amount, shard and agreement.
private struct EntryLine: Hashable {
    let book: BookID
    let account: Account
    let counterparty: BookID?
    let currency: Currency

    init(_ posting: Posting) {
        book = posting.book
        account = posting.account
        counterparty = posting.counterparty
        currency = posting.currency
    }
}
