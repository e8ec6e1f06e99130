// One exchange on the wire, and the judgement of how it ended.

internal import CCurl

/// A handle of a lane, and the exchange that it carries just now: one after the other.
final class Transfer {
    /// Holds its idle transfers, and outlives those that fly.
    unowned let lane: Lane
    private(set) var submission: Submission?
    /// What it is when it tries a far side that had been failing.
    private(set) var probe: CircuitBreaker.Probe?
    /// Counts its exchanges.
    private(set) var generation = 0
    private var startedAt = ContinuousClock.now
    /// Its place among those that fly.
    var place = 0
    private(set) var easy: EasyHandle
    private let recorder: TransferRecorder

    /// nil when libcurl has no memory for a handle.
    init?(on lane: Lane, _ limits: ClientLimits) {
        guard let easy = EasyHandle() else { return nil }
        self.lane = lane
        self.easy = easy
        recorder = TransferRecorder(limits)
    }

    /// The one whose handle libcurl speaks of.
    static func of(_ easy: UnsafeMutableRawPointer) -> Transfer? {
        colend_curl_get_private(easy).map {
            Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue()
        }
    }

    /// Takes an exchange up; on an error it must be ended with that.
    func begin(
        _ submission: Submission, probe: CircuitBreaker.Probe?,
        at now: ContinuousClock.Instant, _ watch: SocketWatch, _ limits: ClientLimits
    ) throws(SetupFault) {
        self.submission = submission
        self.probe = probe
        startedAt = now
        submission.transfer = self
        recorder.begin(submission.request)
        if generation == 0 {
            try easy.prepare(for: self, recorder, watch, lane.rules, limits)
        }
        generation += 1
        try easy.prepare(submission.request)
    }

    /// Lays the exchange down.
    func finish() {
        submission?.transfer = nil
        submission = nil
    }

    /// Whether it may carry another exchange: after anything but an answer nobody knows what is
    /// left in the handle.
    func isReusable(after outcome: ExchangeOutcome) -> Bool {
        outcome.evidence.cause == .answered && easy.isLean
    }

    /// The first byte of an answer is there.
    var isAnswering: Bool { recorder.hasAnswerBegun }

    /// The outcome when libcurl ended the transfer.
    func outcome(of code: CURLcode) -> ExchangeOutcome {
        let evidence = evidence(of: code)
        // The code alone proves nothing: a garbage reply is reported as "unsupported protocol".
        if recorder.prereqCalls == 0 {
            return code == CURLE_OK ? .unknown(evidence) : .notSent(evidence)
        }
        guard evidence.cause == .answered, let status = evidence.responseStatus, status >= 200
        else {
            return .unknown(evidence)
        }
        return .answered(
            ExchangeResponse(status: status, head: recorder.head, body: recorder.body), evidence)
    }

    /// The outcome when we ended the transfer ourselves.
    func outcome(cutOff cause: Evidence.Cause, _ message: String) -> ExchangeOutcome {
        let evidence = evidence(cause: cause, code: nil, message: message)
        return recorder.prereqCalls == 0 ? .notSent(evidence) : .unknown(evidence)
    }

    private func evidence(of code: CURLcode) -> Evidence {
        if let overflow = recorder.overflow {
            return evidence(cause: overflow, code: code, message: easy.message(for: code))
        }
        if code == CURLE_OK {
            // libcurl calls it a success when the connection ends inside the header.
            return recorder.hasWholeHeader
                ? evidence(cause: .answered, code: code, message: "answered")
                : evidence(cause: .failed, code: code, message: "cut off inside the header")
        }
        let resent = code == CURLE_ABORTED_BY_CALLBACK && recorder.prereqCalls > 1
        return evidence(
            cause: resent ? .resendStopped : .failed, code: code,
            message: easy.message(for: code))
    }

    private func evidence(
        cause: Evidence.Cause, code: CURLcode?, message: String
    ) -> Evidence {
        // The status is the recorder's: libcurl's could be that of the exchange before.
        Evidence(
            cause: cause, curlCode: code.map { Int32($0.rawValue) }, message: message,
            prereqCalls: recorder.prereqCalls, requestBytes: easy.requestBytes,
            responseStatus: recorder.head.status,
            milliseconds: (ContinuousClock.now - startedAt).milliseconds)
    }
}
