// What is asked of the far side: one HTTP request with its own time and size limits.

/// The HTTP methods this transport can send.
package enum ExchangeMethod: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
}

/// One HTTP request, sent byte for byte as given: path untouched, no header added but libcurl's
/// `Host`, `Accept` and `Content-Length`.
package struct ExchangeRequest: Sendable {
    package let method: ExchangeMethod
    package let url: String
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]
    /// Bound on name lookup, TCP and TLS together.
    package let connectMilliseconds: Int
    /// Bound from leaving the queue to the first byte of the answer; nil for the whole time.
    package let firstByteMilliseconds: Int?
    /// Bound on the whole exchange once it has left the queue; waiting in the queue has its own.
    package let totalMilliseconds: Int
    /// A longer answer is cut off and its outcome is `unknown`.
    package let maximumBodyBytes: Int

    /// Requires positive time-outs and a body limit of at least zero; a `GET` carries no body.
    package init(
        method: ExchangeMethod, url: String, headers: [(name: String, value: String)] = [],
        body: [UInt8] = [], connectMilliseconds: Int = 5_000, firstByteMilliseconds: Int? = nil,
        totalMilliseconds: Int = 30_000, maximumBodyBytes: Int = 1 << 20
    ) {
        precondition(connectMilliseconds > 0 && totalMilliseconds > 0 && maximumBodyBytes >= 0)
        precondition(firstByteMilliseconds ?? 1 > 0)
        precondition(method != .get || body.isEmpty)
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectMilliseconds = connectMilliseconds
        self.firstByteMilliseconds = firstByteMilliseconds
        self.totalMilliseconds = totalMilliseconds
        self.maximumBodyBytes = maximumBodyBytes
    }

    /// What would let a caller smuggle a second header or cut the address short, or nil.
    var malformation: String? {
        if url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
            return "the address holds a space or a control character"
        }
        for header in headers {
            if header.name.isEmpty || !header.name.utf8.allSatisfy(isTokenByte) {
                return "'\(header.name)' is not a header name"
            }
            if header.value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
                return "the value of header '\(header.name)' holds a control character"
            }
        }
        return nil
    }

    /// Scheme, host and port in lower case: what shares connections and back-off.
    var origin: String {
        let pieces = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        let authority = pieces.prefix(3).joined(separator: "/")
        return authority.prefix { $0 != "?" && $0 != "#" }.lowercased()
    }
}

/// RFC 9110 `tchar`.
private func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default:
        "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
