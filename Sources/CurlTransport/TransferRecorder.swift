// What libcurl's callbacks tell about one transfer.

/// Collects an answer within its limits and counts how often libcurl is about to send the request.
final class TransferRecorder {
    private(set) var prereqCalls = 0
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var body: [UInt8] = []
    private(set) var overflow: Evidence.Cause?
    private var headerBytes = 0
    private(set) var hasWholeHeader = false
    /// A byte of an answer is there.
    var hasAnswerBegun: Bool { headerBytes > 0 || !body.isEmpty }
    private let maximumBodyBytes: Int
    private let maximumHeaderBytes: Int
    private let resendGuard: Bool

    init(request: ExchangeRequest, limits: ClientLimits) {
        maximumBodyBytes = request.maximumBodyBytes
        maximumHeaderBytes = limits.maximumHeaderBytes
        resendGuard = limits.resendGuard
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

    func appendHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= maximumHeaderBytes else {
            overflow = .headersTooLarge
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // An interim answer (1xx) came before; only the last one counts.
            headers = []
            hasWholeHeader = false
        } else if line == "\r\n" || line == "\n" {
            hasWholeHeader = true
        } else if !hasWholeHeader, let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...]
            headers.append((String(line[..<colon]), trimmed(value)))
        }
        return true
    }
}

private func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
}
