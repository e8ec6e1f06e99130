// The profile hmac-sha256 of partner protocol v1.

internal import Crypto
internal import Foundation

/// A secret shared with a partner. It never shows itself in a description.
package struct SigningSecret: Sendable, CustomStringConvertible, CustomReflectable {
    private let bytes: [UInt8]

    /// Requires at least one byte.
    package init(_ bytes: [UInt8]) {
        precondition(!bytes.isEmpty, "a secret is not empty")
        self.bytes = bytes
    }

    package var description: String { "secret" }

    package var customMirror: Mirror { Mirror(self, children: []) }

    /// Base64 of HMAC-SHA256 over the text.
    func signature(of text: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(text.utf8), using: SymmetricKey(data: bytes))
        return Data(code).base64EncodedString()
    }

    /// Whether the base64 signature belongs to the text; takes the same time wherever it differs.
    func isSignature(_ offered: some StringProtocol, of text: String) -> Bool {
        let expected = Array(signature(of: text).utf8)
        let offered = Array(offered.utf8)
        guard offered.count == expected.count else { return false }
        return zip(expected, offered).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
