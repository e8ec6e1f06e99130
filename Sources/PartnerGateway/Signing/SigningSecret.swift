// The profile hmac-sha256 of partner protocol v1.

internal import Crypto
internal import Foundation

/// A secret shared with a partner. It never shows itself in a description.
package struct SigningSecret: Sendable, CustomStringConvertible, CustomReflectable {
    private let key: SymmetricKey

    /// Requires at least one byte.
    package init(_ bytes: [UInt8]) {
        precondition(!bytes.isEmpty, "a secret is not empty")
        key = SymmetricKey(data: bytes)
    }

    /// The bytes as they are, or those that base64 stands for behind `base64:`.
    ///
    /// - Throws: ``KeyFault`` `empty` or `notBase64`.
    init(content: [UInt8]) throws(KeyFault) {
        let prefix = Array("base64:".utf8)
        guard content.starts(with: prefix) else {
            if content.isEmpty { throw .empty }
            self.init(content)
            return
        }
        guard let bytes = Base64.bytes(of: content[prefix.count...]) else { throw .notBase64 }
        if bytes.isEmpty { throw .empty }
        self.init(bytes)
    }

    package var description: String { "secret" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension SigningSecret: Signing, Verifying {
    func signature(of text: [UInt8]) -> [UInt8]? {
        Array(HMAC<SHA256>.authenticationCode(for: text, using: key))
    }

    /// Takes the same time wherever a signature differs.
    func isSignature(_ offered: [UInt8], of text: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(offered, authenticating: text, using: key)
    }
}

/// Base64 with its padding, in the one spelling that an encoder gives.
enum Base64 {
    static func text(of bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// nil for any other text, so that two texts never stand for the same bytes.
    static func bytes(of text: some Collection<UInt8>) -> [UInt8]? {
        guard let data = Data(base64Encoded: Data(text)),
            data.base64EncodedString().utf8.elementsEqual(text)
        else { return nil }
        return [UInt8](data)
    }
}
