// The profiles with a private and a public key, done by libcrypto.

internal import CCrypto

/// A key of either half with the profile it is used for.
final class LibraryKey: Sendable {
    private let handle: KeyHandle
    private let profile: SignatureProfile

    init(_ handle: consuming KeyHandle, _ profile: SignatureProfile) {
        self.handle = handle
        self.profile = profile
    }
}

extension LibraryKey: Signing {
    func signature(of text: [UInt8]) -> [UInt8]? {
        defer { ERR_clear_error() }
        guard let context = DigestContext() else { return nil }
        var parameters: OpaquePointer?
        guard EVP_DigestSignInit(context.raw, &parameters, profile.digest, nil, handle.raw) == 1,
            profile.set(parameters)
        else { return nil }
        var length = Int(EVP_PKEY_get_size(handle.raw))
        var signature = [UInt8](repeating: 0, count: max(0, length))
        guard EVP_DigestSign(context.raw, &signature, &length, text, text.count) == 1
        else { return nil }
        signature.removeLast(signature.count - length)
        guard case .sm2(.raw) = profile else { return signature }
        return SM2Numbers(der: signature)?.raw
    }
}

extension LibraryKey: Verifying {
    /// Anything but libcrypto's yes is a no: a failure of its own must not let a message through.
    func isSignature(_ offered: [UInt8], of text: [UInt8]) -> Bool {
        var signature = offered
        if case .sm2(.raw) = profile {
            guard let numbers = SM2Numbers(raw: offered) else { return false }
            signature = numbers.der
        }
        defer { ERR_clear_error() }
        guard let context = DigestContext() else { return false }
        var parameters: OpaquePointer?
        guard EVP_DigestVerifyInit(context.raw, &parameters, profile.digest, nil, handle.raw) == 1,
            profile.set(parameters)
        else { return false }
        return EVP_DigestVerify(context.raw, signature, signature.count, text, text.count) == 1
    }
}

/// Owns an `EVP_MD_CTX`, and with it the settings of one signature.
private struct DigestContext: ~Copyable {
    let raw: OpaquePointer

    /// nil when libcrypto has no memory.
    init?() {
        guard let raw = EVP_MD_CTX_new() else { return nil }
        self.raw = raw
    }

    deinit { EVP_MD_CTX_free(raw) }
}

extension SignatureProfile {
    /// Static in libcrypto; nil where the algorithm hashes by itself.
    fileprivate var digest: OpaquePointer? {
        switch self {
        case .hmacSHA256, .ed25519: nil
        case .rsaPSS, .rsaPKCS1: EVP_sha256()
        case .sm2: EVP_sm3()
        }
    }

    /// Sets what the profile fixes; false when libcrypto refuses.
    fileprivate func set(_ parameters: OpaquePointer?) -> Bool {
        switch self {
        case .hmacSHA256: false
        case .ed25519: true
        case .rsaPKCS1: EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PADDING) == 1
        case .rsaPSS:
            EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(parameters, EVP_sha256()) == 1
        // OpenSSL's own default differs from version to version.
        case .sm2: EVP_PKEY_CTX_set1_id(parameters, Self.sm2ID, Int32(Self.sm2ID.count)) == 1
        }
    }

    /// The distinguishing id of GM/T 0009.
    private static let sm2ID = Array("1234567812345678".utf8)
}
