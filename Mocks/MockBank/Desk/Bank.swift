// A bank at work: takes whole requests, decides, and keeps everything before it answers.
import Foundation

/// One partner bank with its state directory; used from one thread.
package final class Bank: Desk {
    let scenario: Scenario
    /// The seed as text, the first word of every draw.
    let seed: String
    private(set) var state: BankState
    private let log: LogFile<LogRecord>
    private let signer: Signer

    /// Opens the state in `directory`, cutting a torn last line off its log; throws when the
    /// directory cannot be used or is in use.
    package init(
        _ scenario: Scenario, seed: UInt64, secrets: [[UInt8]], directory: String
    ) throws(StateFault) {
        self.scenario = scenario
        self.seed = String(seed)
        signer = Signer(secrets: secrets)
        let shelf = try FileShelf(directory: directory + "/files")
        var state = BankState(scenario, shelf: shelf)
        log = try LogFile<LogRecord>(directory: directory) { record throws(StateFault) in
            try state.apply(record)
        }
        self.state = state
        try bookAndOffer()
        try flush()
    }

    /// Decides a request; its outcome may leave only after `flush`.
    ///
    /// `now` is wall time in Unix seconds; it bounds signatures and nothing else.
    package func handle(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome {
        let path = request.path
        if path.first == "admin" { return .answer(try administer(request), delayMilliseconds: 0) }
        if path == ["v1", "health"] { return .answer(health(request), delayMilliseconds: 0) }
        let nonce = request.header("colend-nonce") ?? ""
        var outcome: Outcome
        do {
            let proof = try signer.check(request, now: now)
            if state.nonces[proof.nonce] != nil {
                outcome = .answer(try refuseReplay(request), delayMilliseconds: 0)
            } else {
                state.forgetNonces(ifAfter: now)
                var seen = LogRecord()
                seen.nonce = (proof.nonce, proof.timestamp)
                try keep(seen)
                outcome = try route(request)
            }
        } catch let refusal as Refusal {
            outcome = .answer(try refuseSignature(request, refusal), delayMilliseconds: 0)
        } catch let fault as StateFault {
            throw fault
        } catch {
            throw StateFault(description: "\(error)")
        }
        if case .answer(var answer, let delay) = outcome {
            answer.headers.append(("Colend-Key", scenario.rules.party))
            answer.headers += signer.headers(answer, nonce: nonce, now: now)
            outcome = .answer(answer, delayMilliseconds: delay)
        }
        return outcome
    }

    /// Puts everything decided so far on the disk.
    package func flush() throws(StateFault) {
        try log.flush()
    }

    /// Applies a record and adds it to the log.
    func keep(_ record: LogRecord) throws(StateFault) {
        let numbered = state.numbered(record)
        try state.apply(numbered)
        log.append(numbered)
    }

    func entry(_ event: JournalEntry.Event, key: String? = nil, detail: String? = nil)
        -> JournalEntry
    {
        JournalEntry(event, on: state.clock, key: key, detail: detail)
    }

    private func route(_ request: WireRequest) throws(StateFault) -> Outcome {
        let path = request.path
        switch (request.method, path.count, path.dropFirst().first) {
        case ("POST", 2, "funding-requests"): return try takeRequest(request)
        case ("POST", 2, "funding-requests:batch"): return try takeBatch(request)
        case ("GET", 3, "funding-requests"): return try query(path[2])
        case ("POST", 4, "funding-requests") where path[3] == "reversal":
            return try takeReversal(path[2])
        case ("PUT", 4, "files"): return try takeFile(request)
        case ("GET", 4, "files"): return .answer(try offerFile(path), delayMilliseconds: 0)
        default:
            return .answer(
                .refusal(404, "no-such-path", "\(request.method) \(request.target)"),
                delayMilliseconds: 0)
        }
    }

    private func refuseReplay(_ request: WireRequest) throws(StateFault) -> WireAnswer {
        var record = LogRecord()
        record.entries = [
            entry(
                .replayedNonce, key: key(of: request),
                detail: "\(request.method) \(request.target)")
        ]
        try keep(record)
        return .refusal(401, "nonce", "this nonce was used before")
    }

    private func refuseSignature(
        _ request: WireRequest, _ refusal: Refusal
    ) throws(StateFault) -> WireAnswer {
        var record = LogRecord()
        record.entries = [
            entry(.refusedSignature, key: key(of: request), detail: refusal.reason)
        ]
        try keep(record)
        return .refusal(401, refusal)
    }

    private func key(of request: WireRequest) -> String? {
        let path = request.path
        if path.count >= 3, path[1] == "funding-requests" {
            return RequestHead.isIdentifier(path[2]) ? path[2] : nil
        }
        guard let key = (try? JSON.parse(request.body))?["key"]?.text else { return nil }
        return RequestHead.isIdentifier(key) ? key : nil
    }
}
