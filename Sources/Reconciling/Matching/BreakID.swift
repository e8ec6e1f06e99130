package import BusinessCalendar

/// Names a break for good: the same over re-runs, whatever the order of the files.
package struct BreakID: Hashable, Sendable, CustomStringConvertible {
    /// 16 lower-case hexadecimal characters.
    package let text: String

    /// An id as it was stored.
    package init(text: String) { self.text = text }

    package var description: String { text }
}

/// Derives break ids for one partner and date.
package struct BreakIDSource: Sendable {
    package let partner: String
    /// The business date on which the break first appeared.
    package let firstDate: BusinessDate
    /// A cryptographic hash such as SHA-256; at least eight bytes.
    private let hash: @Sendable ([UInt8]) -> [UInt8]

    package init(
        partner: String, firstDate: BusinessDate, hash: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        self.partner = partner
        self.firstDate = firstDate
        self.hash = hash
    }

    /// The ids of the same partner's breaks of another date.
    func on(_ date: BusinessDate) -> BreakIDSource {
        BreakIDSource(partner: partner, firstDate: date, hash: hash)
    }

    /// The first eight bytes of `hash(partner, file, first date, kind, key…)` in hexadecimal.
    ///
    /// Hashed text: every text as its UTF-8 length in four bytes, then its bytes; the date as its
    /// day number in four; all big-endian. `ordinal` tells breaks of one key and kind apart and is
    /// hashed from the second on.
    package func id(file: String, kind: BreakKind, key: [String], ordinal: Int = 1) -> BreakID {
        var bytes: [UInt8] = []
        append(partner, to: &bytes)
        append(file, to: &bytes)
        append(UInt32(bitPattern: firstDate.dayNumber), to: &bytes)
        append(kind.rawValue, to: &bytes)
        append(UInt32(truncatingIfNeeded: key.count), to: &bytes)
        for column in key { append(column, to: &bytes) }
        if ordinal > 1 { append(UInt32(truncatingIfNeeded: ordinal), to: &bytes) }
        let digest = hash(bytes)
        precondition(digest.count >= 8, "a break id needs eight bytes of hash")
        return BreakID(text: digest.prefix(8).map(BreakIDSource.hexadecimal).joined())
    }

    private func append(_ text: String, to bytes: inout [UInt8]) {
        append(UInt32(truncatingIfNeeded: text.utf8.count), to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    private func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift: UInt32 in [24, 16, 8, 0] {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
