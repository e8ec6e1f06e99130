internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// Puts together what a loan's position is computed from.
enum LoanDossiers {
    /// The dossier of a disbursed loan with facts booked up to a date (nil: all).
    ///
    /// Throws `StoreError.missing` when the loan is not booked or not disbursed.
    static func dossier(
        of loan: LoanID, bookedThrough date: BusinessDate?, _ connection: borrowing Connection
    ) throws(StoreError) -> LoanDossier {
        let found = try connection.first(
            "SELECT \(LoanRecords.columns), l.disbursed_on FROM loan l"
                + " WHERE l.shard = ?1 AND l.loan = ?2 AND l.disbursed_on IS NOT NULL",
            SQLValue.loan(loan)
        ) { row throws(StoreError) in
            (try LoanRecords.read(row), try row.date(LoanRecords.end))
        }
        guard let (record, disbursedOn) = found else {
            throw .missing(record: "the disbursed loan \(loan)")
        }
        return LoanDossier(
            record: record, plan: try FundingShares.plan(of: loan, connection),
            disbursedOn: disbursedOn,
            facts: try LoanFacts.all(of: loan, bookedThrough: date, connection))
    }
}
