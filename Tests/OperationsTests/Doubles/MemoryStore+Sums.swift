import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: LedgerSums {
    func sums(from: BusinessDate, through: BusinessDate) async throws -> [LedgerSum] {
        read { world in
            var sums: [LedgerSum: Int64] = [:]
            for row in world.ledgerRows where from <= row.date && row.date <= through {
                let key = LedgerSum(
                    date: row.date, kind: row.kind, agreement: row.agreement,
                    posting: row.of(0).posting)
                sums[key, default: 0] += row.posting.amount
            }
            return sums.filter { $0.value != 0 }.map { key, amount in
                LedgerSum(
                    date: key.date, kind: key.kind, agreement: key.agreement,
                    posting: Posting(
                        book: key.posting.book, account: key.posting.account,
                        counterparty: key.posting.counterparty, currency: key.posting.currency,
                        amount: amount))
            }.sortedByText
        }
    }
}
