/// Text from outside as it may stand in a message: short, on one line, in quotes.
enum Quoted {
    /// Longest piece of foreign text that a message repeats, in Unicode scalars.
    static let longest = 60

    static func text(_ text: String) -> String { "\"\(bare(text))\"" }

    /// The same without quotes, for keys.
    static func bare(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(longest) {
            result += isPrintable(scalar) ? String(scalar) : scalar.escaped(asASCII: true)
        }
        return text.unicodeScalars.count > longest ? result + "…" : result
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            false
        default: true
        }
    }
}
