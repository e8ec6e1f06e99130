/// Text for a cell that a spreadsheet may open.
package enum SpreadsheetText {
    /// The text, behind an apostrophe when a spreadsheet would take it for a formula: it begins
    /// with `=`, `+`, `-`, `@`, a tab or a carriage return. A number stays a number.
    ///
    /// Judged by the first scalar, not the first character: an `=` with a combining accent, and a
    /// carriage return with its line feed, are formulas too.
    package static func safe(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, starters.contains(first) else { return text }
        return isNumber(text) ? text : "'" + text
    }

    private static let starters: [Unicode.Scalar] = ["=", "+", "-", "@", "\t", "\r"]

    /// A sign, digits and at most one point between them.
    private static func isNumber(_ text: String) -> Bool {
        guard let sign = text.utf8.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
        else { return false }
        let parts = text.utf8.dropFirst().split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { (48...57).contains($0) }
            }
    }
}
