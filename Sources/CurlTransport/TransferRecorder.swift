// What libcurl's callbacks tell about one transfer.

/// Collects an answer within its limits and counts how often libcurl is about to send the request.
final class TransferRecorder {
    private(set) var prereqCalls = 0
    private(set) var head = AnswerHead()
    private(set) var body: [UInt8] = []
    private(set) var overflow: Evidence.Cause?
    private var headerBytes = 0
    private(set) var hasWholeHeader = false
    /// A byte of an answer is there.
    var hasAnswerBegun: Bool { headerBytes > 0 || !body.isEmpty }
    private var maximumBodyBytes = 0
    private let maximumHeaderBytes: Int
    private let resendGuard: Bool

    init(_ limits: ClientLimits) {
        maximumHeaderBytes = limits.maximumHeaderBytes
        resendGuard = limits.resendGuard
    }

    /// Forgets everything for the next exchange.
    func begin(_ request: ExchangeRequest) {
        (prereqCalls, headerBytes) = (0, 0)
        (hasWholeHeader, overflow) = (false, nil)
        (head, body) = (AnswerHead(), [])
        maximumBodyBytes = request.maximumBodyBytes
    }

    /// A connection stands and the request is about to leave. A second time within one transfer
    /// means that libcurl found the connection dead and would silently send the request again.
    func allowSend() -> Bool {
        prereqCalls += 1
        return prereqCalls == 1 || !resendGuard
    }

    func appendBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= maximumBodyBytes else {
            overflow = .bodyTooLarge
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    func appendHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= maximumHeaderBytes else {
            overflow = .headersTooLarge
            return false
        }
        if line.starts(with: AnswerHead.start) {
            // An interim answer (1xx) came before; only the last one counts.
            head.begin(line)
            hasWholeHeader = false
        } else if line.first == UInt8(ascii: "\n") || line.starts(with: AnswerHead.lineEnd) {
            hasWholeHeader = true
        } else if !hasWholeHeader {
            head.append(line)
        }
        return true
    }
}
