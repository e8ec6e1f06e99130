/// A list of texts in one cell: joined by the unit separator, which no file's field holds.
enum KeyText {
    /// The cell of a list.
    static func join(_ parts: [String]) -> String {
        parts.joined(separator: separator)
    }

    /// The list in a cell; an empty cell is an empty list.
    static func split(_ cell: String) -> [String] {
        cell.isEmpty
            ? []
            : cell.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }

    private static let separator = "\u{1F}"
}
