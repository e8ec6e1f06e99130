// A clearing house at work: payment channel and account bank, in one process.
import Foundation

/// The payment channel and the bank of the platform's account; used from one thread.
package final class ClearingHouse: House {
    let scenario: ClearingScenario
    /// The seed as text, the first word of every draw.
    let seed: String
    let vault: Vault<ClearingState>

    /// Opens the state in `directory`; throws when it cannot be used or is in use.
    package init(
        _ scenario: ClearingScenario, seed: UInt64, secrets: KeyRing, directory: String
    ) throws(StateFault) {
        self.scenario = scenario
        self.seed = String(seed)
        let shelf = try FileShelf(directory: directory + "/files")
        vault = try Vault(
            ClearingState(scenario, shelf: shelf), secrets: secrets, directory: directory)
        try closeDates()
        try flush()
    }

    var party: String { scenario.party }
    var clockSkewSeconds: Int { scenario.clockSkewSeconds }

    /// A house that knows nothing yet.
    var fresh: ClearingState { ClearingState(scenario, shelf: state.shelf) }

    /// Decides a request; its outcome may leave only after `flush`.
    package func handle(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome {
        try decide(request, now: now)
    }

    /// Puts everything decided so far on the disk.
    package func flush() throws(StateFault) { try vault.flush() }

    func route(_ request: WireRequest) throws(StateFault) -> Outcome {
        let path = request.path
        switch (request.method, path.count, path.dropFirst().first) {
        case ("POST", 2, "payouts"): return try takePayout(request)
        case ("GET", 3, "payouts"):
            return try attend(.payoutQuery, request, key: request.keyInPath) {
                () throws(StateFault) in
                try payout(path[2])
            }
        case ("PUT", 4, "files"):
            return try attend(.fileIn, request) { () throws(StateFault) in
                try takeFile(request.body, path)
            }
        case ("GET", 4, "files"):
            return try attend(.fileOut, request) { () throws(StateFault) in try offerFile(path) }
        default:
            return .answer(
                .refusal(404, "no-such-path", "\(request.method) \(request.target)"),
                delayMilliseconds: 0)
        }
    }

    func meetDate() throws(StateFault) { try closeDates() }

    static func check(faults text: String) throws(ScenarioFaults) {
        _ = try ClearingFaults(yaml: text, file: "faults")
    }
}
