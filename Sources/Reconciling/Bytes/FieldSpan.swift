/// Where one field of a CSV record stands in its bytes.
package struct FieldSpan: Hashable, Sendable {
    /// The content without its quotes.
    package let start: Int
    package let end: Int
    package let isQuoted: Bool
    /// Whether quotes are doubled inside; then the bytes are not yet the content.
    package let isEscaped: Bool

    /// Where the field begins, its quote included.
    package var place: Int { isQuoted ? start - 1 : start }

    package var range: Range<Int> { start..<end }
}

extension ByteView {
    /// A field's content.
    package func content(of field: FieldSpan) -> [UInt8] {
        let raw = bytes(field.range)
        guard field.isEscaped else { return raw }
        var content: [UInt8] = []
        content.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            content.append(raw[index])
            index += raw[index] == UInt8(ascii: "\"") ? 2 : 1
        }
        return content
    }

    /// A field's content as text; the scanner has made sure that it is UTF-8.
    package func text(of field: FieldSpan) -> String {
        field.isEscaped
            ? String(decoding: content(of: field), as: UTF8.self) : text(field.range) ?? ""
    }

    /// Whether two fields have the same content.
    @inline(__always)
    func isSame(_ field: FieldSpan, _ other: ByteView, _ facing: FieldSpan) -> Bool {
        if field.isEscaped || facing.isEscaped {
            return content(of: field) == other.content(of: facing)
        }
        let count = field.end - field.start
        return count == facing.end - facing.start
            && isEqual(at: field.start, to: other, at: facing.start, count: count)
    }

    /// The order of two contents, by bytes.
    func order(_ field: FieldSpan, _ other: ByteView, _ facing: FieldSpan) -> Ordering {
        if isSame(field, other, facing) { return .same }
        let (left, right) = (content(of: field), other.content(of: facing))
        return left.lexicographicallyPrecedes(right) ? .before : .after
    }

    /// A field's content mixed into a hash.
    @inline(__always)
    func mixed(into state: UInt64, _ field: FieldSpan) -> UInt64 {
        if !field.isEscaped { return mixed(into: state, from: field.start, to: field.end) }
        return content(of: field).withUnsafeBufferPointer {
            ByteView($0).mixed(into: state, from: 0, to: $0.count)
        }
    }
}
