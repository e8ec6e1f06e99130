/// A piece of HTML or SVG, written as well-formed XML: every text and value is escaped.
indirect enum Markup {
    case text(String)
    /// A style sheet of ours; it stands as it is.
    case sheet(String)
    case element(name: String, attributes: [(name: String, value: String)], children: [Markup])

    /// An element; an attribute without a value is left out.
    static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:],
        _ children: [Markup] = []
    ) -> Markup {
        let given = attributes.compactMap { name, value in value.map { (name: name, value: $0) } }
        return .element(name: name, attributes: given, children: children)
    }

    /// An element that holds one text.
    static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ text: String
    ) -> Markup {
        tag(name, attributes, [.text(text)])
    }
}

extension Markup {
    /// Appends the text of the piece.
    func write(to output: inout String) {
        switch self {
        case .text(let text): Markup.escape(text, to: &output)
        case .sheet(let text): output += "\n" + text
        case .element(let name, let attributes, let children):
            output += "<\(name)"
            for attribute in attributes {
                output += " \(attribute.name)=\""
                Markup.escape(attribute.value, to: &output)
                output += "\""
            }
            if children.isEmpty, Markup.isVoid(name) {
                output += "/>"
                return
            }
            output += ">"
            for child in children { child.write(to: &output) }
            output += "</\(name)>"
            if Markup.endsLine(name) { output += "\n" }
        }
    }

    /// An empty `div` must have an end of its own in HTML; these must not.
    private static func isVoid(_ name: String) -> Bool {
        ["meta", "rect", "line", "path", "circle", "br", "col"].contains(name)
    }

    private static func endsLine(_ name: String) -> Bool {
        ["tr", "div", "section", "svg", "g", "table", "head", "style", "title"].contains(name)
    }

    /// Control characters cannot stand in XML at all, escaped or not.
    private static func escape(_ text: String, to output: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            case "\n", "\t": output.unicodeScalars.append(scalar)
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                output += "\u{FFFD}"
            default: output.unicodeScalars.append(scalar)
            }
        }
    }
}
