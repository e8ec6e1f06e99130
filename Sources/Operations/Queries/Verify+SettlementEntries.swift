import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

extension Verify {
    /// Adds what a settlement's events book, by the date they were booked on.
    func book(_ settlement: Settlement, _ postings: inout [BusinessDate: [Posting]])
        throws(SettlementRefusal)
    {
        guard let first = settlement.events.first else { return }
        var machine = try SettlementMachine(amount: settlement.amount, first.event)
        for booked in settlement.events.dropFirst() {
            for effect in try machine.apply(booked.event) {
                postings[booked.bookedOn, default: []] += effect.postings(
                    between: platform, and: settlement.id.party, in: settlement.id.currency)
            }
        }
    }

    /// The entries of settlements on a date are those that their events make.
    func checkEntries(_ expected: [Posting], on date: BusinessDate) async throws -> Divergence? {
        let stored = try await books.entries(from: date, through: date, book: nil)
            .filter { $0.kind == .settlement }.map(\.posting)
        if try Verify.sums(expected) == Verify.sums(stored) { return nil }
        return Divergence(
            .settlements, on: date, at: "entries",
            "the entries of settlements are not those of their events")
    }

    /// Closed dates, and those after them on which entries may stand already: closing and open.
    static func booking(_ closed: [BusinessDate]) -> Set<BusinessDate> {
        guard let last = closed.max() else { return [] }
        return Set(closed).union([last.adding(days: 1), last.adding(days: 2)])
    }

    func divergence(_ id: SettlementID, _ detail: String) -> Divergence {
        Divergence(.settlements, on: id.settlesOn, at: id.description, detail)
    }

    static func sums(_ postings: [Posting]) throws(AmountError) -> [EntryLine: Int64] {
        var sums: [EntryLine: Int64] = [:]
        for posting in postings {
            let line = EntryLine(posting)
            sums[line] = try sums[line, default: 0].plus(posting.amount)
        }
        return sums.filter { $0.value != 0 }
    }
}

/// A line of the ledger without its amount, shard and agreement.
struct EntryLine: Hashable {
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
