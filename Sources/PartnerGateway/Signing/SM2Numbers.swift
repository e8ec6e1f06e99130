// The two ways of writing an SM2 signature.

/// The numbers r and s of a signature, 32 bytes each, big-endian.
struct SM2Numbers {
    private static let width = 32
    private let r: [UInt8]
    private let s: [UInt8]

    /// r ‖ s; nil for any other length.
    init?(raw: [UInt8]) {
        guard raw.count == 2 * Self.width else { return nil }
        r = Array(raw.prefix(Self.width))
        s = Array(raw.suffix(Self.width))
    }

    /// `SEQUENCE { INTEGER, INTEGER }` as libcrypto writes it; nil for anything else.
    init?(der: [UInt8]) {
        guard der.count >= 2, der[0] == 0x30, Int(der[1]) == der.count - 2 else { return nil }
        var rest = der[2...]
        guard let r = Self.integer(&rest), let s = Self.integer(&rest), rest.isEmpty
        else { return nil }
        self.r = r
        self.s = s
    }

    var raw: [UInt8] { r + s }

    var der: [UInt8] {
        let content = [r, s].flatMap(Self.encoded)
        return [0x30, UInt8(content.count)] + content
    }

    /// Takes an integer off the front and widens it.
    private static func integer(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        let header = Array(rest.prefix(2))
        guard header.count == 2, header[0] == 0x02, rest.count >= 2 + Int(header[1])
        else { return nil }
        let digits = rest.dropFirst(2).prefix(Int(header[1])).drop { $0 == 0 }
        rest = rest.dropFirst(2 + Int(header[1]))
        guard digits.count <= width else { return nil }
        return Array(repeating: 0, count: width - digits.count) + digits
    }

    /// The shortest form, with a zero in front where the number would look negative.
    private static func encoded(_ number: [UInt8]) -> [UInt8] {
        var digits = Array(number.drop { $0 == 0 })
        if digits.isEmpty || digits[0] >= 0x80 { digits.insert(0, at: 0) }
        return [0x02, UInt8(digits.count)] + digits
    }
}
