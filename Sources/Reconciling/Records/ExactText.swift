/// A text by its bytes, as a key: Swift's own comparison treats different byte sequences of one
/// letter as equal, which two banks' identifiers are not.
struct ExactText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    /// Every column of a record's key.
    static func key(_ columns: [String]) -> [ExactText] { columns.map(ExactText.init) }

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(UInt8(0xFF))
    }
}
