/// Bytes that somebody else keeps in place, such as a mapped file.
///
/// It owns nothing: who lends the bytes keeps them unchanged until every reader is done.
package struct ByteView: @unchecked Sendable {
    private let buffer: UnsafeBufferPointer<UInt8>

    package init(_ buffer: UnsafeBufferPointer<UInt8>) { self.buffer = buffer }

    package var count: Int { buffer.count }

    /// One byte; the caller keeps inside the view.
    @inline(__always)
    package subscript(offset: Int) -> UInt8 { buffer[offset] }

    /// The bytes of a range as an array.
    package func bytes(_ range: Range<Int>) -> [UInt8] { Array(buffer[range]) }

    /// The text of a range, or nil when it is not UTF-8.
    package func text(_ range: Range<Int>) -> String? {
        String(validating: buffer[range], as: UTF8.self)
    }

    /// Eight bytes as a number; the caller has made sure that they are there.
    @inline(__always)
    private func word(_ offset: Int) -> UInt64 {
        UnsafeRawBufferPointer(buffer).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Whether `count` bytes here equal as many of another view; both ranges must be inside.
    @inline(__always)
    func isEqual(at offset: Int, to other: ByteView, at start: Int, count: Int) -> Bool {
        var done = 0
        while done + 8 <= count {
            if word(offset + done) != other.word(start + done) { return false }
            done += 8
        }
        while done < count {
            if self[offset + done] != other[start + done] { return false }
            done += 1
        }
        return true
    }

    /// Mixes a range into a hash; its length counts, so that two columns do not run together.
    ///
    /// Two 64-bit halves of a full product, folded: quick, and good enough to spread keys. Equal
    /// hashes prove nothing; keys are compared.
    @inline(__always)
    func mixed(into state: UInt64, from start: Int, to end: Int) -> UInt64 {
        var state = ByteView.mix(state, UInt64(truncatingIfNeeded: end - start))
        var offset = start
        while offset + 8 <= end {
            state = ByteView.mix(state, word(offset))
            offset += 8
        }
        if offset < end {
            var tail: UInt64 = 0
            while offset < end {
                tail = tail << 8 | UInt64(self[offset])
                offset += 1
            }
            state = ByteView.mix(state, tail)
        }
        return state
    }

    @inline(__always)
    private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
        let product = (state ^ word ^ 0xa076_1d64_78bd_642f)
            .multipliedFullWidth(by: 0xe703_7ed1_a0b4_28db)
        return product.high ^ product.low
    }
}
