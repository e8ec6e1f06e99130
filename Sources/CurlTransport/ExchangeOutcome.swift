// What became of an exchange, in the only three ways that matter to money.

/// The three ends of an exchange. Only `notSent` may be sent again without asking first.
package enum ExchangeOutcome: Sendable {
    /// Proof that no byte of the request left this process.
    case notSent(Evidence)
    /// A complete HTTP answer; whether its content can be trusted is for the caller to check.
    case answered(ExchangeResponse, Evidence)
    /// Sent, or perhaps sent, without a trustworthy answer: ask the far side.
    case unknown(Evidence)

    /// The evidence behind the outcome.
    package var evidence: Evidence {
        switch self {
        case .notSent(let evidence), .unknown(let evidence), .answered(_, let evidence): evidence
        }
    }
}

/// A complete HTTP answer.
package struct ExchangeResponse: Sendable {
    package let status: Int
    private let head: AnswerHead
    package let body: [UInt8]

    package init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.init(status: status, head: AnswerHead(headers), body: body)
    }

    init(status: Int, head: AnswerHead, body: [UInt8]) {
        self.status = status
        self.head = head
        self.body = body
    }

    /// In the order received; trailers are dropped.
    package var headers: [(name: String, value: String)] { head.headers }

    /// Every value of a header, whatever the case of its name, in the order received.
    package func values(of name: String) -> [String] { head.values(of: name) }

    /// The first value of a header, whatever the case of its name.
    package func value(of name: String) -> String? { values(of: name).first }

    /// Whether the answer said where its body ends (`Content-Length`, chunks, frames of
    /// HTTP/2, or no body at all); without that a body cut short looks complete.
    package var hasDelimitedBody: Bool {
        head.isFramed || status == 204 || status == 304 || value(of: "Content-Length") != nil
            || values(of: "Transfer-Encoding").contains { $0.lowercased().hasSuffix("chunked") }
    }
}
