// One key's part in the signatures of a message.
import Crypto
import Foundation

/// Signs texts, or checks what the other side has signed.
protocol Seal: Sendable {
    /// A signature of the text; nil when the key can only check.
    func sign(_ text: [UInt8]) -> [UInt8]?
    /// Whether the signature belongs to the text.
    func fits(_ signature: [UInt8], _ text: [UInt8]) -> Bool
}

/// HMAC-SHA256 under a secret of both sides.
struct SecretSeal: Seal {
    let key: SymmetricKey

    init(_ secret: [UInt8]) { key = SymmetricKey(data: secret) }

    func sign(_ text: [UInt8]) -> [UInt8]? {
        Array(HMAC<SHA256>.authenticationCode(for: text, using: key))
    }

    func fits(_ signature: [UInt8], _ text: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: text, using: key)
    }
}

/// Ed25519 by swift-crypto, so that two implementations meet on the wire.
struct EdwardsSeal: Seal {
    private let own: Curve25519.Signing.PrivateKey?
    private let other: Curve25519.Signing.PublicKey

    /// What stands before the 32 bytes of a private key in PKCS#8, and of a public one in
    /// SubjectPublicKeyInfo (RFC 8410).
    private static let privateStart = bytes("302e020100300506032b657004220420")
    private static let publicStart = bytes("302a300506032b6570032100")

    /// nil when the PEM text is no key of the kind asked for.
    init?(pem: [UInt8], isPrivate: Bool) {
        let lines = String(decoding: pem, as: UTF8.self).split(whereSeparator: \.isNewline)
        let body = lines.filter { !$0.hasPrefix("-----") }.joined()
        let start = isPrivate ? Self.privateStart : Self.publicStart
        guard let content = Data(base64Encoded: body), content.starts(with: start),
            content.count == start.count + 32
        else { return nil }
        let raw = content.dropFirst(start.count)
        if isPrivate {
            guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: raw)
            else { return nil }
            own = key
            other = key.publicKey
        } else {
            guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
            else { return nil }
            own = nil
            other = key
        }
    }

    func sign(_ text: [UInt8]) -> [UInt8]? { own.flatMap { try? Array($0.signature(for: text)) } }

    func fits(_ signature: [UInt8], _ text: [UInt8]) -> Bool {
        other.isValidSignature(signature, for: text)
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { index in
            UInt8(digits[index] << 4 | digits[index + 1])
        }
    }
}
