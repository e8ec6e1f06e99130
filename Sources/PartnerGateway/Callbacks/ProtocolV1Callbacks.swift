// What partners send to us on their own, in partner protocol v1.

package import LendingRules
package import Operations

/// Proves and reads callbacks. A partner signs by its own name.
package struct ProtocolV1Callbacks: CallbackVerifier {
    private let signers: [String: (party: PartyID, signer: MessageSigner)]

    package init(_ signers: [PartyID: MessageSigner]) {
        self.signers = Dictionary(
            uniqueKeysWithValues: signers.map { ($0.key.name, (party: $0.key, signer: $0.value)) })
    }

    /// The callback in a call whose signature proves the party of its path.
    package func verify(
        _ call: IncomingCall, now: Int64
    ) throws(CallbackRefusal) -> PartnerCallback {
        let head = try CallHead(call)
        guard head.key == call.party, let sender = signers[call.party] else {
            throw .unproven("unknown-key")
        }
        do throws(SignatureFault) {
            try sender.signer.verifyRequest(
                method: call.method, target: call.target, body: call.body, nonce: head.nonce,
                timestamp: head.timestamp, signatures: head.signatures, now: now)
        } catch {
            throw CallbackRefusal(error)
        }
        return try CallbackText.read(
            call.body, from: sender.party,
            proof: head.proof(of: call.body, windowSeconds: MessageSigner.windowSeconds))
    }
}

/// The headers of a call that carry its signature, each there once.
private struct CallHead {
    let key: String
    let timestamp: String
    let nonce: String
    let signatures: [String]

    /// - Throws: ``CallbackRefusal`` `missing-header` or `malformed-header`.
    init(_ call: IncomingCall) throws(CallbackRefusal) {
        key = try Self.value(of: SignatureHeader.key, in: call)
        timestamp = try Self.value(of: SignatureHeader.timestamp, in: call)
        nonce = try Self.value(of: SignatureHeader.nonce, in: call)
        signatures = Self.values(of: SignatureHeader.signature, in: call)
        guard !signatures.isEmpty else { throw .unproven("missing-header") }
        let isPlain = (key + timestamp + nonce).utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPlain, (8...128).contains(nonce.utf8.count), timestamp.utf8.count <= 20 else {
            throw .unproven("malformed-header")
        }
        // A line break in the target would let one signed text stand for two calls.
        guard call.target.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .unproven("bad-signature")
        }
    }

    /// Requires a timestamp that has been checked.
    func proof(of body: [UInt8], windowSeconds: Int64) throws(CallbackRefusal) -> CallbackProof {
        guard let content = String(validating: body, as: UTF8.self), !content.contains("\0") else {
            throw .unreadable("the body is no UTF-8 text")
        }
        return CallbackProof(
            nonce: nonce, expiresAt: (Int64(timestamp) ?? 0) + windowSeconds, content: content,
            digest: HexText.digest(of: body),
            signature: ([timestamp] + signatures).joined(separator: " "))
    }

    private static func value(
        of name: String, in call: IncomingCall
    ) throws(CallbackRefusal) -> String {
        let values = values(of: name, in: call)
        guard let value = values.first else { throw .unproven("missing-header") }
        guard values.count == 1 else { throw .unproven("malformed-header") }
        return value
    }

    private static func values(of name: String, in call: IncomingCall) -> [String] {
        call.headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

extension CallbackRefusal {
    fileprivate init(_ fault: SignatureFault) {
        switch fault {
        case .noTimestamp, .noSignature: self = .unproven("malformed-header")
        case .outsideWindow: self = .unproven("outside-window")
        default: self = .unproven("bad-signature")
        }
    }
}
