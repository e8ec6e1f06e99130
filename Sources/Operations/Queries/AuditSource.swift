package import BusinessCalendar
package import LendingRules

/// What `verify` reads to recompute everything from facts; each method is one read transaction.
package protocol AuditSource: Sendable {
    /// Closed dates with their log heads, oldest first.
    func closedDays() async throws -> [ClosedDay]
    /// Disbursed loans in shard and loan order after `loan`, with all their facts.
    func dossiers(after loan: LoanID?, limit: Int) async throws -> [LoanDossier]
    /// Requests of every loan with their states, in key order.
    func requests() async throws -> [HeldRequest]
    /// Balance rows of a date, in loan and lender order.
    func balances(on date: BusinessDate) async throws -> [LenderBalance]
    /// SHA-256 over the canonical rows of all business tables, in hexadecimal.
    func digest() async throws -> String
}
