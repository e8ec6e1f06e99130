package import BusinessCalendar
package import LendingRules
internal import Operations
package import Reconciling

extension SQLReconciliations {
    /// Numbers told before a date, in number and loan order.
    package func loans(
        numbered numbers: Set<String>, by party: PartyID, before date: BusinessDate
    ) async throws -> [LoanNumber] {
        try await engine.read { connection in
            var found: Set<LoanNumber> = []
            for number in numbers.sorted() {
                found.formUnion(
                    try connection.all(
                        """
                        SELECT DISTINCT loan FROM partner_loan_number
                        WHERE party = ?1 AND number = ?2 AND date < ?3 ORDER BY loan
                        """, [.text(party.name), .text(number), .date(date)]
                    ) { row throws(StoreError) in
                        LoanNumber(number: number, loan: try row.text(0))
                    })
            }
            return found.sorted { ($0.number, $0.loan) < ($1.number, $1.loan) }
        }
    }

    /// The last balances before a date, in the order of the loans asked for.
    package func stated(
        by party: PartyID, of loans: [String], before date: BusinessDate
    ) async throws -> [StatedBalance] {
        try await engine.read { connection in
            let gap = try connection.first(
                """
                SELECT b.date FROM business_day b
                LEFT JOIN reconciliation r ON r.party = ?1 AND r.date = b.date
                WHERE b.date < ?2 AND b.state = 2 AND COALESCE(r.state, 0) <= 1
                ORDER BY b.date DESC LIMIT 1
                """, [.text(party.name), .date(date)]
            ) { row throws(StoreError) in try row.date(0) }
            var balances: [StatedBalance] = []
            for loan in loans {
                let last = try connection.first(
                    """
                    SELECT loan, date, currency, stated, expected FROM stated_balance
                    WHERE party = ?1 AND loan = ?2 AND date < ?3 ORDER BY date DESC LIMIT 1
                    """, [.text(party.name), .text(loan), .date(date)], StatedBalances.read)
                if let last, gap.map({ last.date >= $0 }) ?? true { balances.append(last) }
            }
            return balances
        }
    }
}

/// How a stated balance lies in a row.
enum StatedBalances {
    /// The balance in a row of loan, date, currency, stated and expected.
    static func read(_ row: borrowing Row) throws(StoreError) -> StatedBalance {
        StatedBalance(
            loan: try row.text(0), date: try row.date(1), currency: try row.currency(2),
            stated: try row.int64(3), expected: try row.int64(4))
    }
}
