import LendingRules
import SQLStore
import Testing

@Suite(.everyEngine) struct NonceContractTests {
    private let workspace: Workspace
    private let engine: any SQLEngine
    private let nonces: SQLNonces
    private let harbor = PartyID("harbor")

    init() async throws {
        workspace = try Workspace()
        engine = try await workspace.engine()
        nonces = SQLNonces(engine: engine)
    }

    @Test func `a nonce is taken once, and each party has its own`() async throws {
        #expect(try await nonces.take("nonce-0001", of: harbor, expiresAt: 100))
        #expect(try await !nonces.take("nonce-0001", of: harbor, expiresAt: 100))
        #expect(try await !nonces.take("nonce-0001", of: harbor, expiresAt: 900))
        #expect(try await nonces.take("nonce-0002", of: harbor, expiresAt: 100))
        #expect(try await nonces.take("nonce-0001", of: PartyID("meridian"), expiresAt: 100))
        #expect(try await number(engine, "SELECT COUNT(*) FROM nonce") == 3)
        #expect(try await number(engine, "SELECT MAX(expires_at) FROM nonce") == 100)
    }

    @Test func `of many who take a nonce at once one has it`() async throws {
        let nonces = nonces
        let harbor = harbor
        let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    try await nonces.take("nonce-0001", of: harbor, expiresAt: 100)
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
    }

    @Test func `what has expired is forgotten, and nothing else`() async throws {
        for (nonce, expiresAt) in [("nonce-0001", 99), ("nonce-0002", 100), ("nonce-0003", 101)] {
            #expect(try await nonces.take(nonce, of: harbor, expiresAt: Int64(expiresAt)))
        }
        #expect(try await nonces.forget(expiredBefore: 100) == 1)
        #expect(try await nonces.forget(expiredBefore: 100) == 0)
        #expect(try await !nonces.take("nonce-0002", of: harbor, expiresAt: 100))
        #expect(try await nonces.take("nonce-0001", of: harbor, expiresAt: 400))
    }

    @Test func `nonces are no part of the books`() async throws {
        func digest() async throws -> [UInt8] {
            try await engine.read { connection in try StoreDigest.compute(connection) }
        }
        let before = try await digest()
        #expect(try await nonces.take("nonce-0001", of: harbor, expiresAt: 100))
        #expect(try await digest() == before)
    }

    @Test func `another engine on the same store sees what was taken`() async throws {
        #expect(try await nonces.take("nonce-0001", of: harbor, expiresAt: 100))
        let other = SQLNonces(engine: try await workspace.engine())
        #expect(try await !other.take("nonce-0001", of: harbor, expiresAt: 100))
    }
}
