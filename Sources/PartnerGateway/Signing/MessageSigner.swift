// Signs what we send and checks what comes back.

/// Names of the headers that carry signatures.
package enum SignatureHeader {
    package static let key = "Colend-Key"
    package static let timestamp = "Colend-Timestamp"
    package static let nonce = "Colend-Nonce"
    package static let signature = "Colend-Signature"
}

/// Why a message is not trusted, or cannot be signed.
package enum SignatureFault: Error, Hashable, Sendable {
    /// No usable timestamp header.
    case noTimestamp
    /// Seconds between the message's clock and ours.
    case outsideWindow(seconds: Int64)
    case noSignature
    /// None of the signatures belongs to the text under any key.
    case mismatch
    /// Every key is past its time, or before it.
    case noValidKey
    /// The library would not sign.
    case cannotSign
}

/// The keys between us and one partner; several of a side while they are being rotated.
package struct MessageSigner: Sendable {
    /// How far the sender's clock may be from ours, in seconds.
    package static let windowSeconds: Int64 = 300
    /// Signatures of one message that are looked at.
    static let maximumSignatures = 8
    /// Length of the longest signature that is looked at, as base64: RSA of 16,384 bits.
    private static let maximumLength = 2_732

    private let own: [SigningKey]
    private let partner: [VerifyingKey]

    /// Signs with every key of ours that counts and trusts every one of the partner's that does;
    /// requires at least one on each side.
    package init(own: [SigningKey], partner: [VerifyingKey]) {
        precondition(!own.isEmpty && !partner.isEmpty, "a signer needs a key of each side")
        self.own = own
        self.partner = partner
    }

    /// Signs with every secret and trusts every one; requires at least one.
    package init(secrets: [SigningSecret]) {
        self.init(own: secrets.map { SigningKey($0) }, partner: secrets.map { VerifyingKey($0) })
    }

    /// The value of the signature header: `v1=<base64>` per key that counts, comma between.
    ///
    /// - Parameter now: wall time in Unix seconds.
    /// - Throws: ``SignatureFault`` `noValidKey` or `cannotSign`.
    package func signatures(of text: String, now: Int64) throws(SignatureFault) -> String {
        let keys = own.filter { $0.validity.contains(now) }
        if keys.isEmpty { throw .noValidKey }
        let text = Array(text.utf8)
        var values: [String] = []
        for key in keys {
            guard let signature = key.signature(of: text) else { throw .cannotSign }
            values.append("v1=" + Base64.text(of: signature))
        }
        return values.joined(separator: ",")
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
        try verify(text, signatures, now: now)
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
        try verify(text, signatures, now: now)
    }

    private static func timestamp(_ text: String?, now: Int64) throws(SignatureFault) -> Int64 {
        guard let text, let seconds = seconds(text) else { throw .noTimestamp }
        let (distance, overflow) = now.subtractingReportingOverflow(seconds)
        guard !overflow, distance.magnitude <= windowSeconds.magnitude else {
            throw .outsideWindow(seconds: overflow ? .max : distance)
        }
        return seconds
    }

    /// Plain digits; nil for anything else.
    static func seconds(_ text: String) -> Int64? {
        text.utf8.allSatisfy { (48...57).contains($0) } ? Int64(text) : nil
    }

    /// Header lines may each hold several signatures; unknown versions are skipped.
    private func verify(
        _ text: String, _ lines: [String], now: Int64
    ) throws(SignatureFault) {
        let offered = lines.flatMap { $0.split { $0 == "," || $0 == " " } }
            .filter { $0.hasPrefix("v1=") && $0.utf8.count <= Self.maximumLength + 3 }
            .map { $0.dropFirst(3) }
        guard !offered.isEmpty else { throw .noSignature }
        let keys = partner.filter { $0.validity.contains(now) }
        if keys.isEmpty { throw .noValidKey }
        let text = Array(text.utf8)
        for signature in offered.prefix(Self.maximumSignatures) {
            guard let signature = Base64.bytes(of: signature.utf8) else { continue }
            if keys.contains(where: { $0.isSignature(signature, of: text) }) { return }
        }
        throw .mismatch
    }
}
