internal import Bookkeeping
package import BusinessCalendar
package import LendingRules
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

    package func undecided(after loan: LoanID?, limit: Int) async throws -> [FundingCase] {
        try await engine.read { connection in
            let loans = try connection.all(
                Self.select + "AND l.loan > ?1 ORDER BY l.loan LIMIT ?2",
                [.text(loan?.text ?? ""), .int64(Int64(limit))], Self.readLoan)
            return try Self.cases(loans, connection)
        }
    }

    package func undecidedCount() async throws -> Int {
        try await engine.read { connection in
            try connection.first(
                "SELECT CAST(COUNT(*) AS BIGINT) FROM loan WHERE \(LoanCodes.isUndecided)"
            ) { row throws(StoreError) in try row.count(0) } ?? 0
        }
    }

    package func undecided(among loans: [LoanID]) async throws -> [FundingCase] {
        try await engine.read { connection in
            var found: [UndecidedLoan] = []
            try connection.queryEach(
                Self.select + "AND l.shard = ?1 AND l.loan = ?2", rows: loans.count
            ) { index, writer throws(StoreError) in
                writer.loan(loans[index])
            } _: { _, row throws(StoreError) in
                found.append(try Self.readLoan(row))
            }
            return try Self.cases(found, connection)
        }
    }

    typealias UndecidedLoan = (record: LoanRecord, state: LoanState)

    private static let select =
        "SELECT \(LoanRecords.columns), l.state FROM loan l WHERE l.\(LoanCodes.isUndecided) "

    /// A loan in a row of its record's columns and its state.
    static func readLoan(_ row: borrowing Row) throws(StoreError) -> UndecidedLoan {
        (
            record: try LoanRecords.read(row),
            state: try LoanCodes.states.value(row, LoanRecords.end)
        )
    }

    /// Loans with their shares and requests, which are read for all of them together.
    static func cases(
        _ loans: [UndecidedLoan], _ connection: borrowing Connection
    ) throws(StoreError) -> [FundingCase] {
        let records = loans.map(\.record)
        let plans = try FundingShares.plans(of: records.map(\.loan), connection)
        let requests = try HeldRequests.all(of: records, connection)
        return loans.indices.map {
            FundingCase(
                record: loans[$0].record, state: loans[$0].state, plan: plans[$0],
                requests: requests[$0])
        }
    }

    /// A loan that is concluded already is left alone, and so is one with a request that has
    /// changed since it was read. Throws `StoreError.dateNotOpen`, or `.overtaken` when no other is
    /// there.
    @discardableResult
    package func conclude(_ conclusions: [FundingConclusion], on date: BusinessDate) async throws
        -> ConcludedLoans
    {
        var left = conclusions
        while true {
            do {
                return try await concludeAll(left, on: date)
            } catch StoreError.overtaken(let record) {
                let stale = try await stale(left)
                left.removeAll { stale.contains($0.loan) }
                if stale.isEmpty || left.isEmpty { throw StoreError.overtaken(record: record) }
            }
        }
    }

    /// The loans whose requests no longer stand as conclusions rest on them.
    private func stale(_ conclusions: [FundingConclusion]) async throws -> Set<LoanID> {
        try await engine.read { connection in
            var stale: Set<LoanID> = []
            for conclusion in conclusions {
                do throws(StoreError) {
                    try RequestKey.require(
                        conclusion.basis + conclusion.requests.map(\.held), connection)
                    try Self.requireAll(conclusion, connection)
                } catch {
                    guard case .overtaken = error else { throw error }
                    stale.insert(conclusion.loan)
                }
            }
            return stale
        }
    }

    private func concludeAll(
        _ conclusions: [FundingConclusion], on date: BusinessDate
    ) async throws -> ConcludedLoans {
        let openDate = openDate
        return try await engine.write { connection in
            try openDate.require(date, connection)
            var concluded = ConcludedLoans()
            var plain: [FundingConclusion] = []
            var tally = LimitTally()
            for conclusion in conclusions {
                guard !conclusion.rooms.isEmpty || conclusion.movesShares else {
                    plain.append(conclusion)
                    continue
                }
                let room = try Self.room(for: conclusion.rooms, &tally, connection)
                let shortages = room.shortages
                concluded.short[conclusion.loan] = shortages.isEmpty ? nil : shortages
                guard shortages.isEmpty else { continue }
                // What is refused, or concluded already, leaves no trace.
                let isOpen = try HeardWords.isUndecided(
                    conclusion.loan, connection, lock: " {lock}")
                guard isOpen else { continue }
                for (slot, used) in room.begun where slot.begins(with: date) {
                    try LimitRows.insert(slot, used: used, connection)
                }
                var shift = try LimitShift(
                    of: conclusion.movesShares ? [conclusion.loan] : [], connection)
                let loans = try Self.conclude([conclusion], on: date, connection)
                if loans.isEmpty { continue }
                try shift.apply(&tally, connection)
                concluded.loans.formUnion(loans)
            }
            concluded.loans.formUnion(try Self.conclude(plain, on: date, connection))
            return concluded
        }
    }

    /// Where there is no room, and what is used of limits that have no row yet. The date is held
    /// alone, so nobody else takes or gives back meanwhile.
    private static func room(
        for rooms: [NeededRoom], _ tally: inout LimitTally, _ connection: borrowing Connection
    ) throws(StoreError) -> (shortages: [LimitShortage], begun: [(LimitSlot, Int64)]) {
        if rooms.isEmpty { return ([], []) }
        let limits = try ReserveRows.renewed(rooms.flatMap(\.limits), connection)
        let (used, missing) = try LimitLedger(limits).used(
            of: Set(rooms.flatMap(\.shares.slots)), &tally, connection)
        var use = LimitUse(limits: limits, used: used)
        let shortages = rooms.flatMap { room in
            use.take(
                [PlannedShare(party: room.shares.party, amount: room.amount)],
                agreement: room.shares.agreement, currency: room.shares.currency,
                on: room.shares.bookedOn, drawsReserve: room.shares.drawsReserve,
                traits: room.shares.traits)
        }
        return (shortages, missing.map { ($0, used[$0] ?? 0) })
    }

    /// Concludes loans together and returns them; not those that are concluded already.
    private static func conclude(
        _ conclusions: [FundingConclusion], on date: BusinessDate,
        _ connection: borrowing Connection
    ) throws(StoreError) -> [LoanID] {
        let changes = try connection.changesOfEach(
            """
            UPDATE loan SET state = ?3, disbursed_on = ?4
            WHERE shard = ?1 AND loan = ?2 AND \(LoanCodes.isUndecided)
            """, rows: conclusions.count
        ) { index, writer throws(StoreError) in
            writer.loan(conclusions[index].loan)
            writer.int64(LoanCodes.states.code(conclusions[index].state))
            writer.date(conclusions[index].disbursement?.valueDate)
        }
        let standing = conclusions.indices.filter { changes[$0] == 1 }.map { conclusions[$0] }
        try concludeRequests(of: standing, connection)
        for conclusion in standing { try concludeAlone(conclusion, connection) }
        try FundingRows.post(standing, on: date, connection)
        return standing.map(\.loan)
    }

    /// The requests of loans whose rows are held.
    private static func concludeRequests(
        of conclusions: [FundingConclusion], _ connection: borrowing Connection
    ) throws(StoreError) {
        // Those that change are seen to stand when they do.
        try RequestKey.require(conclusions.flatMap(\.unchanged), connection)
        try RequestResults.conclude(conclusions.flatMap(\.requests), connection)
    }

    private static func requireAll(
        _ conclusion: FundingConclusion, _ connection: borrowing Connection
    ) throws(StoreError) {
        guard conclusion.movesShares else { return }
        try RequestKey.requireAll(conclusion.basis, of: conclusion.loan, connection)
    }

    /// What few loans need.
    private static func concludeAlone(
        _ conclusion: FundingConclusion, _ connection: borrowing Connection
    ) throws(StoreError) {
        try requireAll(conclusion, connection)
        if !conclusion.asked.isEmpty {
            if conclusion.disbursement != nil {
                try RequestRows.insertRules(for: conclusion.asked, connection)
            }
            try RequestRows.insert(conclusion.asked.sorted { $0.key < $1.key }, connection)
        }
        if let plan = conclusion.plan {
            try FundingShares.replace(plan, of: conclusion.loan, connection)
        }
        if let payout = conclusion.payout { try HeldPayouts.insert(payout, connection) }
    }
}

extension FundingConclusion {
    /// Whether shares go back or to another lender, so that limits count them otherwise.
    fileprivate var movesShares: Bool {
        plan != nil || ![.payingOut, .disbursed, .transferring].contains(state)
    }

    /// The requests of its basis that it leaves as they are.
    fileprivate var unchanged: [HeldRequest] {
        // A loan has few requests: looking through them costs less than hashing them.
        basis.filter { request in !requests.contains { $0.held == request } }
    }
}

extension LimitSlot {
    /// Whether counting may begin with it while a date is open: no period that follows it has
    /// shares that were not counted.
    fileprivate func begins(with date: BusinessDate) -> Bool {
        start == nil || start == key.span.start(on: date)
    }
}

/// What concluding a loan's funding or payout writes besides its state.
enum FundingRows {
    /// Releases of the memorandum, dated the open date, and the disbursement fact.
    static func post(
        _ releases: [Posting], _ disbursement: LoanFact?, of loan: LoanID, _ agreement: String,
        on date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) {
        try LedgerRows.add(lines(releases, of: loan, agreement, on: date), connection)
        try record(disbursement.map { [(loan, $0)] } ?? [], connection)
    }

    /// The same for loans that are concluded together.
    static func post(
        _ concluded: [FundingConclusion], on date: BusinessDate,
        _ connection: borrowing Connection
    ) throws(StoreError) {
        var lines: [LedgerRow] = []
        var facts: [(loan: LoanID, fact: LoanFact)] = []
        for conclusion in concluded {
            lines += self.lines(
                conclusion.releases, of: conclusion.loan, conclusion.agreement, on: date)
            if let fact = conclusion.disbursement { facts.append((conclusion.loan, fact)) }
        }
        try LedgerRows.add(lines, connection)
        try record(facts, connection)
    }

    private static func lines(
        _ releases: [Posting], of loan: LoanID, _ agreement: String, on date: BusinessDate
    ) -> [LedgerRow] {
        let shard = UInt16(shard(of: loan.text))
        return releases.map {
            LedgerRow(
                date: date, shard: shard, kind: .commitment, agreement: agreement, posting: $0)
        }
    }

    private static func record(
        _ facts: [(loan: LoanID, fact: LoanFact)], _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.batch(Table.fact.insertion, rows: facts.count) {
            index, writer throws(StoreError) in
            Facts.write(facts[index].fact, of: facts[index].loan, channel: "", writer)
        }
    }
}
