package import BusinessCalendar
package import LendingRules
package import Operations

// Recording of repayments and reversals.

extension SQLIntake: RepaymentIntakeStore {
    package func loans(_ ids: [LoanID]) async throws -> [LoanID: ServicedLoan] {
        try await engine.read { connection in
            var loans: [LoanID: ServicedLoan] = [:]
            for id in Set(ids) { loans[id] = try Self.loan(id, connection) }
            return loans
        }
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when a payment is recorded with other
    /// content, one to be reversed is reversed already, a decision came in between or a note of a
    /// line that is paid has changed since it was read.
    @discardableResult
    package func record(
        _ facts: [NewFact], keys: [NewKey], seen: [LoanID: Int], on date: BusinessDate
    ) async throws -> Int {
        let openDate = openDate
        return try await engine.write { connection in
            try openDate.require(date, connection)
            let new = try NewFactRows.unrecorded(of: facts, connection)
            let newKeys = try NewFactRows.unrecorded(of: keys, connection)
            if new.isEmpty && newKeys.isEmpty { return 0 }
            for (loan, seen) in seen.sorted(by: { $0.key < $1.key }) {
                try Self.require(seen, factsOf: loan, connection)
            }
            try Self.requireUndecided(new, connection)
            try NewFactRows.insert(new, newKeys, connection)
            return new.count(where: \.isWhole) + newKeys.count
        }
    }

    /// A decision stands with its amounts: what counts from before it would change them.
    private static func requireUndecided(
        _ facts: [NewFact], _ connection: borrowing Connection
    ) throws(StoreError) {
        for (loan, new) in Dictionary(grouping: facts, by: \.loan) {
            let decision = try connection.first(
                "SELECT \(Facts.columns) FROM fact f WHERE f.shard = ?1 AND f.loan = ?2"
                    + " AND f.\(Facts.decides)"
                    + " ORDER BY f.value_date DESC, f.instant DESC, f.fact DESC LIMIT 1",
                SQLValue.loan(loan), Facts.read)
            guard let decision else { continue }
            if new.contains(where: { $0.fact < decision }) {
                throw .overtaken(record: "loan \(loan)")
            }
        }
    }

    private static func loan(
        _ id: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> ServicedLoan? {
        let facts = try LoanFacts.all(of: id, connection)
        let payments = payments(in: facts)
        return try connection.first(
            """
            SELECT currency, disbursed_on, agreement_version, product_version FROM loan
            WHERE shard = ?1 AND loan = ?2
            """, SQLValue.loan(id)
        ) { row throws(StoreError) in
            ServicedLoan(
                currency: try row.currency(0), disbursedOn: try row.dateOrNil(1),
                agreementVersion: TermsVersion(try row.text(2)),
                productVersion: TermsVersion(try row.text(3)), payments: payments, facts: facts)
        }
    }

    private static func payments(in facts: [LoanFact]) -> [String: RecordedPayment] {
        var reversed: Set<String> = []
        for fact in facts {
            if case .reversal(let payment) = fact.kind { reversed.insert(payment) }
        }
        var payments: [String: RecordedPayment] = [:]
        for fact in facts {
            guard case .repayment(let amount) = fact.kind else { continue }
            payments[fact.id] = RecordedPayment(
                amount: amount, isReversed: reversed.contains(fact.id))
        }
        return payments
    }
}
