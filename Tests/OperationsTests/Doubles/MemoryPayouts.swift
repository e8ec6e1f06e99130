import BusinessCalendar
import LendingRules
import Operations

/// The payouts of a store in memory.
struct MemoryPayouts: PayoutOutbox, PayoutCases {
    let store: MemoryStore

    func takeOver(worker: String, now: Int64) async throws -> Int {
        store.write { world in
            let lapsed = world.payouts.values.filter { held in
                guard held.state == .sent else { return false }
                guard let lease = world.leases[held.payout.key] else { return true }
                return lease.worker == worker || lease.until < now
            }
            for held in lapsed { world.settle(held, .inDoubt, endedAt: now) }
            return lapsed.count
        }
    }

    func claim(limit: Int, worker: String, leaseUntil: Int64, now: Int64) async throws
        -> [HeldPayout]
    {
        store.write { world in
            let planned = world.payouts.values.filter { $0.state == .planned }
                .sorted { $0.payout.key < $1.payout.key }.prefix(limit)
            return planned.map { held in
                let claimed = HeldPayout(
                    payout: held.payout, state: .sent, answeredOn: nil,
                    version: held.version + 1, lastAttemptAt: now)
                world.payouts[held.payout.loan] = claimed
                world.leases[held.payout.key] = World.Lease(worker: worker, until: leaseUntil)
                return claimed
            }
        }
    }

    func unsettled() async throws -> [HeldPayout] {
        store.read { world in
            world.payouts.values.filter { $0.state == .inDoubt }
                .sorted { $0.payout.key < $1.payout.key }
        }
    }

    @discardableResult
    func store(_ results: [PayoutResult], now: Int64) async throws -> [PayoutResult] {
        store.write { world in results.filter { world.store($0, now: now) } }
    }

    func openDate() async throws -> BusinessDate { store.world.open }

    func decided(after loan: LoanID?, limit: Int) async throws -> [PayoutCase] {
        store.read { world in
            world.payouts.values.filter {
                [.confirmed, .failed].contains($0.state)
                    || $0.state == .planned && $0.payout.plannedOn < world.open
            }
            .filter { held in loan.map { held.payout.loan > $0 } ?? true }
            .sorted { $0.payout.loan < $1.payout.loan }.prefix(limit)
            .compactMap { held in
                world.loans[held.payout.loan].map { loan in
                    PayoutCase(
                        funding: FundingCase(
                            record: loan.record, state: loan.state, plan: loan.plan,
                            requests: world.requests.values
                                .filter { $0.request.loan == held.payout.loan }
                                .sorted { $0.request.key < $1.request.key }),
                        held: held)
                }
            }
        }
    }

    @discardableResult
    func conclude(_ conclusions: [PayoutConclusion], on date: BusinessDate) async throws
        -> Set<LoanID>
    {
        try store.write("conclude payouts") { world in
            try world.require(date)
            var concluded: Set<LoanID> = []
            var overtaken: String?
            for conclusion in conclusions {
                let isCurrent =
                    world.payouts[conclusion.held.payout.loan]?.version == conclusion.held.version
                let changed = conclusion.requests.map(\.held).first { !world.stands($0) }
                if isCurrent, let changed {
                    overtaken = changed.request.key
                } else if try world.conclude(conclusion, on: date) {
                    concluded.insert(conclusion.held.payout.loan)
                }
            }
            if concluded.isEmpty, let overtaken { throw Refusal.overtaken(overtaken) }
            return concluded
        }
    }
}

extension World {
    /// Plans a loan's payout.
    mutating func plan(_ payout: Payout) {
        payouts[payout.loan] = HeldPayout(
            payout: payout, state: .planned, answeredOn: nil, version: 0, lastAttemptAt: 0)
    }

    /// A new state, and the version with it; the loan's state follows.
    fileprivate mutating func settle(
        _ held: HeldPayout, _ state: PayoutState, _ payout: Payout? = nil,
        answeredOn: BusinessDate? = nil, endedAt: Int64, evidence: String = ""
    ) {
        leases[held.payout.key] = nil
        payouts[held.payout.loan] = HeldPayout(
            payout: payout ?? held.payout, state: state, answeredOn: answeredOn,
            version: held.version + 1,
            lastAttemptAt: held.state == .sent ? endedAt : held.lastAttemptAt,
            evidence: evidence)
        loans[held.payout.loan]?.state = state.ofLoan
    }

    fileprivate mutating func store(_ result: PayoutResult, now: Int64) -> Bool {
        let loan = result.held.payout.loan
        guard payouts[loan]?.version == result.held.version else { return false }
        settle(
            result.held, result.state, answeredOn: result.answeredOn, endedAt: now,
            evidence: result.evidence)
        let words = result.reference + result.reason
        if !words.isEmpty { payoutAnswers[loan] = words }
        return true
    }

    fileprivate mutating func conclude(_ conclusion: PayoutConclusion, on date: BusinessDate)
        throws(Refusal) -> Bool
    {
        let (held, loan) = (conclusion.held, conclusion.held.payout.loan)
        guard payouts[loan]?.version == held.version else { return false }
        settle(
            held, conclusion.state, conclusion.retry, answeredOn: held.answeredOn, endedAt: 0)
        try conclude(conclusion.requests)
        release(conclusion.releases, of: loan, on: date)
        loans[loan]?.disbursedOn = conclusion.disbursement?.valueDate
        if let fact = conclusion.disbursement { facts[loan, default: []].append(fact) }
        return true
    }
}
