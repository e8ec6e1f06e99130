internal import Bookkeeping
package import BusinessCalendar
internal import LendingRules
package import Operations

/// Loans on their way to disbursement in the store.
package struct SQLFundingCases: FundingCases {
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

    package func undecided() async throws -> [FundingCase] {
        try await engine.read { connection in
            let loans = try connection.all(
                "SELECT \(LoanRecords.columns), l.state FROM loan l WHERE state <= 2 ORDER BY loan"
            ) { row throws(StoreError) in
                (
                    record: try LoanRecords.read(row),
                    state: try LoanCodes.states.value(row, LoanRecords.end)
                )
            }
            var cases: [FundingCase] = []
            for loan in loans {
                cases.append(
                    FundingCase(
                        record: loan.record, state: loan.state,
                        plan: try FundingShares.plan(of: loan.record.loan, connection),
                        requests: try HeldRequests.all(of: loan.record.loan, connection)))
            }
            return cases
        }
    }

    /// A loan that is concluded already is left alone. Throws `StoreError.dateNotOpen`, or
    /// `.overtaken` when a request has changed since it was read.
    @discardableResult
    package func conclude(_ conclusions: [FundingConclusion], on date: BusinessDate) async throws
        -> ConcludedLoans
    {
        let openDate = openDate
        return try await engine.write { connection in
            try openDate.require(date, connection)
            var concluded = ConcludedLoans()
            for conclusion in conclusions {
                if let room = conclusion.room {
                    let shortages = try Self.shortages(of: room, connection)
                    concluded.short[conclusion.loan] = shortages.isEmpty ? nil : shortages
                    guard shortages.isEmpty else { continue }
                }
                var shift = try LimitShift(
                    of: conclusion.movesShares ? [conclusion.loan] : [], connection)
                guard try Self.conclude(conclusion, on: date, connection) else { continue }
                try shift.apply(connection)
                concluded.loans.insert(conclusion.loan)
            }
            return concluded
        }
    }

    /// The date is held alone, so nobody else takes or gives back meanwhile.
    private static func shortages(
        of room: NeededRoom, _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitShortage] {
        let ledger = LimitLedger(room.limits)
        let used = try ledger.used(of: Set(room.shares.slots), connection)
        var use = LimitUse(limits: room.limits, used: used)
        return use.take(
            [PlannedShare(party: room.shares.party, amount: room.amount)],
            agreement: room.shares.agreement, currency: room.shares.currency,
            on: room.shares.bookedOn)
    }

    /// False when the loan is concluded already.
    private static func conclude(
        _ conclusion: FundingConclusion, on date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        let loan = conclusion.loan
        let agreement = try connection.first(
            """
            UPDATE loan SET state = ?3, disbursed_on = ?4
            WHERE shard = ?1 AND loan = ?2 AND state <= 2 RETURNING agreement
            """,
            SQLValue.loan(loan) + [
                .int64(LoanCodes.states.code(conclusion.state)),
                .date(conclusion.disbursement?.valueDate),
            ]
        ) { row throws(StoreError) in try row.text(0) }
        guard let agreement else { return false }
        try RequestKey.require(conclusion.basis, connection)
        if let plan = conclusion.plan { try FundingShares.replace(plan, of: loan, connection) }
        for result in conclusion.requests {
            guard try RequestResults.store(result, now: 0, connection) else {
                throw .overtaken(record: "request \(result.held.request.key)")
            }
        }
        if let payout = conclusion.payout { try HeldPayouts.insert(payout, connection) }
        try FundingRows.post(
            conclusion.releases, conclusion.disbursement, of: loan, agreement, on: date, connection)
        return true
    }
}

extension FundingConclusion {
    /// Whether shares go back or to another lender, so that limits count them otherwise.
    fileprivate var movesShares: Bool {
        plan != nil || ![.payingOut, .disbursed].contains(state)
    }
}

/// What concluding a loan's funding or payout writes besides its state.
enum FundingRows {
    /// Releases of the memorandum, dated the open date, and the disbursement fact.
    static func post(
        _ releases: [Posting], _ disbursement: LoanFact?, of loan: LoanID, _ agreement: String,
        on date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) {
        let shard = UInt16(shard(of: loan.text))
        try LedgerRows.add(
            releases.map {
                LedgerRow(
                    date: date, shard: shard, kind: .commitment, agreement: agreement, posting: $0)
            }, connection)
        guard let fact = disbursement else { return }
        try connection.batch(Table.fact.insertion, rows: 1) { _, writer throws(StoreError) in
            Facts.write(fact, of: loan, channel: "", writer)
        }
    }
}

extension HeldRequests {
    /// The requests of a loan in key order.
    static func all(
        of loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> [HeldRequest] {
        try connection.all(
            select + "WHERE r.shard = ?1 AND r.loan = ?2 ORDER BY r.request_key",
            SQLValue.loan(loan), read)
    }
}
