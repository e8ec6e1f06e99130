import BusinessCalendar
import LendingRules
import Operations
import SQLStore
import Testing

/// Changes of the configuration in the store.
@Suite(.everyEngine) struct ChangeContractTests {
    private let books: Books
    private let store: SQLChanges
    private let day = Books.firstDate

    init() async throws {
        books = try await Books()
        store = SQLChanges(engine: books.engine)
    }

    private func change(_ path: String = "agreements/trio.yaml") -> ProposedChange {
        ProposedChange(
            proposer: "ann", reason: "更多",
            files: [
                ChangedFile(path: path, text: "agreement: trio # 银行\n", base: "00ff"),
                ChangedFile(path: "parties/x.yaml", text: nil, base: "0a"),
            ],
            settings: [
                ChangedSetting(
                    object: "agreement trio", key: "lenders[harbor].share", old: "70%",
                    new: "60%", from: "2026-02-01", until: "2026-03-01",
                    parties: ["harbor", "platform"], products: ["loan"]),
                ChangedSetting(object: "party x", key: "name", old: "X", new: nil),
            ])
    }

    private func decision(
        _ number: Int, isApproval: Bool = true, counted: Int = 0, by person: String = "bob",
        files: [String: String] = [:]
    ) -> ChangeDecision {
        ChangeDecision(
            number: number, isApproval: isApproval, person: person, reason: "looked at",
            counted: counted, approvedFiles: files)
    }

    @Test func `a life is kept whole, wall time apart`() async throws {
        let kept = try await store.propose(change(), firstDate: day, now: 5)
        #expect(kept.number == 1)
        #expect(try await store.changes() == [kept])
        #expect(kept.proposed == change())
        #expect(kept.proposedOn == day)
        try await store.decide(decision(1, files: ["platform.yaml": "a\n"]), now: 7)
        let approved = try #require(try await store.changes().first)
        #expect(approved.state == .approved)
        #expect([approved.decider, approved.answer] == ["bob", "looked at"])
        #expect(approved.decidedOn == day)
        #expect([approved.proposedAt, approved.decidedAt] == [5, 7])
        #expect(approved.proposed == change())
        try await store.finish(1)
        try await store.finish(1)
        #expect(try await store.changes().map(\.state) == [.inForce])
        #expect(try await store.approvedFiles() == ["platform.yaml": "a\n"])
        let digest = try await books.audit.digest()
        try await books.engine.write { _ = try $0.execute("UPDATE config_change_time SET at = 9") }
        #expect(try await books.audit.digest() == digest)
    }

    @Test func `numbers go on, also of proposals made at once`() async throws {
        let (store, day) = (store, day)
        let changes = (1...8).map { change("agreements/a\($0).yaml") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for change in changes {
                group.addTask {
                    _ = try await store.propose(change, firstDate: day, now: 1)
                }
            }
            try await group.waitForAll()
        }
        let kept = try await store.changes()
        #expect(kept.map(\.number) == Array(1...8))
        #expect(Set(kept.map { $0.proposed.files[0].path }).count == 8)
    }

    /// How many of several decisions at once were kept; the others are told to look again.
    private func kept(_ decisions: [ChangeDecision]) async throws -> Int {
        let store = store
        return await withTaskGroup(of: Bool.self) { group in
            for decision in decisions {
                group.addTask {
                    let error = await storeError { try await store.decide(decision, now: 1) }
                    #expect(error == nil || error?.code == "STORE-016")
                    return error == nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    @Test func `of approvals and rejections at once one wins`() async throws {
        _ = try await store.propose(change(), firstDate: day, now: 1)
        let decisions = (1...6).map {
            decision(1, isApproval: $0 % 2 == 0, by: "p\($0)", files: ["platform.yaml": "\($0)"])
        }
        #expect(try await kept(decisions) == 1)
        let change = try #require(try await store.changes().first)
        let winner = try #require(decisions.first { $0.person == change.decider })
        #expect(change.state == (winner.isApproval ? .approved : .rejected))
        #expect(
            try await store.approvedFiles() == (winner.isApproval ? winner.approvedFiles : [:]))
    }

    @Test func `of two changes approved at once one wins, and holds up the other`() async throws {
        for path in ["agreements/a.yaml", "agreements/b.yaml"] {
            _ = try await store.propose(change(path), firstDate: day, now: 1)
        }
        #expect(try await kept([decision(1), decision(2)]) == 1)
        let states = try await store.changes().map(\.state)
        #expect(Set(states) == [.approved, .proposed])
        let (won, lost) = states[0] == .approved ? (1, 2) : (2, 1)
        // Also when the approval was seen: its files are not in their places.
        let waiting = await storeError {
            try await store.decide(decision(lost, counted: 1), now: 2)
        }
        #expect(waiting?.code == "STORE-016")
        try await store.finish(won)
        let stale = await storeError { try await store.decide(decision(lost), now: 2) }
        #expect(stale?.code == "STORE-016")
        try await store.decide(decision(lost, counted: 1), now: 2)
        #expect(try await store.changes().map(\.state).contains(.approved))
    }

    @Test func `what is there is adopted once`() async throws {
        #expect(try await store.adopt(["platform.yaml": "a"], firstDate: day, now: 1))
        #expect(try await store.adopt(["platform.yaml": "b"], firstDate: day, now: 1) == false)
        #expect(try await store.approvedFiles() == ["platform.yaml": "a"])
        let adopted = try #require(try await store.changes().first)
        #expect([adopted.state, adopted.number == 1 ? .adopted : nil] == [.adopted, .adopted])
        #expect(adopted.proposed.files.map(\.path) == ["platform.yaml"])
        let late = await storeError { try await store.decide(decision(1), now: 2) }
        #expect(late?.code == "STORE-016")
    }

    @Test func `a rejection leaves what was agreed on`() async throws {
        _ = try await store.adopt(["platform.yaml": "a"], firstDate: day, now: 1)
        _ = try await store.propose(change(), firstDate: day, now: 1)
        try await store.decide(decision(2, isApproval: false), now: 1)
        #expect(try await store.approvedFiles() == ["platform.yaml": "a"])
        #expect(try await store.changes().map(\.state) == [.adopted, .rejected])
    }
}
