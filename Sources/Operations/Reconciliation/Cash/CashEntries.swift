import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

/// The platform's entries for cash that is under way and cash that has come (RULES § 8).
enum CashEntries {
    /// What borrowers paid is in transit until a statement shows it, 1020 against 1010; what goes
    /// to them, and comes back, is a payout in flight, 2020 against 1010.
    static func transit(_ batches: [CashBatch], _ book: CashBook, on date: BusinessDate)
        -> [LedgerRow]
    {
        batches.flatMap { batch in
            [(batch.kind.account, batch.gross), (.cash, -batch.gross)].compactMap {
                book.row($0, $1, batch.currency, .transit, on: date)
            }
        }
    }

    /// What a statement shows: money on the account, the channel's fee, and less under way.
    static func arrived(_ postings: [CashPosting], _ book: CashBook, on date: BusinessDate)
        throws(AmountError) -> [LedgerRow]
    {
        var sums: [Line: Int64] = [:]
        for posting in postings {
            let lines: [(Account, Int64)] = [
                (.cash, posting.amount), (.collectionCost, posting.fee),
                (posting.kind.account, try Int64(0).minus(posting.amount).minus(posting.fee)),
            ]
            for (account, amount) in lines {
                let line = Line(account: account, currency: posting.currency)
                sums[line] = try sums[line, default: 0].plus(amount)
            }
        }
        return sums.compactMap { book.row($0.account, $1, $0.currency, .cash, on: date) }.sorted()
    }

    private struct Line: Hashable {
        let account: Account
        let currency: Currency
    }
}

extension CashExpectation.Kind {
    /// Where money of the kind is until a statement shows it.
    fileprivate var account: Account { self == .transfer ? .cashInTransit : .payoutInFlight }
}

/// Where cash entries stand: the platform's book, in the shard of the account's name.
struct CashBook: Hashable {
    let platform: PartyID
    let shard: UInt16

    init(platform: PartyID, shard: UInt16) {
        self.platform = platform
        self.shard = shard
    }

    init(platform: PartyID, account: PartyID, surroundings: Surroundings) {
        self.platform = platform
        shard = surroundings.shard(account.name)
    }

    /// A row of the ledger; nil when there is nothing to post.
    func row(
        _ account: Account, _ amount: Int64, _ currency: Currency, _ kind: EntryKind,
        on date: BusinessDate
    ) -> LedgerRow? {
        guard amount != 0 else { return nil }
        return LedgerRow(
            date: date, shard: shard, kind: kind, agreement: "",
            posting: Posting(
                book: platform.book, account: account, currency: currency, amount: amount))
    }
}
