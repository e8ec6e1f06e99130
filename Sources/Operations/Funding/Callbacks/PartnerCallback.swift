package import LendingRules
package import Monetary

/// What came to our door under a partner's name, nothing of it believed yet.
package struct IncomingCall: Sendable {
    /// The name in the path.
    package let party: String
    package let method: String
    /// Path and query as sent: they are signed.
    package let target: String
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package init(
        party: String, method: String, target: String, headers: [(name: String, value: String)],
        body: [UInt8]
    ) {
        self.party = party
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }
}

/// A partner's word about one request, its sender proven.
package struct PartnerCallback: Hashable, Sendable {
    package let party: PartyID
    /// The key of the request.
    package let key: String
    package let word: PartnerWord
    /// The partner's count of what became of the request; a later word has a higher one.
    package let sequence: Int64
    /// Absent where there is nothing to fund.
    package let money: Money?
    package let reference: String
    package let reasonCode: String
    package let reason: String
    package let proof: CallbackProof

    package init(
        party: PartyID, key: String, word: PartnerWord, sequence: Int64, money: Money?,
        reference: String = "", reasonCode: String = "", reason: String = "",
        proof: CallbackProof
    ) {
        self.party = party
        self.key = key
        self.word = word
        self.sequence = sequence
        self.money = money
        self.reference = reference
        self.reasonCode = reasonCode
        self.reason = reason
        self.proof = proof
    }
}

/// What proves that a partner said it, kept as evidence.
package struct CallbackProof: Hashable, Sendable {
    package let nonce: String
    /// The last second, in Unix time, at which the same message could pass again.
    package let expiresAt: Int64
    /// The body to the byte; it was read as JSON, so it is UTF-8.
    package let content: String
    /// SHA-256 of the word and its money in lower-case hexadecimal: the same however it is written.
    package let digest: String
    /// Timestamp and signatures as they were sent.
    package let signature: String

    package init(
        nonce: String, expiresAt: Int64, content: String, digest: String, signature: String
    ) {
        self.nonce = nonce
        self.expiresAt = expiresAt
        self.content = content
        self.digest = digest
        self.signature = signature
    }
}

/// Why a call is not taken; either way nothing changes.
package enum CallbackRefusal: Error, Hashable, Sendable {
    /// Its sender is not proven. The reason is a stable word, such as `replayed`, and tells a
    /// forger nothing about keys.
    case unproven(String)
    /// The sender is proven and what it says cannot be read.
    case unreadable(String)
}

/// Proves who sent a call, and reads it.
package protocol CallbackVerifier: Sendable {
    /// The callback in a call; that its nonce is new is for the store to see.
    ///
    /// - Parameter now: wall time in Unix seconds.
    /// - Throws: ``CallbackRefusal``.
    func verify(_ call: IncomingCall, now: Int64) throws(CallbackRefusal) -> PartnerCallback
}
