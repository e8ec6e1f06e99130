import Foundation
import Synchronization

/// A progress line on standard error: a bar with rate and time left on a terminal, a line every
/// five seconds otherwise, nothing when quiet.
final class Progress: Sendable {
    private struct State {
        let begun = ContinuousClock.now
        var printed: ContinuousClock.Instant?
    }

    private let total: Int
    private let isQuiet: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    init(total: Int, isQuiet: Bool) {
        self.total = total
        self.isQuiet = isQuiet
    }

    func step(_ done: Int, _ what: String) {
        guard !isQuiet else { return }
        let elapsed = state.withLock { state -> Duration? in
            let now = ContinuousClock.now
            let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
            if let printed = state.printed ?? (isTerminal ? nil : state.begun),
                now - printed < pause, done < total || !isTerminal
            {
                return nil
            }
            state.printed = now
            return now - state.begun
        }
        guard let elapsed else { return }
        let left = elapsed * (total - done) / max(1, done)
        let text = "\(done)/\(total) \(what), \(left.components.seconds) s left"
        write(isTerminal ? "\r\u{1B}[K\(bar(done)) \(text)" : text + "\n")
    }

    func finish() {
        if isTerminal, !isQuiet { write("\r\u{1B}[K") }
    }

    private func bar(_ done: Int) -> String {
        let filled = 24 * done / max(1, total)
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
