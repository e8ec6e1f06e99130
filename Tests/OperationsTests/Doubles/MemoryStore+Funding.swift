import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: FundingOutbox, FundingCases {
    func takeOver(worker: String, now: Int64) async throws -> Int {
        write { world in
            let lapsed = world.requests.values.filter { held in
                guard held.state == .sent else { return false }
                guard let lease = world.leases[held.request.key] else { return true }
                return lease.worker == worker || lease.until < now
            }
            for held in lapsed { world.settle(held, .inDoubt, endedAt: now) }
            return lapsed.count
        }
    }

    func claim(
        of party: PartyID?, limit: Int, worker: String, leaseUntil: Int64, now: Int64
    ) async throws -> [HeldRequest] {
        write { world in
            let planned = world.requests.values
                .filter { $0.state == .planned && (party ?? $0.request.party) == $0.request.party }
                .sorted { $0.request.key < $1.request.key }.prefix(limit)
            return planned.map { held in
                let claimed = HeldRequest(
                    request: held.request, state: .sent, version: held.version + 1,
                    attempt: held.attempt + 1, lastAttemptAt: now,
                    heldAmount: held.heldAmount)
                world.requests[held.request.key] = claimed
                world.leases[held.request.key] = World.Lease(worker: worker, until: leaseUntil)
                return claimed
            }
        }
    }

    func planned() async throws -> [PartyID: Int] {
        read { world in
            world.requests.values.filter { $0.state == .planned }
                .reduce(into: [:]) { $0[$1.request.party, default: 0] += 1 }
        }
    }

    func planned(
        of party: PartyID, through date: BusinessDate, limit: Int
    ) async throws -> [HeldRequest] {
        read { world in
            Array(
                world.requests.values.filter {
                    $0.state == .planned && $0.request.party == party
                        && $0.request.valueDate <= date
                }.sorted { $0.request.key < $1.request.key }.prefix(limit))
        }
    }

    func unsettled() async throws -> [HeldRequest] {
        read { world in
            world.requests.values.filter {
                [.pending, .inDoubt, .reversing, .reversalInDoubt].contains($0.state)
            }.sorted { $0.request.key < $1.request.key }
        }
    }

    func refusedReversals() async throws -> [HeldRequest] {
        read { world in
            world.requests.values.filter { $0.state == .reversalRefused }
                .sorted { $0.request.key < $1.request.key }
        }
    }

    @discardableResult
    func store(_ results: [RequestResult], now: Int64) async throws -> [RequestResult] {
        write { world in results.filter { world.store($0, now: now) } }
    }

    func undecidedCount() async throws -> Int { try await undecided().count }

    func undecided(among loans: [LoanID]) async throws -> [FundingCase] {
        try await undecided().filter { loans.contains($0.record.loan) }
    }

    func undecided(after loan: LoanID?, limit: Int) async throws -> [FundingCase] {
        read { world in
            world.loans.values.filter { [.approved, .funding, .ready].contains($0.state) }
                .filter { one in loan.map { one.record.loan > $0 } ?? true }
                .sorted { $0.record.loan < $1.record.loan }.prefix(limit)
                .map { loan in
                    FundingCase(
                        record: loan.record, state: loan.state, plan: loan.plan,
                        requests: world.requests.values
                            .filter { $0.request.loan == loan.record.loan }
                            .sorted { $0.request.key < $1.request.key })
                }
        }
    }

    @discardableResult
    func conclude(_ conclusions: [FundingConclusion], on date: BusinessDate) async throws
        -> ConcludedLoans
    {
        try write("conclude \(conclusions.map(\.loan.text).joined(separator: " "))") { world in
            try world.require(date)
            var concluded = ConcludedLoans()
            var overtaken: String?
            for conclusion in conclusions {
                if let record = world.changed(conclusion) {
                    overtaken = record
                    continue
                }
                let shortages = world.take(conclusion.rooms)
                if !shortages.isEmpty {
                    concluded.short[conclusion.loan] = shortages
                } else if try world.conclude(conclusion, on: date) {
                    concluded.loans.insert(conclusion.loan)
                }
            }
            if concluded == ConcludedLoans(), let overtaken { throw Refusal.overtaken(overtaken) }
            return concluded
        }
    }
}

extension World {
    /// Takes room for shares that move; the shortages when there is none.
    fileprivate mutating func take(_ rooms: [NeededRoom]) -> [LimitShortage] {
        var use = LimitUse(limits: rooms.flatMap(\.limits), used: limitUse)
        let shortages = rooms.flatMap { room in
            use.take(
                [PlannedShare(party: room.shares.party, amount: room.amount)],
                agreement: room.shares.agreement, currency: room.shares.currency,
                on: room.shares.bookedOn, traits: room.shares.traits)
        }
        guard shortages.isEmpty else { return shortages }
        for (slot, amount) in use.taken { limitUse[slot, default: 0] += amount }
        return []
    }

    /// A new state, and the version with it.
    fileprivate mutating func settle(
        _ held: HeldRequest, _ state: RequestState, endedAt: Int64, evidence: String = "",
        heldAmount: Int64? = nil
    ) {
        leases[held.request.key] = nil
        requests[held.request.key] = HeldRequest(
            request: held.request, state: state, version: held.version + 1,
            attempt: held.attempt,
            lastAttemptAt: held.state == .sent ? endedAt : held.lastAttemptAt,
            evidence: evidence, heldAmount: heldAmount ?? held.heldAmount)
    }

    mutating func store(_ result: RequestResult, now: Int64) -> Bool {
        let key = result.held.request.key
        guard let current = requests[key], current.version == result.held.version else {
            return false
        }
        settle(
            current, result.state, endedAt: now, evidence: result.evidence,
            heldAmount: result.heldAmount)
        let words = result.reference + result.reasonCode + result.reason
        if !words.isEmpty { answers[key] = words }
        return true
    }

    /// What of a conclusion's loan stands otherwise than it was read; nil for a concluded one.
    fileprivate func changed(_ conclusion: FundingConclusion) -> String? {
        guard let loan = loans[conclusion.loan],
            [.approved, .funding, .ready].contains(loan.state)
        else { return nil }
        let known = requests.values.count { $0.request.loan == conclusion.loan }
        if !conclusion.basis.isEmpty, known != conclusion.basis.count {
            return conclusion.loan.text
        }
        return (conclusion.basis + conclusion.requests.map(\.held)).first { !stands($0) }?
            .request.key
    }

    /// Whether a request stands as it was read, whatever its bank has said of it since.
    func stands(_ held: HeldRequest) -> Bool {
        let now = requests[held.request.key]
        return now?.state == held.state && now?.heldAmount == held.heldAmount
    }

    /// Stores what conclusions make of requests that stand as they did.
    mutating func conclude(_ results: [RequestResult]) throws(Refusal) {
        for result in results {
            guard let current = requests[result.held.request.key], stands(result.held) else {
                throw .overtaken(result.held.request.key)
            }
            settle(current, result.state, endedAt: 0)
        }
    }

    fileprivate mutating func conclude(_ conclusion: FundingConclusion, on date: BusinessDate)
        throws(Refusal) -> Bool
    {
        guard var loan = loans[conclusion.loan],
            [.approved, .funding, .ready].contains(loan.state)
        else { return false }
        for request in conclusion.asked {
            if requests[request.key] != nil { throw .doubled(request.key) }
            requests[request.key] = HeldRequest(
                request: request, state: .planned, version: 0, attempt: 0, lastAttemptAt: 0)
        }
        loan.state = conclusion.state
        loan.plan = conclusion.plan ?? loan.plan
        loan.disbursedOn = conclusion.disbursement?.valueDate
        loans[conclusion.loan] = loan
        try conclude(conclusion.requests)
        release(conclusion.releases, of: conclusion.loan, on: date)
        if let fact = conclusion.disbursement { facts[conclusion.loan, default: []].append(fact) }
        if let payout = conclusion.payout { plan(payout) }
        return true
    }

    /// Takes the memorandum of a loan's shares back.
    mutating func release(_ postings: [Posting], of loan: LoanID, on date: BusinessDate) {
        for posting in postings {
            add(
                LedgerRow(
                    date: date, shard: TestHash.shard(loan.text), kind: .commitment,
                    agreement: loans[loan]?.record.agreement ?? "", posting: posting))
        }
    }
}
