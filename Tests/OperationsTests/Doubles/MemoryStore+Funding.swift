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
            for held in lapsed { world.settle(held, .inDoubt) }
            return lapsed.count
        }
    }

    func claim(limit: Int, worker: String, leaseUntil: Int64, now: Int64) async throws
        -> [HeldRequest]
    {
        write { world in
            let planned = world.requests.values.filter { $0.state == .planned }
                .sorted { $0.request.key < $1.request.key }.prefix(limit)
            return planned.map { held in
                let claimed = HeldRequest(
                    request: held.request, state: .sent, version: held.version + 1,
                    attempt: held.attempt + 1, lastAttemptAt: now)
                world.requests[held.request.key] = claimed
                world.leases[held.request.key] = World.Lease(worker: worker, until: leaseUntil)
                return claimed
            }
        }
    }

    func unsettled() async throws -> [HeldRequest] {
        read { world in
            world.requests.values.filter {
                [.pending, .inDoubt, .reversing, .reversalInDoubt].contains($0.state)
            }.sorted { $0.request.key < $1.request.key }
        }
    }

    func store(_ results: [RequestResult], now: Int64) async throws {
        write { world in
            for result in results { _ = world.store(result) }
        }
    }

    func undecided() async throws -> [FundingCase] {
        read { world in
            world.loans.values.filter { [.approved, .funding, .ready].contains($0.state) }
                .sorted { $0.record.loan < $1.record.loan }
                .map { loan in
                    FundingCase(
                        record: loan.record, state: loan.state, plan: loan.plan,
                        requests: world.requests.values
                            .filter { $0.request.loan == loan.record.loan }
                            .sorted { $0.request.key < $1.request.key })
                }
        }
    }

    func conclude(_ conclusions: [FundingConclusion], on date: BusinessDate) async throws {
        try write("conclude \(conclusions.map(\.loan.text).joined(separator: " "))") { world in
            try world.require(date)
            for conclusion in conclusions { try world.conclude(conclusion, on: date) }
        }
    }
}

extension World {
    /// A new state, and the version with it.
    fileprivate mutating func settle(_ held: HeldRequest, _ state: RequestState) {
        leases[held.request.key] = nil
        requests[held.request.key] = HeldRequest(
            request: held.request, state: state, version: held.version + 1,
            attempt: held.attempt, lastAttemptAt: held.lastAttemptAt)
    }

    fileprivate mutating func store(_ result: RequestResult) -> Bool {
        let key = result.held.request.key
        guard let current = requests[key], current.version == result.held.version else {
            return false
        }
        settle(current, result.state)
        let words = result.reference + result.reasonCode + result.reason
        if !words.isEmpty { answers[key] = words }
        return true
    }

    fileprivate mutating func conclude(_ conclusion: FundingConclusion, on date: BusinessDate)
        throws(Refusal)
    {
        guard var loan = loans[conclusion.loan],
            [.approved, .funding, .ready].contains(loan.state)
        else { return }
        loan.state = conclusion.state
        loan.plan = conclusion.plan ?? loan.plan
        loan.disbursedOn = conclusion.disbursement?.valueDate
        loans[conclusion.loan] = loan
        for result in conclusion.requests where !store(result) {
            throw .overtaken(result.held.request.key)
        }
        for posting in conclusion.releases {
            add(
                LedgerRow(
                    date: date, shard: TestHash.shard(conclusion.loan.text), kind: .commitment,
                    agreement: loan.record.agreement, posting: posting))
        }
        if let fact = conclusion.disbursement { facts[conclusion.loan, default: []].append(fact) }
    }
}
