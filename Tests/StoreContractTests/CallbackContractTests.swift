import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

/// What partners say on their own, as every store keeps it.
@Suite(.everyEngine) struct CallbackContractTests {
    private static let key = "L1.harbor.1"
    private let books: Books
    private let callbacks: SQLCallbacks

    init() async throws {
        books = try await Books()
        callbacks = SQLCallbacks(engine: books.engine)
        try await books.book(["L1", "L11"])
    }

    @Test func `a key that was never given out is unknown`() async throws {
        #expect(try await callbacks.heard("L9.harbor.1", sequence: 1) == nil)
        #expect(try await callbacks.heard("", sequence: 1) == nil)
        let heard = try #require(try await callbacks.heard(Self.key, sequence: 1))
        #expect(heard.held.request.key == Self.key)
        #expect(heard.isUndecided)
        #expect(heard.lastSequence == nil && heard.lastFitting == nil)
        #expect(heard.sameSequence.isEmpty)
    }

    @Test func `result, word and nonce are kept together`() async throws {
        try await sent()
        #expect(try await keep(.accepted, 4, .applied, to: .accepted) == .kept)
        let heard = try #require(try await callbacks.heard(Self.key, sequence: 4))
        #expect(heard.held.state == .accepted)
        #expect(heard.lastSequence == 4)
        #expect(heard.lastFitting == .accepted)
        #expect(heard.sameSequence == ["accepted 4"])
        let view = try #require(try await books.loans.loan(LoanID("L1")))
        #expect(view.answers == [Self.key: "H-4"])
        #expect(try await words() == 1)
    }

    @Test func `a nonce is taken once, and per party`() async throws {
        try await sent()
        #expect(try await keep(.pending, 1, .applied, to: .pending, nonce: "n") == .kept)
        #expect(try await keep(.accepted, 2, .applied, to: .accepted, nonce: "n") == .replayed)
        #expect(try await keep(.accepted, 2, .duplicate, nonce: "n") == .replayed)
        #expect(try await words() == 1)
        let heard = try await callbacks.heard(Self.key, sequence: 1)
        #expect(heard?.held.state == .pending)
        #expect(
            try await SQLNonces(engine: books.engine).take(
                "n", of: PartyID("meridian"), expiresAt: 1))
    }

    @Test func `of what is overtaken nothing is kept, not even its nonce`() async throws {
        try await sent()
        let stale = try #require(try await callbacks.heard(Self.key, sequence: 1)).held
        try await books.outbox.store([RequestResult(held: stale, state: .pending)], now: 9)
        let judged = judged(stale, .accepted, 1, .applied, to: .accepted, nonce: "n")
        #expect(try await callbacks.keep(judged, now: 5) == .overtaken)
        #expect(try await words() == 0)
        #expect(try await keep(.accepted, 1, .applied, to: .accepted, nonce: "n") == .kept)
    }

    @Test func `the same word is kept once, a duplicate only uses its nonce`() async throws {
        try await sent()
        #expect(try await keep(.accepted, 1, .applied, to: .accepted) == .kept)
        #expect(try await keep(.accepted, 1, .applied, to: .accepted, nonce: "m") == .overtaken)
        #expect(try await keep(.accepted, 1, .duplicate, nonce: "m") == .kept)
        #expect(try await keep(.accepted, 1, .duplicate, nonce: "m") == .replayed)
        #expect(try await words() == 1)
    }

    @Test func `what comes late is evidence and leaves the version alone`() async throws {
        try await sent()
        #expect(try await keep(.accepted, 3, .applied, to: .accepted) == .kept)
        let before = try await callbacks.heard(Self.key, sequence: 2)?.held
        #expect(try await keep(.pending, 2, .late) == .kept)
        let heard = try #require(try await callbacks.heard(Self.key, sequence: 2))
        #expect(heard.held == before)
        #expect(heard.lastSequence == 3 && heard.lastFitting == .accepted)
        #expect(heard.sameSequence == ["pending 2"])
    }

    @Test func `an acceptance is doubted only while its loan is undecided`() async throws {
        try await sent()
        #expect(try await keep(.accepted, 1, .applied, to: .accepted) == .kept)
        let held = try #require(try await callbacks.heard(Self.key, sequence: 2)).held
        try await conclude([])
        let judged = judged(
            held, .refused, 2, .doubted, to: .inDoubt, needsUndecided: true)
        #expect(try await callbacks.keep(judged, now: 5) == .overtaken)
        let heard = try #require(try await callbacks.heard(Self.key, sequence: 2))
        #expect(!heard.isUndecided)
        #expect(heard.held.state == .accepted)
    }

    @Test func `a conclusion whose basis has changed is refused whole`() async throws {
        try await sent()
        let basis = try #require(try await callbacks.heard(Self.key, sequence: 1)).held
        #expect(try await keep(.accepted, 1, .applied, to: .accepted) == .kept)
        let error = await storeError { try await conclude([basis]) }
        #expect(error?.code == "STORE-016")
        let current = try #require(try await callbacks.heard(Self.key, sequence: 1))
        #expect(current.isUndecided)
        try await conclude([current.held])
        #expect(try await callbacks.heard(Self.key, sequence: 1)?.isUndecided == false)
    }

    @Test func `what a bank repeats meanwhile keeps no loan from being concluded`() async throws {
        try await sent()
        #expect(try await keep(.accepted, 1, .applied, to: .accepted) == .kept)
        let read = try #require(try await books.cases.undecided().first)
        #expect(try await keep(.confirmed, 2, .known, to: .accepted) == .kept)
        try await books.cases.conclude(
            [conclusion(of: read)], on: Books.firstDate)
        let view = try #require(try await books.loans.loan(LoanID("L1")))
        #expect(view.line.state == .disbursed)
        #expect(view.requests.map(\.state) == [.confirmed])
    }

    @Test func `a loan whose bank takes its word back is left out, the others are concluded`()
        async throws
    {
        let claimed = try await books.outbox.claim(limit: 9, worker: "w", leaseUntil: 9, now: 1)
        try await books.outbox.store(
            claimed.map { RequestResult(held: $0, state: .accepted) }, now: 2)
        let read = try await books.cases.undecided()
        #expect(read.count == 2)
        #expect(try await keep(.refused, 1, .doubted, to: .inDoubt) == .kept)
        let concluded = try await books.cases.conclude(
            read.map { conclusion(of: $0) }, on: Books.firstDate)
        #expect(concluded.loans == [LoanID("L11")])
        #expect(try await books.cases.undecided().map(\.record.loan.text) == ["L1"])
    }

    @Test func `what a bank says of a share that went back meanwhile is judged anew`()
        async throws
    {
        try await disbursed()
        let held = try #require(try await callbacks.heard(Self.key, sequence: 1)).held
        #expect(held.state == .confirmed)
        let fact = LoanFact(
            id: "C-1", kind: .cancelled(.none), valueDate: Books.firstDate,
            bookingDate: Books.firstDate, instant: 12)
        try await books.intake.record(
            FactBatch(
                facts: [
                    NewFact(loan: LoanID("L1"), fact: fact, channel: "", contentHash: "c")
                ], seen: [LoanID("L1"): 1], states: [LoanID("L1"): .cancelled]),
            on: Books.firstDate)
        let known = judged(held, .confirmed, 1, .known, to: .confirmed)
        #expect(try await callbacks.keep(known, now: 5) == .overtaken)
        #expect(try await callbacks.heard(Self.key, sequence: 1)?.held.state == .returned)
    }

    @Test func `a result that leaves a request as it is writes its evidence alone`() async throws {
        try await disbursed()
        let held = try #require(try await callbacks.heard(Self.key, sequence: 1)).held
        try await books.engine.write { connection in
            _ = try connection.execute("UPDATE funding_request SET state = 11")
        }
        let same = RequestResult(
            held: held, state: .confirmed, reference: "other", evidence: "said again")
        #expect(try await books.outbox.store([same], now: 3) == [same])
        let after = try #require(try await callbacks.heard(Self.key, sequence: 1)).held
        #expect(after.state == .returned && after.evidence == "said again")
        #expect(try await books.loans.loan(LoanID("L1"))?.answers == [Self.key: "H-0"])
    }

    @Test func `a contradiction stands while it is the last word`() async throws {
        try await sent()
        #expect(try await keep(.accepted, 1, .applied, to: .accepted) == .kept)
        #expect(try await keep(.refused, 2, .contradiction, to: .accepted) == .kept)
        let standing = try await callbacks.contradictions()
        #expect(standing.map(\.key) == [Self.key])
        #expect(standing.map(\.word) == [.refused])
        #expect(standing.map(\.state) == [.accepted])
        #expect(try await keep(.confirmed, 3, .known, to: .accepted) == .kept)
        #expect(try await callbacks.contradictions().isEmpty)
    }

    @Test(arguments: PartnerWord.allCases, CallbackOutcome.allCases)
    func `every word and outcome is stored and read back`(
        word: PartnerWord, outcome: CallbackOutcome
    ) async throws {
        try await sent()
        #expect(try await keep(word, 1, outcome, to: outcome == .late ? nil : .inDoubt) == .kept)
        let heard = try #require(try await callbacks.heard(Self.key, sequence: 1))
        let isFitting = [.applied, .known].contains(outcome)
        #expect(heard.lastFitting == (isFitting ? word : nil))
        #expect(heard.sameSequence.isEmpty == (outcome == .duplicate))
    }

    @Test func `a refusal by callback gives back what its share took of a limit`() async throws {
        let limit = Books.limit(.day, 5_000)
        _ = try await books.intake.book(
            LoanBatch(bookings: [books.booking("L3")], limits: [limit]))
        #expect(try await books.used(limit) == 2_100)
        try await sent()
        #expect(try await keep(.pending, 1, .applied, to: .pending) == .kept)
        #expect(try await books.used(limit) == 2_100)
        #expect(try await keep(.refused, 2, .applied, to: .refused) == .kept)
        #expect(try await books.used(limit) == 1_400)
    }

    @Test func `many at once keep each word once and the last one's state`() async throws {
        try await sent()
        let take = TakeCallback(
            store: callbacks,
            surroundings: Surroundings(hash: { $0 }, shard: { _ in 0 }, now: { 1 }))
        let words: [(PartnerWord, Int64)] = [(.pending, 1), (.accepted, 2), (.confirmed, 3)]
        let outcomes = await withTaskGroup(of: String.self) { group in
            for (word, sequence) in words {
                for number in 0..<6 {
                    let callback = callback(word, sequence, nonce: "\(word)-\(number)")
                    group.addTask {
                        // The one that is overtaken too often is sent again, as a bank does.
                        while true {
                            do { return try await take.take(callback).outcome.rawValue } catch {
                                guard case CallbackFault.overtaken = error else {
                                    return "\(error)"
                                }
                            }
                        }
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == "duplicate" } == 15, "\(outcomes)")
        #expect(Set(outcomes).isSubset(of: ["duplicate", "applied", "known", "late"]))
        let heard = try #require(try await callbacks.heard(Self.key, sequence: 3))
        #expect(heard.held.state == .accepted)
        #expect(heard.lastSequence == 3)
        #expect(try await self.words() == 3)
    }

    @Test func `callbacks and nonces are in no digest`() async throws {
        try await sent()
        try await books.outbox.store(
            try await books.outbox.unsettled().map {
                RequestResult(held: $0, state: .accepted, reference: "H-1")
            }, now: 1)
        let before = try await books.audit.digest()
        #expect(try await keep(.accepted, 1, .known, to: .accepted) == .kept)
        #expect(try await books.audit.digest() == before)
    }

    @Test func `the store is found fit, and its open requests are counted`() async throws {
        let service = SQLServiceQueries(engine: books.engine, place: "here")
        try await service.check()
        #expect(
            try await service.openRequests() == [
                RequestTally(party: PartyID("harbor"), state: .planned, count: 2)
            ])
        try await sent()
        #expect(try await keep(.accepted, 1, .applied, to: .accepted) == .kept)
        let tallies = try await service.openRequests()
        #expect(tallies.map(\.count) == [1, 1])
        #expect(Set(tallies.map(\.state)) == [.planned, .accepted])
        #expect(tallies.allSatisfy { RequestTally.states.contains($0.state) })
    }

    @Test func `a store of another description is not fit`() async throws {
        let service = SQLServiceQueries(engine: books.engine, place: "here")
        try await books.engine.write { connection in
            _ = try connection.execute("UPDATE schema_version SET fingerprint = ?1", [.blob([1])])
        }
        let error = await storeError { try await service.check() }
        #expect(error?.code == "STORE-005")
    }
}

extension CallbackContractTests {
    /// L1's request claimed and in doubt.
    private func sent() async throws {
        let claimed = try await books.outbox.claim(limit: 1, worker: "w", leaseUntil: 9, now: 1)
        try await books.outbox.store(
            claimed.map { RequestResult(held: $0, state: .inDoubt) }, now: 2)
    }

    /// L1 paid out, its share confirmed.
    private func disbursed() async throws {
        try await sent()
        #expect(try await keep(.accepted, 0, .applied, to: .accepted) == .kept)
        let read = try #require(
            try await books.cases.undecided().first { $0.record.loan == LoanID("L1") })
        try await books.cases.conclude([conclusion(of: read)], on: Books.firstDate)
    }

    private func conclusion(of funding: FundingCase) -> FundingConclusion {
        var conclusion = books.paidOut(funding, on: Books.firstDate)
        conclusion.basis = funding.requests
        return conclusion
    }

    private func conclude(_ basis: [HeldRequest]) async throws {
        var conclusion = FundingConclusion(
            loan: LoanID("L1"), agreement: "harbor-70",
            state: .payingOut, plan: nil, requests: [], releases: [],
            disbursement: nil)
        conclusion.basis = basis
        try await books.cases.conclude([conclusion], on: Books.firstDate)
    }

    private func keep(
        _ word: PartnerWord, _ sequence: Int64, _ outcome: CallbackOutcome,
        to state: RequestState? = nil, nonce: String? = nil
    ) async throws -> CallbackKeeping {
        let held = try #require(try await callbacks.heard(Self.key, sequence: sequence)).held
        return try await callbacks.keep(
            judged(held, word, sequence, outcome, to: state, nonce: nonce), now: 5)
    }

    private func judged(
        _ held: HeldRequest, _ word: PartnerWord, _ sequence: Int64, _ outcome: CallbackOutcome,
        to state: RequestState? = nil, nonce: String? = nil, needsUndecided: Bool = false
    ) -> JudgedCallback {
        JudgedCallback(
            callback: callback(word, sequence, nonce: nonce ?? "\(word) \(sequence)"), held: held,
            outcome: outcome,
            result: state.map {
                RequestResult(
                    held: held, state: $0, reference: outcome == .applied ? "H-\(sequence)" : "")
            }, needsUndecided: needsUndecided)
    }

    private func callback(_ word: PartnerWord, _ sequence: Int64, nonce: String) -> PartnerCallback
    {
        PartnerCallback(
            party: PartyID("harbor"), key: Self.key, word: word, sequence: sequence,
            money: Money(minorUnits: 700, currency: Books.usd), reference: "H-\(sequence)",
            proof: CallbackProof(
                nonce: nonce, expiresAt: 300, content: "{}", digest: "\(word) \(sequence)",
                signature: "1 v1=x"))
    }

    private func words() async throws -> Int64? {
        try await books.engine.read { connection in
            try connection.first("SELECT CAST(COUNT(*) AS BIGINT) FROM request_callback") {
                row throws(StoreError) in try row.int64(0)
            }
        }
    }
}
