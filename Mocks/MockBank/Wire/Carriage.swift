// How an answer travels when the line is bad.

/// What becomes of the bytes of an answer.
enum Spoiling: Equatable, Sendable {
    case none
    /// Nothing leaves; the connection is closed.
    case silence
    /// Other bytes leave instead, then the connection is closed.
    case bytes([UInt8])
    case malformedChunk
    /// So much of the body leaves, in percent.
    case truncated(percent: Int, statesLength: Bool)
}

/// How an answer travels.
package struct Carriage: Sendable {
    var delayMilliseconds = 0
    /// Nil is as fast as it goes.
    var pace: Pace?
    var spoiling = Spoiling.none
    /// Whether the connection is reset rather than closed after a spoiling.
    var resets = false
    /// Seconds by which the time stamp of the signature is wrong.
    var skewSeconds = 0
}

extension WireAnswer {
    /// The bytes of a spoiled answer; nil when none leave.
    func bytes(_ spoiling: Spoiling) -> [UInt8]? {
        switch spoiling {
        case .none, .silence: return nil
        case .bytes(let bytes): return bytes
        case .malformedChunk:
            let half = body.prefix(body.count / 2)
            let chunk = Array((String(half.count, radix: 16) + "\r\n").utf8) + half
            return head(["Transfer-Encoding: chunked"]) + chunk + Array("\r\nzz\r\n?".utf8)
        case .truncated(let percent, let statesLength):
            let length = statesLength ? "Content-Length: \(body.count)" : "Connection: close"
            // Never the whole body, or nothing would be missing.
            let kept = min(body.count * percent / 100, max(0, body.count - 1))
            return head([length]) + body.prefix(kept)
        }
    }

    private func head(_ more: [String]) -> [UInt8] {
        let lines =
            ["HTTP/1.1 \(status) \(status < 300 ? "OK" : "Error")", "Content-Type: \(contentType)"]
            + headers.map { "\($0.name): \($0.value)" } + more
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
