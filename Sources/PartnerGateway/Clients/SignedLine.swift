// One partner's line: every request signed, every answer checked.

package import CurlTransport

/// What a signed exchange came to.
enum SignedReply: Sendable {
    /// Proof that nothing left; the text is evidence.
    case notSent(String)
    /// An answer that the partner has signed for this very request.
    case signed(status: Int, body: [UInt8])
    /// Anything else; the text is evidence.
    case unknown(String)
}

/// What a line needs from outside: the wire, the clock and fresh nonces.
package struct LineSurroundings: Sendable {
    package let carry: @Sendable (ExchangeRequest) async -> ExchangeOutcome
    /// Wall time in Unix seconds.
    package let now: @Sendable () -> Int64
    /// A text never given before.
    package let nonce: @Sendable () -> String
    /// nil for one try each.
    package let retries: Retries?

    package init(
        carry: @escaping @Sendable (ExchangeRequest) async -> ExchangeOutcome,
        now: @escaping @Sendable () -> Int64, nonce: @escaping @Sendable () -> String,
        retries: Retries? = nil
    ) {
        self.carry = carry
        self.now = now
        self.nonce = nonce
        self.retries = retries
    }
}

/// One message to a partner, before it is signed.
struct LineMessage: Sendable {
    let method: ExchangeMethod
    /// From `/v1/` on.
    let path: String
    var contentType = ""
    var body: [UInt8] = []
    var firstByteMilliseconds: Int?
    let totalMilliseconds: Int
    let maximumAnswerBytes: Int
}

/// Exchanges signed messages with one partner.
struct SignedLine: Sendable {
    let endpoint: PartnerEndpoint
    let surroundings: LineSurroundings

    /// A question, or what is proven not to have left, may be tried again; each try is signed anew,
    /// since a nonce counts once.
    func exchange(_ message: LineMessage) async -> SignedReply {
        let attempt = await attempt(message)
        switch attempt.outcome {
        case .notSent(let evidence): return .notSent(evidence.text)
        case .unknown(let evidence): return .unknown(evidence.text)
        case .answered(let response, let evidence):
            do throws(SignatureFault) {
                try verify(response, nonce: attempt.nonce)
                return .signed(status: response.status, body: response.body)
            } catch {
                return .unknown("\(evidence.text); answer not trusted: \(error)")
            }
        }
    }

    private struct Attempt {
        let nonce: String
        let outcome: ExchangeOutcome
    }

    private func attempt(_ message: LineMessage) async -> Attempt {
        guard let retries = surroundings.retries else { return await once(message) }
        return await retries.run(isQuestion: message.method == .get, outcome: \.outcome) {
            await once(message)
        }
    }

    private func once(_ message: LineMessage) async -> Attempt {
        let nonce = surroundings.nonce()
        do throws(SignatureFault) {
            let signed = try request(message, nonce: nonce)
            return Attempt(nonce: nonce, outcome: await surroundings.carry(signed))
        } catch {
            let evidence = Evidence(cause: .malformedRequest, message: "not signed: \(error)")
            return Attempt(nonce: nonce, outcome: .notSent(evidence))
        }
    }

    private func request(
        _ message: LineMessage, nonce: String
    ) throws(SignatureFault) -> ExchangeRequest {
        let timestamp = surroundings.now()
        let signed = SignedText.request(
            method: message.method.rawValue, target: endpoint.pathPrefix + message.path,
            timestamp: timestamp, nonce: nonce, body: message.body)
        var headers = [
            (name: SignatureHeader.key, value: endpoint.keyID),
            (name: SignatureHeader.timestamp, value: String(timestamp)),
            (name: SignatureHeader.nonce, value: nonce),
            (
                name: SignatureHeader.signature,
                value: try endpoint.signer.signatures(of: signed, now: timestamp)
            ),
        ]
        if !message.contentType.isEmpty {
            headers.append((name: "Content-Type", value: message.contentType))
        }
        return ExchangeRequest(
            method: message.method, url: endpoint.baseURL + message.path, headers: headers,
            body: message.body, connectMilliseconds: endpoint.connectMilliseconds,
            firstByteMilliseconds: message.firstByteMilliseconds,
            totalMilliseconds: message.totalMilliseconds,
            maximumBodyBytes: message.maximumAnswerBytes)
    }

    private func verify(
        _ response: ExchangeResponse, nonce: String
    ) throws(SignatureFault) {
        try endpoint.signer.verifyAnswer(
            status: response.status, body: response.body, requestNonce: nonce,
            timestamp: response.value(of: SignatureHeader.timestamp),
            signatures: response.values(of: SignatureHeader.signature),
            now: surroundings.now())
    }
}

extension Evidence {
    /// One line for the attempt's record.
    var text: String {
        let code = curlCode.map { ", curl \($0)" } ?? ""
        let status = responseStatus.map { ", status \($0)" } ?? ""
        return "\(cause.rawValue): \(message) (sends \(prereqCalls)\(code)\(status), "
            + "\(requestBytes) bytes out, \(milliseconds) ms)"
    }
}
