import Foundation
import Operations
import Synchronization

/// How far long work has come, on standard error: a bar with rate and time left on a terminal, a
/// line every five seconds otherwise, nothing when quiet.
final class Progress: Sendable {
    private struct State {
        var noun = ""
        var begun = ContinuousClock.now
        var printed: ContinuousClock.Instant?
        /// Whether the work counted now contains what other parts report.
        var isWhole = false
        var isDrawn = false
    }

    private let isQuiet: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    /// Hears of a part of the work; while a whole is counted its parts are not shown.
    func report(_ work: WorkDone) {
        if !isQuiet, !(state.withLock { $0.isWhole }) { show(work) }
    }

    /// Counts a whole, such as the dates of a long close.
    func reportWhole(_ work: WorkDone) {
        guard !isQuiet else { return }
        state.withLock { $0.isWhole = true }
        show(work)
    }

    /// Leaves a clean line behind.
    func finish() {
        let isDrawn = state.withLock { state in
            defer { state = State() }
            return state.isDrawn
        }
        if isDrawn { write("\r\u{1B}[K") }
    }

    private func show(_ work: WorkDone) {
        let now = ContinuousClock.now
        let elapsed = state.withLock { state -> Duration? in
            if state.noun != work.noun { (state.noun, state.begun) = (work.noun, now) }
            // What is over at once needs no bar, and what comes often need not be drawn so often.
            let pause: Duration = isTerminal ? .milliseconds(110) : .seconds(5)
            guard now - (state.printed ?? state.begun) >= pause else { return nil }
            state.printed = now
            if isTerminal { state.isDrawn = true }
            return now - state.begun
        }
        guard let elapsed else { return }
        let line = ProgressLine(work: work, elapsed: elapsed)
        write(isTerminal ? "\r\(line.drawn(columns: Progress.columns))\u{1B}[K" : line.said + "\n")
    }

    /// The width of the terminal.
    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Where nobody can read it, nothing can be said about that either.
    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
