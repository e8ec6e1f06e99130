// What comes in and what goes out, apart from how the socket carries it.

/// A whole HTTP request.
package struct WireRequest: Sendable {
    /// `GET`, `POST`, `PUT`.
    package let method: String
    /// Path and query as sent; this is what a signature covers.
    package let target: String
    /// Header names in lowercase with their values.
    package let headers: [(name: String, value: String)]
    /// The body's bytes.
    package let body: [UInt8]

    /// A request as received.
    package init(
        method: String, target: String, headers: [(name: String, value: String)], body: [UInt8]
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    func headers(_ name: String) -> [String] {
        headers.filter { $0.name == name }.map(\.value)
    }

    /// The path in parts, without the query.
    var path: [String] {
        let path = target.prefix { $0 != "?" }
        return path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            .map(String.init)
    }

    func parameter(_ name: String) -> String? {
        guard let start = target.firstIndex(of: "?") else { return nil }
        return target[target.index(after: start)...].split(separator: "&")
            .first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }
}

/// A whole HTTP answer.
package struct WireAnswer: Sendable {
    /// HTTP status.
    package var status: Int
    /// The body's bytes.
    package var body: [UInt8]
    /// Headers beside length and type.
    package var headers: [(name: String, value: String)] = []
    /// Content type of the body.
    package var contentType = "application/json"
    /// Whether a recorded answer was signed.
    var isSigned = true

    init(_ status: Int, _ body: JSON) {
        self.status = status
        self.body = body.bytes
    }

    init(_ status: Int, file: [UInt8], contentType: String) {
        self.status = status
        body = file
        self.contentType = contentType
    }

    /// An answer that says why not.
    static func refusal(_ status: Int, _ refusal: Refusal, key: String? = nil) -> WireAnswer {
        WireAnswer(status, refusalBody(refusal, key: key, state: status == 422 ? "refused" : nil))
    }

    static func refusal(_ status: Int, _ code: String, _ reason: String) -> WireAnswer {
        refusal(status, Refusal(code: code, reason: reason))
    }

    static func refusalBody(_ refusal: Refusal, key: String?, state: String?) -> JSON {
        .record([
            "key": key.map(JSON.string), "state": key == nil ? nil : state.map(JSON.string),
            "reasonCode": .string(refusal.code), "reason": .string(refusal.reason),
        ])
    }
}

/// What the bank does with a request: answer it, perhaps late, or close the connection.
package enum Outcome: Sendable {
    case answer(WireAnswer, delayMilliseconds: Int)
    case close(withReset: Bool)
    /// An answer on a bad line.
    case carried(WireAnswer, Carriage)
}
