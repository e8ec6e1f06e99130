import Foundation
import Logging
import Operations
import ServiceLifecycle
import UnixSignals

/// Ends when a signal says so, and with it the group in good order.
struct SignalWatch: Service {
    let stop: StopRecord
    let logger: Logger

    /// Waits for SIGTERM or SIGINT.
    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        for await signal in signals.cancelOnGracefulShutdown() {
            let name = signal == .sigterm ? "SIGTERM" : "SIGINT"
            stop.note(name, signal: signal == .sigterm ? SIGTERM : SIGINT)
            logger.notice("stopping", metadata: ["by": "\(name)"])
            return
        }
    }
}

/// Ends when the process that started this one is gone.
struct ParentWatch: Service {
    let stop: StopRecord
    let logger: Logger

    /// Looks several times a second.
    func run() async throws {
        let parent = getppid()
        // Its own end by a stop is no fault: that would cut off what is under way.
        try? await cancelWhenGracefulShutdown {
            while getppid() == parent { try await Task.sleep(for: .milliseconds(200)) }
            stop.note("the end of its parent", signal: nil)
            logger.notice("stopping", metadata: ["by": "the end of its parent"])
        }
    }
}

/// Forgets nonces whose messages can no longer pass.
struct NonceSweep: Service {
    /// They are kept for another window, so that a clock set back lets none of them in again.
    private static let keptSeconds: Int64 = 300
    private static let pause = Duration.seconds(600)

    let nonces: any NonceStore
    let logger: Logger

    /// Sweeps now and then until the service stops.
    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await sweep()
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    /// What fails is tried again at the next turn: nothing depends on it but room.
    private func sweep() async {
        let now = Clock.seconds()
        do {
            try await nonces.forget(expiredBefore: now - Self.keptSeconds)
        } catch {
            logger.warning("sweep failed", metadata: ["cause": "\(Failure(error).lines)"])
        }
    }
}
