/// HTML as a value: text is escaped when it is rendered, so that no name can become a tag.
indirect enum Markup: Sendable {
    case element(String, [(name: String, value: String)], [Markup])
    case text(String)

    static func tag(_ name: String, class style: String? = nil, _ content: Markup...) -> Markup {
        tag(name, class: style, content)
    }

    static func tag(_ name: String, class style: String? = nil, _ content: [Markup]) -> Markup {
        .element(name, style.map { [(name: "class", value: $0)] } ?? [], content)
    }
}

extension Markup {
    /// The text of the element and everything in it.
    var rendered: String {
        switch self {
        case .text(let text): return Markup.escaped(text)
        case .element(let name, let attributes, let content):
            let heads = attributes.map { " \($0.name)=\"\(Markup.escaped($0.value))\"" }.joined()
            if content.isEmpty, name == "meta" { return "<\(name)\(heads)>" }
            return "<\(name)\(heads)>\(content.map(\.rendered).joined())</\(name)>"
        }
    }

    /// A whole page that needs nothing from elsewhere.
    static func page(title: String, style: String, _ content: [Markup]) -> String {
        let head = Markup.tag(
            "head",
            .element("meta", [(name: "charset", value: "utf-8")], []),
            .element(
                "meta",
                [
                    (name: "name", value: "viewport"),
                    (name: "content", value: "width=device-width"),
                ], []),
            .tag("title", .text(title)))
        // A style sheet is no text: nothing in it is escaped, and nothing of it comes from data.
        let sheet = "<style>\n\(style)\n</style>"
        let body = Markup.tag("body", content).rendered
        return """
            <!DOCTYPE html>
            <html lang="en">
            \(head.rendered)
            \(sheet)
            \(body)
            </html>

            """
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
