import Crypto
import Operations
import SQLStore

/// SHA-256, as every part that hashes is given it.
enum Hashing {
    @Sendable static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: bytes))
    }

    /// The shard of an anchor, 0..<4096.
    @Sendable static func shard(_ anchor: String) -> UInt16 {
        UInt16(truncatingIfNeeded: SQLStore.shard(of: anchor))
    }

    /// Lower-case hexadecimal.
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
