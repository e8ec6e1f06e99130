/// Questions asked in one run: how often about each key, and from when a `never seen` is proof.
struct Questions {
    /// By call, such as `ask L1.harbor.1`.
    private var asked: [String: Int] = [:]
    /// Keys that were not known, with the wall time from which that is proof.
    private var proofDue: [String: Int64] = [:]

    /// When the earliest proof can be had; nil when waiting changes nothing.
    var earliestProof: Int64? { proofDue.values.min() }

    /// Each call is made at most `limit` times, and not again before a `never seen` can be proof.
    func mayAsk(_ call: String, about key: String, limit: Int, now: Int64) -> Bool {
        if asked[call, default: 0] >= limit { return false }
        return proofDue[key].map { $0 <= now } ?? true
    }

    /// An answer has come, whatever it says.
    mutating func note(_ key: String, call: String?) {
        if let call { asked[call, default: 0] += 1 }
        proofDue[key] = nil
    }

    /// Nobody waits for proof about keys that another worker has settled.
    mutating func forget(allBut keys: some Sequence<String>) {
        let keys = Set(keys)
        proofDue = proofDue.filter { keys.contains($0.key) }
    }

    /// Whether a `never seen` is proof: only when it was asked after the settling time, counted
    /// from the end of the last attempt. One that is none is asked again, and does not count.
    mutating func isProof(
        _ key: String, call: String, askedAt: Int64, lastAttemptAt: Int64, settleSeconds: Int
    ) -> Bool {
        let proofAt = lastAttemptAt + Int64(settleSeconds) * 1_000_000
        if askedAt >= proofAt { return true }
        proofDue[key] = proofAt
        asked[call, default: 1] -= 1
        return false
    }
}
