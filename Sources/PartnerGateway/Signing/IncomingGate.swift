// Lets a message from outside in, once.

package import Operations

/// Believes a partner's message when its signature proves the sender and its nonce is new.
package struct IncomingGate: Sendable {
    private let verifier: IncomingVerifier
    private let nonces: any NonceStore

    package init(_ verifier: IncomingVerifier, nonces: any NonceStore) {
        self.verifier = verifier
        self.nonces = nonces
    }

    /// Takes the nonce of a message whose signature is good; one without costs nobody a nonce.
    ///
    /// - Parameter now: wall time in Unix seconds.
    /// - Throws: ``IncomingRefusal``, or what the store throws.
    package func admit(_ message: IncomingMessage, now: Int64) async throws -> VerifiedMessage {
        let verified = try verifier.verify(message, now: now)
        let isNew = try await nonces.take(
            verified.nonce, of: verified.party, expiresAt: verified.expiresAt)
        guard isNew else { throw IncomingRefusal.replayed }
        return verified
    }

    /// Forgets the nonces of messages that can no longer pass; returns how many.
    ///
    /// They are kept for another window, so that a clock set back lets none of them in again.
    package func forgetExpired(now: Int64) async throws -> Int {
        try await nonces.forget(expiredBefore: now - MessageSigner.windowSeconds)
    }
}
