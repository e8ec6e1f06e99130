import LendingRules
import Operations
import SQLStore
import Testing

@Suite(.everyEngine) struct WorkerSeatTests {
    private let books: Books

    init() async throws {
        books = try await Books()
        try await books.book(["L1", "L2"])
    }

    @Test func `every process has a seat of its own and keeps it`() throws {
        let first = SQLWorkerSeats(engine: books.engine)
        let second = SQLWorkerSeats(engine: books.engine)
        let names = [try first.name(), try second.name(), try first.name()]
        #expect(names[0] != names[1])
        #expect(names[0] == names[2])
    }

    @Test func `a claim from an empty seat is in doubt at once, whatever its lease`() async throws {
        try await claim(from: SQLWorkerSeats(engine: books.engine).name())
        #expect(try await books.outbox.takeOver(worker: "other", now: 0) == 1)
        #expect(try await books.outbox.unsettled().map(\.state) == [.inDoubt])
    }

    @Test func `a claim from a taken seat is left alone however late it is`() async throws {
        let seats = SQLWorkerSeats(engine: books.engine)
        try await claim(from: seats.name())
        #expect(try await books.outbox.takeOver(worker: "other", now: 1_000) == 0)
        #expect(try await books.outbox.takeOver(worker: "other", now: 1_001) == 0)
        withExtendedLifetime(seats) {}
    }

    @Test func `whoever sits down again takes over what the seat had claimed`() async throws {
        try await claim(from: SQLWorkerSeats(engine: books.engine).name())
        let seats = SQLWorkerSeats(engine: books.engine)
        #expect(try await books.outbox.takeOver(worker: seats.name(), now: 0) == 1)
    }

    @Test func `without the claim rule the dead claim would be sent again`() async throws {
        let careless = SQLFundingOutbox(engine: books.engine, hasClaimRule: false)
        try await claim(from: SQLWorkerSeats(engine: books.engine).name())
        #expect(try await careless.takeOver(worker: "other", now: 0) == 1)
        let again = try await careless.claim(
            limit: 1, worker: "other", leaseUntil: 2_000, now: 1)
        #expect(again.map(\.request.key) == ["L2.harbor.1"])
        #expect(again.map(\.attempt) == [2])
    }

    private func claim(from seat: String) async throws {
        let claimed = try await books.outbox.claim(
            limit: 1, worker: seat, leaseUntil: 1_000, now: 1)
        #expect(claimed.count == 1)
    }
}
