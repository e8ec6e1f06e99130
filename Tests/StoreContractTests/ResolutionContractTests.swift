import LendingRules
import Operations
import SQLStore
import Testing

/// What the store keeps of people's words about requests.
@Suite(.everyEngine) struct ResolutionContractTests {
    private static let key = "L1.harbor.1"
    private let books: Books
    private let resolutions: SQLResolutions

    init() async throws {
        books = try await Books()
        resolutions = SQLResolutions(engine: books.engine, firstDate: Books.firstDate)
        try await books.book(["L1"])
        let claimed = try await books.outbox.claim(
            limit: 1, worker: "w", leaseUntil: 9, now: 1)
        try await books.outbox.store(
            claimed.map { RequestResult(held: $0, state: .inDoubt) }, now: 2)
    }

    private func word(_ number: Int, _ person: String) -> Resolution {
        Resolution(
            number: number, state: .inDoubt, outcome: .notFunded, person: person,
            reason: "电话", isDecision: number > 1)
    }

    @Test func `words are kept in order, and a decision with its result`() async throws {
        let first = try #require(try await resolutions.disputed(Self.key))
        #expect(first.said.isEmpty && first.held.state == .inDoubt)
        try await resolutions.keep(word(1, "ann"), of: first.held, nil, now: 3)
        let second = try #require(try await resolutions.disputed(Self.key))
        #expect(second == DisputedRequest(held: first.held, said: [word(1, "ann")]))
        let result = RequestResult(held: second.held, state: .refused, reason: "not-funded")
        try await resolutions.keep(word(2, "ben"), of: second.held, result, now: 4)
        let after = try #require(try await resolutions.disputed(Self.key))
        #expect(after.held.state == .refused)
        #expect(after.said.map(\.person) == ["ann", "ben"])
        #expect(try await books.audit.resolutions() == [Self.key: after.said])
        #expect(try await books.loans.loan(LoanID("L1"))?.answers == [Self.key: "not-funded"])
    }

    @Test func `two who speak at once are told to look again`() async throws {
        let held = try #require(try await resolutions.disputed(Self.key)).held
        try await resolutions.keep(word(1, "ann"), of: held, nil, now: 3)
        let twice = await storeError {
            try await resolutions.keep(word(1, "ben"), of: held, nil, now: 3)
        }
        #expect(twice?.code == "STORE-016")
        try await books.outbox.store([RequestResult(held: held, state: .accepted)], now: 4)
        let late = await storeError {
            try await resolutions.keep(
                word(2, "ben"), of: held, RequestResult(held: held, state: .refused), now: 5)
        }
        #expect(late?.code == "STORE-016")
        let after = try #require(try await resolutions.disputed(Self.key))
        #expect((after.held.state, after.said.count) == (.accepted, 1))
    }

    @Test func `nobody knows a key that was never given out`() async throws {
        #expect(try await resolutions.disputed("L9.harbor.1") == nil)
    }
}
