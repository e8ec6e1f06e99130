// The header of an answer, read only as far as somebody asks.

/// Status and header lines as they came; most of them nobody ever looks at.
struct AnswerHead: Sendable {
    /// The HTTP status; nil when the first line had none.
    private(set) var status: Int?
    /// It came in frames of HTTP/2, which say where a body ends.
    private(set) var isFramed = false
    private var lines: [UInt8] = []

    static let start = Array("HTTP/".utf8)
    private static let framed = Array("HTTP/2".utf8)
    static let lineEnd = Array("\r\n".utf8)

    init() {}

    /// As if it had come so.
    init(_ headers: [(name: String, value: String)]) {
        for header in headers { lines += Array("\(header.name): \(header.value)\r\n".utf8) }
    }

    /// Starts over with the first line of an answer.
    mutating func begin(_ line: UnsafeRawBufferPointer) {
        lines.removeAll(keepingCapacity: true)
        lines.reserveCapacity(512)
        isFramed = line.starts(with: AnswerHead.framed)
        guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return status = nil }
        let digits = line[(space + 1)...].prefix { (48...57).contains($0) }
        status = digits.count == 3 ? digits.reduce(0) { $0 * 10 + Int($1) - 48 } : nil
    }

    mutating func append(_ line: UnsafeRawBufferPointer) { lines.append(contentsOf: line) }

    /// Every header in the order received, without the blanks around its value.
    var headers: [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        forEach { name, value in
            found.append((String(decoding: name, as: UTF8.self), text(value)))
        }
        return found
    }

    /// Every value of a header, whatever the case of its name, in the order received.
    func values(of wanted: String) -> [String] {
        var found: [String] = []
        forEach { name, value in
            guard name.count == wanted.utf8.count,
                zip(name, wanted.utf8).allSatisfy({ lowercase($0) == lowercase($1) })
            else { return }
            found.append(text(value))
        }
        return found
    }

    /// Name and value of every line that has a colon.
    private func forEach(_ body: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Void) {
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            body(line[..<colon], line[(colon + 1)...])
        }
    }

    private func text(_ value: ArraySlice<UInt8>) -> String {
        var value = value
        while let first = value.first, isBlank(first) { value.removeFirst() }
        while let last = value.last, isBlank(last) { value.removeLast() }
        return String(decoding: value, as: UTF8.self)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private func lowercase(_ byte: UInt8) -> UInt8 {
        (65...90).contains(byte) ? byte | 0x20 : byte
    }
}
