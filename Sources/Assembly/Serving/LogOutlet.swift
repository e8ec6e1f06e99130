import Foundation

/// Lines on their way to standard error, written by a thread of their own: whoever reads them
/// slowly, or not at all, holds no request up.
///
/// A bounded number waits; what comes beyond is dropped, and told once there is room again.
final class LogOutlet: @unchecked Sendable {
    /// Lines that wait at most.
    static let capacity = 10_000

    // Guarded by `changed`.
    private let changed = NSCondition()
    private var waiting: [String] = []
    private var dropped = 0
    private var isWriting = false
    private let write: @Sendable (String) -> Void
    private let telling: @Sendable (_ dropped: Int) -> String

    /// - Parameters:
    ///   - telling: The line that says how many were dropped.
    ///   - write: Writes a text with its end; may take as long as it likes.
    init(
        telling: @escaping @Sendable (_ dropped: Int) -> String,
        write: @escaping @Sendable (String) -> Void = LogOutlet.toStandardError
    ) {
        self.write = write
        self.telling = telling
        let thread = Thread { [self] in while true { write(next()) } }
        thread.name = "colend.log"
        thread.start()
    }

    /// Queues a line with its end; never waits.
    func add(_ line: String) {
        changed.withLock {
            guard waiting.count < Self.capacity else {
                dropped += 1
                return
            }
            waiting.append(line)
            changed.signal()
        }
    }

    /// Waits until everything is written, for so long at most.
    func drain(within limit: Duration) async {
        let end = ContinuousClock.now + limit
        while isBusy, ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    private var isBusy: Bool { changed.withLock { isWriting || !waiting.isEmpty } }

    private func next() -> String {
        changed.withLock {
            isWriting = false
            while waiting.isEmpty { changed.wait() }
            isWriting = true
            defer {
                waiting.removeAll(keepingCapacity: true)
                dropped = 0
            }
            return waiting.joined() + (dropped == 0 ? "" : telling(dropped))
        }
    }

    @Sendable static func toStandardError(_ text: String) {
        // Where nobody can read it, nothing can be said about that either.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
