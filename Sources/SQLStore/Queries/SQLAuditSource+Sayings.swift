package import BusinessCalendar
private import LendingRules
package import Operations
private import Reconciling

/// What partners have said, as it was kept.
extension SQLAuditSource {
    /// Balances that partners stated of a date, in party and loan order.
    package func statedBalances(on date: BusinessDate) async throws -> [PartnerBalance] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT loan, date, currency, stated, expected, party FROM stated_balance
                WHERE date = ?1 ORDER BY party, loan
                """, [.date(date)]
            ) { row throws(StoreError) in
                PartnerBalance(party: try row.party(5), balance: try StatedBalances.read(row))
            }
        }
    }

    /// Partners' own numbers of loans, in party, date, number and loan order.
    package func partnerLoanNumbers() async throws -> [PartnerLoanNumber] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT party, date, number, loan FROM partner_loan_number
                ORDER BY party, date, number, loan
                """, []
            ) { row throws(StoreError) in
                PartnerLoanNumber(
                    party: try row.party(0), date: try row.date(1),
                    number: LoanNumber(number: try row.text(2), loan: try row.text(3)))
            }
        }
    }
}
