// Chance without randomness: what happens to a key follows from the seed and the key alone.
import Crypto

/// A number drawn from SHA-256 of its words, the same on every run.
struct Draw {
    let value: UInt64

    init(_ words: String...) {
        let digest = SHA256.hash(data: Array(words.joined(separator: "\u{1f}").utf8))
        value = digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// True in `probability` of all draws.
    func hits(_ probability: Probability) -> Bool {
        value % 1_000_000 < probability.partsPerMillion
    }
}

/// A probability in millionths.
package struct Probability: Hashable, Sendable {
    /// 0 never, 1,000,000 always.
    package let partsPerMillion: UInt64

    /// Never.
    package static let never = Probability(partsPerMillion: 0)

    /// Always.
    package static let always = Probability(partsPerMillion: 1_000_000)

    private init(partsPerMillion: UInt64) {
        self.partsPerMillion = partsPerMillion
    }

    /// Reads `0.02`, `1` or `2%`; nil outside 0…1 or below a millionth.
    package init?(_ text: String) {
        let isPercent = text.hasSuffix("%")
        guard let exact = Exact(isPercent ? String(text.dropLast()) : text) else { return nil }
        let scale = exact.scale * (isPercent ? 100 : 1)
        let (millionths, rest) = (exact.units * 1_000_000).quotientAndRemainder(dividingBy: scale)
        guard rest == 0, (0...1_000_000).contains(millionths) else { return nil }
        partsPerMillion = UInt64(millionths)
    }
}

/// Lowercase hexadecimal of bytes.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    func digit(_ value: UInt8) -> UInt8 { value + (value < 10 ? 48 : 87) }
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
        text.append(digit(byte >> 4))
        text.append(digit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
}

/// The SHA-256 of bytes in lowercase hexadecimal.
package func digestText(_ bytes: [UInt8]) -> String {
    hexadecimal(SHA256.hash(data: bytes))
}
