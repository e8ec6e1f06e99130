import Dispatch
import SQLStore
import Synchronization

/// One piece of work under way while the next is read. It blocks the thread of the reader, which is
/// an engine's own and never one of the cooperative pool.
final class PieceLine: CopyLine {
    private let free = DispatchSemaphore(value: 1)
    private let failure = Mutex<(any Error)?>(nil)

    func send(_ piece: @escaping @Sendable () async throws -> Void) throws {
        free.wait()
        if let failure = failure.withLock({ $0 }) {
            free.signal()
            throw failure
        }
        Task {
            do {
                try await piece()
            } catch {
                failure.withLock { $0 = error }
            }
            free.signal()
        }
    }

    func finish() throws {
        free.wait()
        free.signal()
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
