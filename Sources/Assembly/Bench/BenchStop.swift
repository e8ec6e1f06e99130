import Foundation
import Synchronization

/// What happens to a bench when the process is told to end: its programs are ended, and what it has
/// written is removed, or named.
final class BenchStop: @unchecked Sendable {
    private struct State {
        /// Directories that are being written into.
        var rounds: Set<String> = []
        var isStopping = false
        /// Nothing of this process writes into them any more.
        var isDone = false
    }

    /// How long the work has to notice that its programs have ended.
    private static let patienceMilliseconds = 10_000

    private static let signals = [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM"), (SIGHUP, "SIGHUP")]

    private let state = Mutex(State())
    /// The bench, as people are told of it; nil for one that says nothing.
    private let name: String?
    private let directory: String
    /// Whether somebody has named the directory, and may want to look into it.
    private let isKept: Bool
    /// What is left behind besides, a line each.
    private let remains: [String]
    // Made once, only cancelled afterwards; Dispatch takes that from any thread.
    private var watches: [(number: Int32, source: any DispatchSourceSignal)] = []

    /// Watches for signals from now on; the process ends as they would have ended it. One that is
    /// ignored, as `nohup` has it, stays so.
    init(_ name: String?, directory: String, isKept: Bool = false, remains: [String] = []) {
        self.name = name
        self.directory = directory
        self.isKept = isKept
        self.remains = remains
        watches = Self.signals.compactMap { number, name in
            let before = unsafeBitCast(signal(number, SIG_IGN), to: Int.self)
            if before == unsafeBitCast(SIG_IGN, to: Int.self) { return nil }
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in end(by: number, name) }
            source.resume()
            return (number, source)
        }
    }

    /// A round is about to write into its directory.
    func begin(_ round: String) { state.withLock { _ = $0.rounds.insert(round) } }

    /// A round is done with it, which stays if it is there still. Not a round whose programs were
    /// ended.
    func end(_ round: String) {
        state.withLock { state in
            if !state.isStopping { state.rounds.remove(round) }
        }
    }

    /// The rounds are over: signals end the process as before. While it is being ended this does
    /// not return: what the rounds make of the end of their programs is no finding.
    func finish() async {
        state.withLock { $0.isDone = true }
        while state.withLock(\.isStopping) { try? await Task.sleep(for: .seconds(1)) }
        for (number, source) in watches {
            source.cancel()
            signal(number, SIG_DFL)
        }
    }

    private func end(by number: Int32, _ name: String) {
        let begun = state.withLock { state -> Int? in
            defer { state.isStopping = true }
            return state.isStopping ? nil : state.rounds.count
        }
        guard let begun else { return }
        if let bench = self.name {
            tell("\(bench) is stopped by \(name), with \(begun) rounds under way")
        }
        ChildProgram.endAll()
        for _ in 0..<Self.patienceMilliseconds where !state.withLock(\.isDone) { usleep(1_000) }
        if !isKept {
            state.withLock(\.rounds).forEach(remove)
        }
        // Only when nothing is left in it.
        rmdir(directory)
        if FileManager.default.fileExists(atPath: directory) { tell("left in \(directory)") }
        if begun > 0 { remains.forEach(tell) }
        die(of: number)
    }

    /// More than once where somebody still writes into it.
    private func remove(_ round: String) {
        for _ in 0..<100 where FileManager.default.fileExists(atPath: round) {
            try? FileManager.default.removeItem(atPath: round)
        }
    }

    private func die(of number: Int32) {
        signal(number, SIG_DFL)
        // Threads of queues take no signals, and there may be no others: this one does from now on.
        var own = sigset_t()
        sigemptyset(&own)
        sigaddset(&own, number)
        pthread_sigmask(SIG_UNBLOCK, &own, nil)
        kill(getpid(), number)
    }

    private func tell(_ line: String) {
        // Where nobody can read it, nothing can be said about that either.
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
