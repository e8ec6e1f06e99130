// A bank at work: takes whole requests, decides, and keeps everything before it answers.
import Foundation

/// One partner bank with its state directory; used from one thread.
package final class Bank: House {
    let scenario: Scenario
    /// The seed as text, the first word of every draw.
    let seed: String
    let vault: Vault<BankState>

    /// Opens the state in `directory`, cutting a torn last line off its log; throws when the
    /// directory cannot be used or is in use.
    package init(
        _ scenario: Scenario, seed: UInt64, secrets: KeyRing, directory: String
    ) throws(StateFault) {
        self.scenario = scenario
        self.seed = String(seed)
        let shelf = try FileShelf(directory: directory + "/files")
        vault = try Vault(
            BankState(scenario, shelf: shelf), secrets: secrets, directory: directory)
        try bookAndOffer()
        for key in state.requests.keys.sorted() { try announce(key, isAnswered: true) }
        try flush()
    }

    var party: String { scenario.rules.party }
    var clockSkewSeconds: Int { scenario.clockSkewSeconds }
    var deduplicates: Bool { scenario.deduplicates }

    /// A bank that knows nothing yet.
    var fresh: BankState { BankState(scenario, shelf: state.shelf, after: state.outbox) }

    /// Decides a request; its outcome may leave only after `flush`.
    ///
    /// `now` is wall time in Unix seconds; it bounds signatures and nothing else.
    package func handle(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome {
        try decide(request, now: now)
    }

    /// Puts everything decided so far on the disk.
    package func flush() throws(StateFault) { try vault.flush() }

    func route(_ request: WireRequest) throws(StateFault) -> Outcome {
        let path = request.path
        switch (request.method, path.count, path.dropFirst().first) {
        case ("POST", 2, "funding-requests"): return try takeRequest(request)
        case ("POST", 2, "funding-requests:batch"): return try takeBatch(request)
        case ("GET", 3, "funding-requests"): return try query(path[2], request)
        case ("POST", 4, "funding-requests") where path[3] == "reversal":
            return try takeReversal(path[2], request)
        case ("PUT", 4, "files"):
            return try attend(.fileIn, request) { () throws(StateFault) in
                try takeFile(request)
            }
        case ("GET", 4, "files"):
            return try attend(.fileOut, request) { () throws(StateFault) in try offerFile(path) }
        default:
            return .answer(
                .refusal(404, "no-such-path", "\(request.method) \(request.target)"),
                delayMilliseconds: 0)
        }
    }

    static func check(faults text: String) throws(ScenarioFaults) {
        _ = try FaultSet(yaml: text, file: "faults")
    }
}
