package import LendingRules

/// The nonces that partners have used, for as long as their messages could be sent again.
package protocol NonceStore: Sendable {
    /// Takes a nonce of a party in one transaction; false when it was taken before and has not been
    /// forgotten.
    ///
    /// - Parameter expiresAt: Unix seconds after which a message with it no longer passes.
    func take(_ nonce: String, of party: PartyID, expiresAt: Int64) async throws -> Bool

    /// Forgets, in one transaction, what expired before a time in Unix seconds; returns how many.
    @discardableResult
    func forget(expiredBefore seconds: Int64) async throws -> Int
}
