/// A piece of HTML or SVG, written as well-formed XML: every text and value is escaped when it is
/// written, so that no name can become a tag.
indirect enum Markup: Sendable {
    case text(String)
    /// A style sheet of ours; it stands as it is.
    case sheet(String)
    case element(String, [(name: String, value: String)], [Markup])

    /// An element; an attribute without a value is left out.
    static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String?>, _ content: [Markup] = []
    ) -> Markup {
        let given = attributes.compactMap { name, value in value.map { (name: name, value: $0) } }
        return .element(name, given, content)
    }

    /// An element that holds one text.
    static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String?>, _ text: String
    ) -> Markup {
        tag(name, attributes, [.text(text)])
    }

    static func tag(_ name: String, class style: String? = nil, _ content: Markup...) -> Markup {
        tag(name, class: style, content)
    }

    static func tag(_ name: String, class style: String? = nil, _ content: [Markup]) -> Markup {
        tag(name, ["class": style], content)
    }
}

extension Markup {
    /// A whole page that needs nothing from elsewhere.
    static func page(title: String, style: String, _ content: [Markup]) -> String {
        let viewport = "width=device-width, initial-scale=1"
        let page = Markup.tag(
            "html", ["lang": "en"],
            [
                .tag(
                    "head",
                    .tag("meta", ["charset": "utf-8"]),
                    .tag("meta", ["name": "viewport", "content": viewport]),
                    .tag("title", .text(title)), .tag("style", .sheet(style))),
                .tag("body", content),
            ])
        return "<!DOCTYPE html>\n\(page.rendered)\n"
    }

    /// The text of the piece.
    var rendered: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to output: inout String) {
        switch self {
        case .text(let text): Markup.escape(text, to: &output)
        case .sheet(let text): output += "\n\(text)\n"
        case .element(let name, let attributes, let content):
            output += "<\(name)"
            for attribute in attributes {
                output += " \(attribute.name)=\""
                Markup.escape(attribute.value, to: &output)
                output += "\""
            }
            if content.isEmpty, Markup.isVoid(name) {
                output += "/>"
                return
            }
            output += ">"
            for child in content { child.write(to: &output) }
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
