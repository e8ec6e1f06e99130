// A key inside libcrypto.

internal import CCrypto

/// Owns an `EVP_PKEY` that fits its profile.
///
/// Nothing changes it once it is read, and libcrypto lets several threads use such a key at once.
struct KeyHandle: ~Copyable, @unchecked Sendable {
    let raw: OpaquePointer

    deinit { EVP_PKEY_free(raw) }

    /// Reads a private key, PKCS#8 or the older forms, without a pass phrase.
    ///
    /// - Throws: ``KeyFault``.
    init(privatePEM text: [UInt8], for profile: SignatureProfile) throws(KeyFault) {
        let labels = try PEMLabels(text)
        if labels.isEncrypted { throw .encrypted }
        if labels.isPublic { throw .privateExpected }
        raw = try Self.read(text, for: profile, with: colend_crypto_read_private)
    }

    /// Reads a public key, SubjectPublicKeyInfo.
    ///
    /// - Throws: ``KeyFault``.
    init(publicPEM text: [UInt8], for profile: SignatureProfile) throws(KeyFault) {
        if try PEMLabels(text).isPrivate { throw .publicExpected }
        raw = try Self.read(text, for: profile, with: colend_crypto_read_public)
    }

    private static func read(
        _ text: [UInt8], for profile: SignatureProfile,
        with reader: (OpaquePointer?) -> OpaquePointer?
    ) throws(KeyFault) -> OpaquePointer {
        // What a failure leaves in the thread's queue would be taken for somebody else's.
        defer { ERR_clear_error() }
        let key = text.withUnsafeBytes { bytes -> OpaquePointer? in
            guard let length = Int32(exactly: bytes.count),
                let bio = BIO_new_mem_buf(bytes.baseAddress, length)
            else { return nil }
            defer { BIO_free(bio) }
            return reader(bio)
        }
        guard let key else { throw .unreadable }
        if let fault = fault(of: key, for: profile) {
            EVP_PKEY_free(key)
            throw fault
        }
        return key
    }

    private static func fault(of key: OpaquePointer, for profile: SignatureProfile) -> KeyFault? {
        guard let kind = profile.keyKind, EVP_PKEY_is_a(key, kind) == 1 else {
            let found = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "nothing known"
            return .wrongKind(found: found, wanted: profile.keyKind ?? "a shared secret")
        }
        let bits = Int(EVP_PKEY_get_bits(key))
        let isShort = kind == "RSA" && bits < SignatureProfile.leastRSABits
        return isShort ? .tooShort(bits: bits) : nil
    }
}

extension SignatureProfile {
    /// libcrypto's name of the keys that the profile needs; nil when it needs none of libcrypto's.
    var keyKind: String? {
        switch self {
        case .hmacSHA256: nil
        case .ed25519: "ED25519"
        case .rsaPSS, .rsaPKCS1: "RSA"
        case .sm2: "SM2"
        }
    }
}

/// What a PEM text says it is, for a message better than that it cannot be read.
private struct PEMLabels {
    let isEncrypted: Bool
    let isPublic: Bool
    let isPrivate: Bool

    init(_ text: [UInt8]) throws(KeyFault) {
        if text.isEmpty { throw .empty }
        let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
        let labels = lines.filter { $0.hasPrefix("-----BEGIN ") }
        if labels.isEmpty { throw .notPEM }
        isPrivate = labels.contains { $0.contains("PRIVATE KEY") }
        isPublic = !isPrivate && labels.contains { $0.contains("PUBLIC KEY") }
        isEncrypted =
            labels.contains { $0.contains("ENCRYPTED") }
            || lines.contains { $0.hasPrefix("Proc-Type:") && $0.contains("ENCRYPTED") }
    }
}
