/// Spoils bytes for tests of parsers, the same way for the same generator.
package enum Mutation {
    /// One to four edits: bytes changed, doubled, cut out or off, and pieces put in that mean
    /// something to one parser or another.
    package static func of(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...generator.pick(0...3) where !bytes.isEmpty {
            let start = generator.pick(0...bytes.count - 1)
            let end = min(bytes.count, start + generator.pick(1...12))
            switch generator.pick(0...5) {
            case 0: bytes[start] = UInt8(truncatingIfNeeded: generator.next())
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 3: bytes.removeSubrange(start..<(generator.isOne(in: 10) ? bytes.count : end))
            case 4: bytes.swapAt(start, end - 1)
            default: bytes.insert(contentsOf: generator.pick(pieces), at: start)
            }
        }
        return bytes
    }

    private static let pieces: [[UInt8]] =
        [
            "\"", "\"\"", ",", "\n", "\r", "\r\n", ";", "\t", "{", "}", "[", "]", ":", "null",
            "true", "-", ".", "0", "9999999999999999999", "1e9", "-0", "0.001", "\u{FEFF}", "é",
            "银", "\u{0}", "\\u0000", "\\ud800", "\\", "2026-02-30", "2026-01-01", "USD", "JPY",
            "USX", "=1+1", "\"a\nb\"", ",,,,", "\n\n",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x80, 0x80]]
}
