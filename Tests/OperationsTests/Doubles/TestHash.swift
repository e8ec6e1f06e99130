/// A hash that spreads well enough for tests; four lanes of FNV-1a, 32 bytes.
enum TestHash {
    static func digest(_ bytes: [UInt8]) -> [UInt8] {
        (0..<4 as Range<UInt64>).flatMap { lane -> [UInt8] in
            var state: UInt64 = 0xcbf2_9ce4_8422_2325 ^ (lane &* 0x9e37_79b9_7f4a_7c15)
            for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
            state = (state ^ (state >> 31)) &* 0xbf58_476d_1ce4_e5b9
            return (0..<8).map { UInt8(truncatingIfNeeded: state >> (56 - 8 * $0)) }
        }
    }

    static func shard(_ text: String) -> UInt16 {
        let digest = digest(Array(text.utf8))
        return (UInt16(digest[0]) << 8 | UInt16(digest[1])) & 4095
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        digest(bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
