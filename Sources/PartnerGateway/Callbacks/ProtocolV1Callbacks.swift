// What partners send to us on their own, in partner protocol v1.

internal import LendingRules
package import Operations

/// Proves and reads callbacks.
package struct ProtocolV1Callbacks: CallbackVerifier {
    private let verifier: IncomingVerifier

    package init(_ verifier: IncomingVerifier) { self.verifier = verifier }

    /// The callback in a call whose signature proves the party of its path.
    package func verify(
        _ call: IncomingCall, now: Int64
    ) throws(CallbackRefusal) -> PartnerCallback {
        let sender = try proven(call, now: now)
        guard sender.party.name == call.party else {
            throw .unproven(IncomingRefusal.unknownKey.code)
        }
        return try CallbackText.read(call.body, from: sender.party) {
            digest throws(CallbackRefusal) in try call.proof(of: sender, digest)
        }
    }

    private func proven(
        _ call: IncomingCall, now: Int64
    ) throws(CallbackRefusal) -> VerifiedMessage {
        do throws(IncomingRefusal) { return try verifier.verify(call, now: now) } catch {
            throw .unproven(error.code)
        }
    }
}

extension IncomingCall {
    /// What is kept as evidence of a call whose sender is proven.
    fileprivate func proof(
        of sender: VerifiedMessage, _ digest: String
    ) throws(CallbackRefusal) -> CallbackProof {
        guard let content = String(validating: body, as: UTF8.self), !content.contains("\0") else {
            throw .unreadable("the body is no UTF-8 text")
        }
        let signed = values(of: SignatureHeader.timestamp) + values(of: SignatureHeader.signature)
        return CallbackProof(
            nonce: sender.nonce, expiresAt: sender.expiresAt, content: content,
            digest: digest, signature: signed.joined(separator: " "))
    }
}
