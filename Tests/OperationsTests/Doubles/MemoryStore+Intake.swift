import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: LoanIntakeStore, RepaymentIntakeStore {
    func openDate() async throws -> BusinessDate { world.open }

    func known(_ loans: [LoanID]) async throws -> [LoanID: String] {
        read { world in
            loans.reduce(into: [:]) { $0[$1] = world.loans[$1]?.record.contentHash }
        }
    }

    func used(of limits: [Limit], on date: BusinessDate) async throws -> [LimitSlot: Int64] {
        read { world in
            limits.reduce(into: [:]) {
                let slot = LimitSlot($1.key, on: date)
                $0[slot] = world.limitUse[slot] ?? 0
            }
        }
    }

    func deposited(_ keys: [LimitKey]) async throws -> [Limit] {
        read { world in keys.map { Limit($0, amount: world.deposited($0)) } }
    }

    func book(_ batch: LoanBatch) async throws -> BookedBatch {
        let (bookings, snapshots) = (batch.bookings, batch.snapshots)
        let ids = bookings.map(\.record.loan)
        let bounds = "\(ids.first?.text ?? "") to \(ids.last?.text ?? "")"
        return try write("book \(bookings.count) from \(bounds)") { world in
            for snapshot in snapshots where !world.snapshots.contains(snapshot) {
                world.snapshots.append(snapshot)
            }
            for record in bookings.map(\.record)
            where world.loans[record.loan]?.record.contentHash ?? record.contentHash
                != record.contentHash
            {
                throw Refusal.overtaken(record.loan.text)
            }
            let new = bookings.filter { world.loans[$0.record.loan] == nil }
            let limits = batch.limits.map {
                $0.key.span == .reserve ? Limit($0.key, amount: world.deposited($0.key)) : $0
            }
            var use = LimitUse(limits: limits, used: world.limitUse)
            let refused = use.take(new)
            if !refused.isEmpty, !batch.keepsGood {
                return BookedBatch(booked: 0, refused: refused)
            }
            let left = Set(refused.map(\.loan))
            let admitted = new.filter { !left.contains($0.record.loan) }
            for booking in admitted {
                try world.require(booking.record.bookedOn)
                world.take(booking)
            }
            for (slot, amount) in use.taken { world.limitUse[slot, default: 0] += amount }
            return BookedBatch(booked: admitted.count, refused: refused)
        }
    }

    func known(_ payments: [String]) async throws -> [String: String] {
        read { world in payments.reduce(into: [:]) { $0[$1] = world.factHashes[$1] } }
    }

    func loans(_ ids: [LoanID]) async throws -> [LoanID: ServicedLoan] {
        read { world in ids.reduce(into: [:]) { $0[$1] = world.serviced($1) } }
    }

    func record(_ facts: [NewFact], on date: BusinessDate) async throws -> Int {
        return try write("record \(facts.count)") { world in
            try world.require(date)
            let new = try world.unrecorded(of: facts)
            for new in new { world.add(new) }
            return new.count
        }
    }
}

extension World {
    /// What a lender has on deposit, drawn or not.
    func deposited(_ key: LimitKey) -> Int64 {
        reserveMovements.filter { $0.key == key }.reduce(0) { $0 + $1.amount }
    }

    fileprivate mutating func take(_ booking: LoanBooking) {
        let record = booking.record
        loans[record.loan] = Loan(
            record: record, state: booking.requests.isEmpty ? .approved : .funding,
            plan: booking.plan, disbursedOn: nil)
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
            agreementVersion: loan.record.agreementVersion, payments: payments,
            facts: facts)
    }
}
