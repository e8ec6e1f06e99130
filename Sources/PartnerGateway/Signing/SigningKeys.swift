// Keys of either side, whatever the profile, with the time for which they count.

/// Makes signatures.
protocol Signing: Sendable {
    /// nil when the library fails.
    func signature(of text: [UInt8]) -> [UInt8]?
}

/// Checks signatures.
protocol Verifying: Sendable {
    /// Whether the signature belongs to the text; false whenever that is not certain.
    func isSignature(_ offered: [UInt8], of text: [UInt8]) -> Bool
}

/// The time for which a key counts, in Unix seconds: from `from` up to, not including, `until`.
package struct KeyValidity: Hashable, Sendable {
    package let from: Int64
    package let until: Int64

    package init(from: Int64 = .min, until: Int64 = .max) {
        self.from = from
        self.until = until
    }

    /// Whether the key counts at a time.
    package func contains(_ seconds: Int64) -> Bool { from <= seconds && seconds < until }
}

/// A key of ours, which signs.
package struct SigningKey: Sendable {
    private let signing: any Signing
    let validity: KeyValidity

    /// Reads a secret for HMAC, or a private key as PEM for the other profiles.
    ///
    /// - Throws: ``KeyFault``.
    package init(
        _ content: [UInt8], profile: SignatureProfile, validity: KeyValidity = KeyValidity()
    ) throws(KeyFault) {
        signing =
            if profile == .hmacSHA256 {
                try SigningSecret(content: content)
            } else {
                LibraryKey(try KeyHandle(privatePEM: content, for: profile), profile)
            }
        self.validity = validity
    }

    init(_ secret: SigningSecret) {
        signing = secret
        validity = KeyValidity()
    }

    /// The signature's bytes, whether the key counts or not; nil when the library fails.
    package func signature(of text: [UInt8]) -> [UInt8]? { signing.signature(of: text) }
}

/// A key of the partner's, which checks what it has signed.
package struct VerifyingKey: Sendable {
    private let verifying: any Verifying
    let validity: KeyValidity

    /// Reads the shared secret for HMAC, or a public key as PEM for the other profiles.
    ///
    /// - Throws: ``KeyFault``.
    package init(
        _ content: [UInt8], profile: SignatureProfile, validity: KeyValidity = KeyValidity()
    ) throws(KeyFault) {
        verifying =
            if profile == .hmacSHA256 {
                try SigningSecret(content: content)
            } else {
                LibraryKey(try KeyHandle(publicPEM: content, for: profile), profile)
            }
        self.validity = validity
    }

    init(_ secret: SigningSecret) {
        verifying = secret
        validity = KeyValidity()
    }

    /// Whether the signature's bytes belong to the text, whether the key counts or not.
    package func isSignature(_ offered: [UInt8], of text: [UInt8]) -> Bool {
        verifying.isSignature(offered, of: text)
    }
}
