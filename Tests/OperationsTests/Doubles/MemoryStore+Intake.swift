import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: LoanIntakeStore, RepaymentIntakeStore {
    func openDate() async throws -> BusinessDate { world.open }

    func known(_ loans: [LoanID]) async throws -> [LoanID: String] {
        read { world in
            loans.reduce(into: [:]) { $0[$1] = world.contentHash($1) }
        }
    }

    func used(of limits: [Limit], on date: BusinessDate) async throws -> [LimitSlot: Int64] {
        read { world in
            limits.reduce(into: [:]) { used, limit in
                used[LimitSlot(limit.key, on: date)] = 0
                for (slot, amount) in world.limitUse
                where limit.concerns(slot) && slot.start == slot.key.span.start(on: date) {
                    used[slot] = amount
                }
            }
        }
    }

    func volumes(of slots: [RouteSlot]) async throws -> [RouteSlot: Int64] {
        read { world in slots.reduce(into: [:]) { $0[$1] = world.routeVolumes[$1] } }
    }

    func deposited(_ keys: [LimitKey]) async throws -> [Limit] {
        read { world in keys.map { Limit($0, amount: world.deposited($0)) } }
    }

    func book(_ batch: LoanBatch) async throws -> BookedBatch {
        let bookings = batch.bookings
        let ids = bookings.map(\.record.loan)
        let bounds = "\(ids.first?.text ?? "") to \(ids.last?.text ?? "")"
        let opened = batch.lines.isEmpty ? "" : ", \(batch.lines.count) lines"
        return try write("book \(bookings.count) from \(bounds)\(opened)") { world in
            try world.book(batch)
        }
    }

    func known(_ payments: [String]) async throws -> [String: String] {
        read { world in payments.reduce(into: [:]) { $0[$1] = world.factHashes[$1] } }
    }

    func loans(_ ids: [LoanID]) async throws -> [LoanID: ServicedLoan] {
        read { world in ids.reduce(into: [:]) { $0[$1] = world.serviced($1) } }
    }

    func record(
        _ facts: [NewFact], keys: [NewKey], seen: [LoanID: Int], on date: BusinessDate
    ) async throws -> Int {
        return try write("record \(facts.count)") { world in
            try world.require(date)
            try world.require(seen)
            let new = try world.unrecorded(of: facts)
            let newKeys = try world.unrecorded(of: keys)
            for new in new { world.add(new) }
            for key in newKeys { world.factHashes[key.id] = key.contentHash }
            return new.count(where: \.isWhole) + newKeys.count
        }
    }
}

extension World {
    func contentHash(_ loan: LoanID) -> String? {
        loans[loan]?.record.contentHash ?? lines[loan]?.contentHash
    }

    func require(_ seen: [LoanID: Int]) throws(Refusal) {
        for (loan, seen) in seen where (facts[loan] ?? []).count != seen {
            throw .overtaken(loan.text)
        }
    }

    mutating func book(_ batch: LoanBatch) throws -> BookedBatch {
        for snapshot in batch.snapshots where !snapshots.contains(snapshot) {
            snapshots.append(snapshot)
        }
        let names =
            batch.bookings.map { ($0.record.loan, $0.record.contentHash) }
            + batch.lines.map { ($0.line, $0.contentHash) }
        for (name, hash) in names where contentHash(name) ?? hash != hash {
            throw Refusal.overtaken(name.text)
        }
        let new = batch.bookings.filter { loans[$0.record.loan] == nil }
        let limits = batch.limits.map {
            $0.key.span == .reserve ? Limit($0.key, amount: deposited($0.key)) : $0
        }
        var run = FundingRun(
            limits: LimitUse(limits: limits, used: limitUse), volumes: routeVolumes,
            book: batch.rules)
        let funded = run.book(new)
        if !funded.refused.isEmpty, !batch.keepsGood {
            return BookedBatch(booked: 0, refused: funded.refused)
        }
        for booking in funded.bookings {
            try require(booking.record.bookedOn)
            take(booking)
        }
        let opened = batch.lines.filter { lines[$0.line] == nil }
        for line in opened {
            try require(line.bookedOn)
            lines[line.line] = line
        }
        for (slot, amount) in run.limits.taken { limitUse[slot, default: 0] += amount }
        for (slot, amount) in run.routed { routeVolumes[slot, default: 0] += amount }
        return BookedBatch(
            booked: funded.bookings.count + opened.count, refused: funded.refused,
            warnings: funded.warnings)
    }

    /// What a lender has on deposit, drawn or not.
    func deposited(_ key: LimitKey) -> Int64 {
        reserveMovements.filter { $0.key == key }.reduce(0) { $0 + $1.amount }
    }

    fileprivate mutating func take(_ booking: LoanBooking) {
        let record = booking.record
        loans[record.loan] = Loan(
            record: record, state: booking.requests.isEmpty ? .approved : .funding,
            plan: booking.plan, disbursedOn: nil)
        routed[record.loan] = booking.routed.isEmpty ? nil : booking.routed
        findings += booking.keptFindings
        for request in booking.requests {
            requests[request.key] = HeldRequest(
                request: request, state: .planned, version: 0, attempt: 0, lastAttemptAt: 0)
        }
        for posting in booking.commitments {
            add(
                LedgerRow(
                    date: record.bookedOn, shard: TestHash.shard(record.loan.text),
                    kind: .commitment, agreement: record.agreement, posting: posting))
        }
    }

    fileprivate func serviced(_ id: LoanID) -> ServicedLoan? {
        guard let loan = loans[id] else { return nil }
        let facts = facts[id] ?? []
        let reversed = Set(
            facts.compactMap { fact -> String? in
                if case .reversal(let payment) = fact.kind { payment } else { nil }
            })
        let payments = facts.reduce(into: [String: RecordedPayment]()) {
            guard case .repayment(let amount) = $1.kind else { return }
            $0[$1.id] = RecordedPayment(amount: amount, isReversed: reversed.contains($1.id))
        }
        return ServicedLoan(
            currency: loan.record.currency, disbursedOn: loan.disbursedOn,
            agreementVersion: loan.record.agreementVersion,
            productVersion: loan.record.productVersion, payments: payments, facts: facts)
    }
}
