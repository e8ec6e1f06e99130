// RSA and SM2 by the system's OpenSSL.
import CBankCrypto

/// A key in OpenSSL with the way in which it is used; never changed once it is read.
final class LibrarySeal: Seal, @unchecked Sendable {
    /// What each profile is in OpenSSL's words.
    enum Way: Sendable {
        case rsaPSS, rsaPKCS1
        case sm2(isRaw: Bool)
    }

    private let key: OpaquePointer
    private let way: Way

    /// nil when the PEM text is no key of the kind that the way needs.
    init?(pem: [UInt8], isPrivate: Bool, _ way: Way) {
        let label = isPrivate ? "PRIVATE KEY" : "PUBLIC KEY"
        guard String(decoding: pem, as: UTF8.self).contains(label),
            let key = Self.decode(pem, isPrivate: isPrivate, way)
        else { return nil }
        self.key = key
        self.way = way
    }

    private static func decode(_ pem: [UInt8], isPrivate: Bool, _ way: Way) -> OpaquePointer? {
        let half = isPrivate ? colend_bank_private_half : colend_bank_public_half
        var key: OpaquePointer?
        defer { ERR_clear_error() }
        // The decoder keeps the address of `key` until it is freed.
        let isRead = withUnsafeMutablePointer(to: &key) { slot in
            let decoder = OSSL_DECODER_CTX_new_for_pkey(slot, "PEM", nil, way.kind, half, nil, nil)
            defer { OSSL_DECODER_CTX_free(decoder) }
            return pem.withUnsafeBufferPointer { bytes in
                var start = bytes.baseAddress
                var count = bytes.count
                return OSSL_DECODER_from_data(decoder, &start, &count) == 1
            }
        }
        return isRead ? key : nil
    }

    deinit { EVP_PKEY_free(key) }

    func sign(_ text: [UInt8]) -> [UInt8]? {
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        var settings: OpaquePointer?
        // Behind the beginning: OpenSSL 3.0 does not take SM2's id together with it.
        let isReady =
            EVP_DigestSignInit_ex(context, &settings, way.digest, nil, nil, key, nil) == 1
            && EVP_PKEY_CTX_set_params(settings, way.settings) == 1
        var count = 0
        guard isReady, EVP_DigestSignUpdate(context, text, text.count) == 1,
            EVP_DigestSignFinal(context, nil, &count) == 1
        else { return nil }
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSignFinal(context, &signature, &count) == 1 else { return nil }
        return way.isRaw ? Self.numbers(of: signature[..<count]) : Array(signature[..<count])
    }

    func fits(_ signature: [UInt8], _ text: [UInt8]) -> Bool {
        guard let signature = way.isRaw ? Self.sequence(of: signature) : signature
        else { return false }
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        var settings: OpaquePointer?
        // Behind the beginning: OpenSSL 3.0 does not take SM2's id together with it.
        let isReady =
            EVP_DigestVerifyInit_ex(context, &settings, way.digest, nil, nil, key, nil) == 1
            && EVP_PKEY_CTX_set_params(settings, way.settings) == 1
        return isReady && EVP_DigestVerifyUpdate(context, text, text.count) == 1
            && EVP_DigestVerifyFinal(context, signature, signature.count) == 1
    }

    /// The two numbers of a DER signature, 32 bytes each.
    private static func numbers(of signature: ArraySlice<UInt8>) -> [UInt8]? {
        let pair = signature.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            return d2i_ECDSA_SIG(nil, &start, bytes.count)
        }
        guard let pair else { return nil }
        defer { ECDSA_SIG_free(pair) }
        var result = [UInt8](repeating: 0, count: 64)
        let isWritten = result.withUnsafeMutableBufferPointer { bytes in
            BN_bn2binpad(ECDSA_SIG_get0_r(pair), bytes.baseAddress, 32) == 32
                && BN_bn2binpad(ECDSA_SIG_get0_s(pair), bytes.baseAddress?.advanced(by: 32), 32)
                    == 32
        }
        return isWritten ? result : nil
    }

    /// The DER form of two numbers of 32 bytes.
    private static func sequence(of numbers: [UInt8]) -> [UInt8]? {
        guard numbers.count == 64, let pair = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(pair) }
        let r = BN_bin2bn(Array(numbers[..<32]), 32, nil)
        let s = BN_bin2bn(Array(numbers[32...]), 32, nil)
        guard ECDSA_SIG_set0(pair, r, s) == 1 else { return nil }
        var der: UnsafeMutablePointer<UInt8>?
        let count = i2d_ECDSA_SIG(pair, &der)
        guard count > 0, let der else { return nil }
        defer { colend_bank_free(der) }
        return Array(UnsafeBufferPointer(start: der, count: Int(count)))
    }
}

extension LibrarySeal.Way {
    fileprivate var kind: String {
        if case .sm2 = self { "SM2" } else { "RSA" }
    }

    fileprivate var digest: String {
        if case .sm2 = self { "SM3" } else { "SHA256" }
    }

    fileprivate var isRaw: Bool {
        if case .sm2(let isRaw) = self { isRaw } else { false }
    }

    /// The settings of a signature: padding and salt, or the distinguishing id.
    fileprivate var settings: [OSSL_PARAM] {
        let own: [OSSL_PARAM] =
            switch self {
            case .rsaPSS: [.text("pad-mode", "pss"), .text("saltlen", "digest")]
            case .rsaPKCS1: [.text("pad-mode", "pkcs1")]
            case .sm2: [.bytes("distid", "1234567812345678")]
            }
        return own + [OSSL_PARAM_construct_end()]
    }
}

extension OSSL_PARAM {
    // OpenSSL keeps both addresses and writes to neither; static texts stay where they are.
    fileprivate static func text(_ name: StaticString, _ value: StaticString) -> OSSL_PARAM {
        OSSL_PARAM_construct_utf8_string(
            name.address, UnsafeMutablePointer(mutating: value.address), value.utf8CodeUnitCount)
    }

    fileprivate static func bytes(_ name: StaticString, _ value: StaticString) -> OSSL_PARAM {
        OSSL_PARAM_construct_octet_string(
            name.address, UnsafeMutableRawPointer(mutating: value.utf8Start),
            value.utf8CodeUnitCount)
    }
}

extension StaticString {
    fileprivate var address: UnsafePointer<CChar> {
        UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
