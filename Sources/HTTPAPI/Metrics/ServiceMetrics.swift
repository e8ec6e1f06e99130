internal import Synchronization

/// One request as it was answered.
struct ServedCall: Hashable {
    let method: String
    let route: String
    let status: Int
    let microseconds: Int64

    /// Any other word could be made up by a caller without end.
    var shownMethod: String {
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(method)
            ? method : "other"
    }
}

/// What this process has counted since it started.
final class ServiceMetrics: Sendable {
    /// Requests are counted by these.
    struct CallLabels: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    /// Callbacks are counted by these.
    struct CallbackLabels: Hashable {
        /// `unknown` while no party is proven.
        let party: String
        let outcome: String
    }

    /// All counts at one moment.
    struct Counts {
        var calls: [CallLabels: Int64] = [:]
        var durations: [String: Histogram] = [:]
        var callbacks: [CallbackLabels: Int64] = [:]
        /// Requests whose answer is not known yet.
        var inFlight: Int64 = 0
    }

    private let counts = Mutex(Counts())

    var now: Counts { counts.withLock { $0 } }

    /// A request has come; ``note(_:)`` ends it.
    func begin() { counts.withLock { $0.inFlight += 1 } }

    func note(_ call: ServedCall) {
        let labels = CallLabels(
            method: call.shownMethod, route: call.route, status: call.status)
        counts.withLock { counts in
            counts.inFlight -= 1
            counts.calls[labels, default: 0] += 1
            counts.durations[call.route, default: Histogram()].note(call.microseconds)
        }
    }

    func noteCallback(party: String, outcome: String) {
        let labels = CallbackLabels(party: party, outcome: outcome)
        counts.withLock { $0.callbacks[labels, default: 0] += 1 }
    }
}

/// Durations by upper bounds.
struct Histogram: Hashable {
    /// In microseconds, ascending.
    static let bounds: [Int64] = [
        1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
        2_500_000, 5_000_000, 10_000_000,
    ]

    /// How many lie at or below each bound, cumulative.
    private(set) var cumulative = [Int64](repeating: 0, count: bounds.count)
    private(set) var count: Int64 = 0
    private(set) var totalMicroseconds: Int64 = 0

    mutating func note(_ microseconds: Int64) {
        count += 1
        totalMicroseconds += microseconds
        for (index, bound) in Self.bounds.enumerated() where microseconds <= bound {
            cumulative[index] += 1
        }
    }
}
