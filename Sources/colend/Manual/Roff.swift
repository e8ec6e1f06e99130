/// Text in the man(7) language, line by line.
struct Roff {
    private(set) var text = ""

    /// A request, such as a heading, as it stands.
    mutating func request(_ words: String) { text += ".\(words)\n" }

    mutating func section(_ title: String) { request("SH \(title)") }

    /// A line that is marked up already.
    mutating func line(_ marked: String) { text += marked + "\n" }

    /// Plain words.
    mutating func paragraph(_ words: String) { line(Roff.escape(words)) }

    /// A term and what it means.
    mutating func item(_ marked: String, _ words: String) {
        request("TP")
        line(marked)
        paragraph(words.isEmpty ? "No more is said of it." : words)
    }

    /// Paragraphs; from a line with blanks in a row on they are shown as they stand.
    mutating func verse(_ words: String) {
        var isExample = false
        for line in words.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                request(isExample ? "fi" : "PP")
                isExample = false
            } else if line.contains("  "), !isExample {
                request("PP")
                request("nf")
                isExample = true
                self.line(Roff.escape(String(line)))
            } else {
                self.line(Roff.escape(String(line)))
            }
        }
        if isExample { request("fi") }
    }

    /// Nothing in the words is taken for markup.
    static func escape(_ words: String) -> String {
        let escaped = words.map { character in
            switch character {
            case "\\": "\\e"
            case "-": "\\-"
            default: String(character)
            }
        }.joined()
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }
}
