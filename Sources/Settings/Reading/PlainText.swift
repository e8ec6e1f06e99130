/// The text of a file once its bytes and its YAML are of the plain sort these files use.
///
/// Decides before the YAML parser runs: anchors could make a small file explode, and deep nesting
/// could exhaust the stack.
enum PlainText {
    /// Deepest nesting of lists and mappings.
    static let deepest = 16
    /// Faults told of one file's text; a file of another kind would bring thousands.
    private static let mostFaults = 20

    /// The text, or every reason why it is refused.
    static func decode(_ bytes: [UInt8]) -> (text: String, faults: [ReadingFault]) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return ("", [fault("a byte order mark", .start, "save the file as UTF-8 without one")])
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return ("", [invalidByte(in: bytes)])
        }
        let scalars = Array(text.unicodeScalars)
        var scan = PlainScan()
        for index in scalars.indices where scan.faults.count < mostFaults {
            scan.step(
                scalars[index], next: index + 1 < scalars.count ? scalars[index + 1] : "\n")
        }
        return (text, scan.faults)
    }

    /// Decodes up to the first byte that is no UTF-8, to tell its position.
    private static func invalidByte(in bytes: [UInt8]) -> ReadingFault {
        var (line, column) = (1, 1)
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        return fault(
            "bytes that are no UTF-8", Position(line: line, column: column),
            "save the file as UTF-8")
    }

    private static func fault(_ found: String, _ position: Position, _ allowed: String)
        -> ReadingFault
    {
        ReadingFault(code: .notPlainText, found: found, position: position, allowed: allowed)
    }
}
