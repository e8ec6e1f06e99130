// Signs what we send and checks what comes back.

/// Names of the headers that carry signatures.
package enum SignatureHeader {
    package static let key = "Colend-Key"
    package static let timestamp = "Colend-Timestamp"
    package static let nonce = "Colend-Nonce"
    package static let signature = "Colend-Signature"
}

/// Why a message is not trusted.
package enum SignatureFault: Error, Hashable, Sendable {
    /// No usable timestamp header.
    case noTimestamp
    /// Seconds between the message's clock and ours.
    case outsideWindow(seconds: Int64)
    case noSignature
    /// None of the signatures belongs to the text under any secret.
    case mismatch
}

/// The secrets shared with one partner; several while they are being rotated.
package struct MessageSigner: Sendable {
    /// How far the sender's clock may be from ours, in seconds.
    package static let windowSeconds: Int64 = 300
    /// Signatures of one message that are looked at.
    static let maximumSignatures = 8

    private let secrets: [SigningSecret]

    /// Signs with every secret and trusts every one; requires at least one.
    package init(secrets: [SigningSecret]) {
        precondition(!secrets.isEmpty, "a signer needs a secret")
        self.secrets = secrets
    }

    /// The value of the signature header: `v1=<base64>` per secret, comma between.
    package func signatures(of text: String) -> String {
        secrets.map { "v1=" + $0.signature(of: text) }.joined(separator: ",")
    }

    /// Checks an answer against the request it claims to answer.
    ///
    /// - Parameter now: wall time in Unix seconds.
    /// - Throws: ``SignatureFault`` when it must not be trusted.
    package func verifyAnswer(
        status: Int, body: [UInt8], requestNonce: String, timestamp: String?,
        signatures: [String], now: Int64
    ) throws(SignatureFault) {
        let seconds = try Self.timestamp(timestamp, now: now)
        let text = SignedText.answer(
            status: status, requestNonce: requestNonce, timestamp: seconds, body: body)
        try verify(text, signatures)
    }

    /// Checks a request somebody sends to us. That its nonce is new is the caller's part.
    ///
    /// - Parameter now: wall time in Unix seconds.
    /// - Throws: ``SignatureFault`` when it must not be trusted.
    package func verifyRequest(
        method: String, target: String, body: [UInt8], nonce: String, timestamp: String?,
        signatures: [String], now: Int64
    ) throws(SignatureFault) {
        let seconds = try Self.timestamp(timestamp, now: now)
        let text = SignedText.request(
            method: method, target: target, timestamp: seconds, nonce: nonce, body: body)
        try verify(text, signatures)
    }

    private static func timestamp(_ text: String?, now: Int64) throws(SignatureFault) -> Int64 {
        guard let text, text.utf8.allSatisfy({ (48...57).contains($0) }), let seconds = Int64(text)
        else { throw .noTimestamp }
        let (distance, overflow) = now.subtractingReportingOverflow(seconds)
        guard !overflow, distance.magnitude <= windowSeconds.magnitude else {
            throw .outsideWindow(seconds: overflow ? .max : distance)
        }
        return seconds
    }

    /// Header lines may each hold several signatures; unknown versions are skipped.
    private func verify(_ text: String, _ lines: [String]) throws(SignatureFault) {
        let offered = lines.flatMap { $0.split { $0 == "," || $0 == " " } }
            .filter { $0.hasPrefix("v1=") }.map { $0.dropFirst(3) }
        guard !offered.isEmpty else { throw .noSignature }
        for signature in offered.prefix(Self.maximumSignatures)
        where secrets.contains(where: { $0.isSignature(signature, of: text) }) {
            return
        }
        throw .mismatch
    }
}
