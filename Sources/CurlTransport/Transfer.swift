// One exchange on the wire, and the judgement of how it ended.

internal import CCurl

/// An exchange that has left the queue.
final class Transfer {
    let submission: Submission
    let lane: Lane
    /// It tries a far side that had been failing.
    let isProbe: Bool
    private(set) var easy: EasyHandle
    private let recorder: TransferRecorder

    /// nil when libcurl has no memory for a handle.
    init?(_ submission: Submission, on lane: Lane, isProbe: Bool, _ limits: ClientLimits) {
        let recorder = TransferRecorder(request: submission.request, limits: limits)
        guard let easy = EasyHandle(recorder: recorder) else { return nil }
        self.submission = submission
        self.lane = lane
        self.isProbe = isProbe
        self.easy = easy
        self.recorder = recorder
    }

    func prepare(_ limits: ClientLimits) throws(SetupFault) {
        try easy.prepare(submission.request, lane.rules, limits)
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
        let response = ExchangeResponse(
            status: status, headers: recorder.headers, body: recorder.body)
        return .answered(response, evidence)
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
        Evidence(
            cause: cause, curlCode: code.map { Int32($0.rawValue) }, message: message,
            prereqCalls: recorder.prereqCalls, requestBytes: easy.requestBytes,
            responseStatus: easy.status, milliseconds: easy.milliseconds)
    }
}
