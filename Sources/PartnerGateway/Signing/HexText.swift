// Digests as text.

internal import Crypto

enum HexText {
    /// Lower-case hexadecimal.
    static func of(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// SHA-256 in lower-case hexadecimal.
    static func digest(of bytes: [UInt8]) -> String { of(SHA256.hash(data: bytes)) }
}
