// The ways of signing of partner protocol v1.

/// How a message is signed; both sides agree on it once.
package enum SignatureProfile: Hashable, Sendable {
    /// HMAC-SHA256 under one secret that both sides hold.
    case hmacSHA256
    /// RFC 8032.
    case ed25519
    /// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and 32 bytes of salt.
    case rsaPSS
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rsaPKCS1
    /// SM2 with SM3 (GB/T 32918.2) under the distinguishing id 1234567812345678.
    case sm2(SM2Form)

    /// Bits of the shortest RSA key that is taken.
    package static let leastRSABits = 2_048
}

/// How the two numbers of an SM2 signature are written.
package enum SM2Form: Hashable, Sendable {
    /// As an ASN.1 sequence of two integers, the way OpenSSL writes them.
    case der
    /// As r ‖ s of 32 bytes each, the way many Chinese banks do.
    case raw
}

/// Why a text is no key for its profile. It never holds any of the text.
package enum KeyFault: Error, Hashable, Sendable {
    case empty
    /// After `base64:` stands something else.
    case notBase64
    /// No PEM block stands there.
    case notPEM
    /// A PEM block that cannot be read as a key.
    case unreadable
    /// A private key under a pass phrase.
    case encrypted
    /// A public key stands where ours must be private.
    case privateExpected
    /// A private key stands where only the partner's public one should be.
    case publicExpected
    /// A key of another kind, by OpenSSL's name.
    case wrongKind(found: String, wanted: String)
    case tooShort(bits: Int)
}

extension KeyFault: CustomStringConvertible {
    /// To stand behind a colon.
    package var description: String {
        switch self {
        case .empty: "it is empty"
        case .notBase64: "what follows base64: is no base64"
        case .notPEM: "it is no PEM text"
        case .unreadable: "its PEM block cannot be read"
        case .encrypted: "it is under a pass phrase"
        case .privateExpected: "it is a public key, and ours must be the private one"
        case .publicExpected: "it is a private key, and only the partner's public one is wanted"
        case .wrongKind(let found, let wanted): "it is a key for \(found), not for \(wanted)"
        case .tooShort(let bits):
            "it has \(bits) bits, and fewer than \(SignatureProfile.leastRSABits) are not safe"
        }
    }
}
