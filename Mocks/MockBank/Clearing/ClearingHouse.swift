// A clearing house at work: payment channel and account bank, in one process.
import Foundation

/// The payment channel and the bank of the platform's account; used from one thread.
package final class ClearingHouse: Desk {
    let scenario: ClearingScenario
    /// The seed as text, the first word of every draw.
    let seed: String
    private(set) var state: ClearingState
    private let log: LogFile<ClearingRecord>
    private let signer: Signer

    /// Opens the state in `directory`; throws when it cannot be used or is in use.
    package init(
        _ scenario: ClearingScenario, seed: UInt64, secrets: [[UInt8]], directory: String
    ) throws(StateFault) {
        self.scenario = scenario
        self.seed = String(seed)
        signer = Signer(secrets: secrets)
        let shelf = try FileShelf(directory: directory + "/files")
        var state = ClearingState(scenario, shelf: shelf)
        log = try LogFile<ClearingRecord>(directory: directory) { record throws(StateFault) in
            try state.apply(record)
        }
        self.state = state
        try closeDates()
        try flush()
    }

    /// Decides a request; its outcome may leave only after `flush`.
    package func handle(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome {
        let path = request.path
        if path.first == "admin" { return .answer(try administer(request), delayMilliseconds: 0) }
        if path == ["v1", "health"] { return .answer(health, delayMilliseconds: 0) }
        let outcome = try signed(request, now: now)
        guard case .answer(var answer, let delay) = outcome else { return outcome }
        let nonce = request.header("colend-nonce") ?? ""
        answer.headers.append(("Colend-Key", scenario.party))
        answer.headers += signer.headers(answer, nonce: nonce, now: now)
        return .answer(answer, delayMilliseconds: delay)
    }

    /// Puts everything decided so far on the disk.
    package func flush() throws(StateFault) { try log.flush() }

    /// Applies a record and adds it to the log.
    func keep(_ record: ClearingRecord) throws(StateFault) {
        let numbered = state.numbered(record)
        try state.apply(numbered)
        log.append(numbered)
    }

    func entry(_ event: JournalEntry.Event, key: String? = nil, detail: String? = nil)
        -> JournalEntry
    {
        JournalEntry(event, on: state.clock, key: key, detail: detail)
    }

    private func signed(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome {
        let proof: Signer.Proof
        do throws(Refusal) { proof = try signer.check(request, now: now) } catch {
            return try refuse(.refusedSignature, request, error)
        }
        if state.nonces[proof.nonce] != nil {
            let refusal = Refusal(code: "nonce", reason: "this nonce was used before")
            return try refuse(.replayedNonce, request, refusal)
        }
        if state.nonces.count > 50_000 {
            state.forgetNonces(before: now - 2 * Signer.windowSeconds)
        }
        var seen = ClearingRecord()
        seen.nonce = (proof.nonce, proof.timestamp)
        try keep(seen)
        return try route(request)
    }

    private func refuse(
        _ event: JournalEntry.Event, _ request: WireRequest, _ refusal: Refusal
    ) throws(StateFault) -> Outcome {
        var record = ClearingRecord()
        record.entries = [entry(event, detail: "\(request.method) \(request.target)")]
        try keep(record)
        return .answer(.refusal(401, refusal), delayMilliseconds: 0)
    }

    private func route(_ request: WireRequest) throws(StateFault) -> Outcome {
        let path = request.path
        switch (request.method, path.count, path.dropFirst().first) {
        case ("POST", 2, "payouts"): return try takePayout(request)
        case ("GET", 3, "payouts"):
            return .answer(try payout(path[2]), delayMilliseconds: 0)
        case ("PUT", 4, "files"):
            return .answer(try takeFile(request.body, path), delayMilliseconds: 0)
        case ("GET", 4, "files"): return .answer(try offerFile(path), delayMilliseconds: 0)
        default:
            return .answer(
                .refusal(404, "no-such-path", "\(request.method) \(request.target)"),
                delayMilliseconds: 0)
        }
    }
}
