package import BusinessCalendar
package import LendingRules
package import Operations

/// Recording of repayments and reversals in the store.
package struct SQLRepaymentIntake: RepaymentIntakeStore {
    private let engine: any SQLEngine
    private let openDate: OpenDate

    /// A store that is empty is open on `firstDate`.
    package init(engine: any SQLEngine, firstDate: BusinessDate) {
        self.engine = engine
        openDate = OpenDate(first: firstDate)
    }

    package func openDate() async throws -> BusinessDate {
        let openDate = openDate
        return try await engine.read { connection in try openDate.read(connection) }
    }

    package func known(_ payments: [String]) async throws -> [String: String] {
        try await engine.read { connection in
            var hashes: [String: String] = [:]
            for payment in payments {
                hashes[payment] = try connection.first(
                    "SELECT content_hash FROM fact_key WHERE shard = ?1 AND fact = ?2",
                    [.int64(shard(of: payment)), .text(payment)]
                ) { row throws(StoreError) in try row.text(0) }
            }
            return hashes
        }
    }

    package func loans(_ ids: [LoanID]) async throws -> [LoanID: ServicedLoan] {
        try await engine.read { connection in
            var loans: [LoanID: ServicedLoan] = [:]
            for id in Set(ids) { loans[id] = try Self.loan(id, connection) }
            return loans
        }
    }

    /// Throws `StoreError.dateNotOpen`, `.constraint` when a payment is recorded already, or
    /// `.overtaken` when one to be reversed is reversed already.
    package func record(_ facts: [NewFact], on date: BusinessDate) async throws {
        let openDate = openDate
        try await engine.write { connection in
            try openDate.require(date, connection)
            try connection.bulkInsert(into: .factKey, rows: facts.count) {
                index, writer throws(StoreError) in
                writer.int64(shard(of: facts[index].fact.id))
                writer.text(facts[index].fact.id)
                writer.text(facts[index].loan.text)
                writer.text(facts[index].contentHash)
            }
            var repayments: [NewFact] = []
            for new in facts {
                guard case .reversal(let payment) = new.fact.kind else {
                    repayments.append(new)
                    continue
                }
                try Self.reverse(payment, new, connection)
            }
            try connection.bulkInsert(into: .fact, rows: repayments.count) {
                index, writer throws(StoreError) in
                let new = repayments[index]
                Facts.write(new.fact, of: new.loan, channel: new.channel, writer)
            }
        }
    }

    /// Another import may have reversed the payment since this one looked.
    private static func reverse(
        _ payment: String, _ new: NewFact, _ connection: borrowing Connection
    ) throws(StoreError) {
        let added = try connection.batch(
            Table.fact.insertion(unlessIn: .reversal), rows: 1
        ) { _, writer throws(StoreError) in
            Facts.write(new.fact, of: new.loan, channel: new.channel, writer)
        }
        guard added == 1 else {
            throw .overtaken(record: "payment \(payment), which is reversed already,")
        }
    }

    private static func loan(
        _ id: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> ServicedLoan? {
        let payments = try payments(of: id, connection)
        return try connection.first(
            """
            SELECT currency, disbursed_on, agreement_version FROM loan
            WHERE shard = ?1 AND loan = ?2
            """, SQLValue.loan(id)
        ) { row throws(StoreError) in
            ServicedLoan(
                currency: try row.currency(0), disbursedOn: try row.dateOrNil(1),
                agreementVersion: TermsVersion(try row.text(2)), payments: payments)
        }
    }

    private static func payments(
        of loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> [String: RecordedPayment] {
        let facts = try LoanFacts.all(of: loan, connection)
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
