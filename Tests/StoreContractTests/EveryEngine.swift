import Synchronization
import Testing

/// What the stores of a test are on.
enum StoreKind: String, CaseIterable, Sendable {
    case sqlite = "SQLite"
    case postgres = "PostgreSQL"

    /// What the workspaces that are made now are on.
    @TaskLocal static var current = StoreKind.sqlite
}

/// Runs every test of a suite on SQLite and then on PostgreSQL: one contract, two engines.
struct EveryEngine: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
        testCase == nil ? nil : self
    }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        for kind in StoreKind.allCases {
            let naming = IssueHandlingTrait.compactMapIssues { issue in
                var issue = issue
                issue.comments.append("on \(kind.rawValue)")
                return issue
            }
            try await naming.provideScope(for: test, testCase: testCase) {
                try await StoreKind.$current.withValue(kind) {
                    if kind == .postgres { await Places.shared.take() }
                    defer { if kind == .postgres { Places.shared.giveBack() } }
                    try await function()
                }
            }
        }
    }
}

extension Trait where Self == EveryEngine {
    /// Each test on every engine.
    static var everyEngine: Self { EveryEngine() }
}

/// How many tests use the server at once: it has room for a few hundred connections.
private final class Places: Sendable {
    static let shared = Places()

    private struct State {
        var free = 16
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free == 0 else {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}
