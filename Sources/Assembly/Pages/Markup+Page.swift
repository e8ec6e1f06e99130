extension Markup {
    /// A whole page that needs nothing from elsewhere; well-formed as XML too.
    static func page(title: String, style: String, _ content: [Markup]) -> String {
        let viewport = "width=device-width, initial-scale=1"
        let head: [Markup] = [
            .tag("meta", ["charset": "utf-8"]),
            .tag("meta", ["name": "viewport", "content": viewport]),
            .tag("title", [:], title),
            .tag("style", [:], [.sheet(style)]),
        ]
        var text = "<!DOCTYPE html>\n"
        tag("html", ["lang": "en"], [tag("head", [:], head), tag("body", [:], content)])
            .write(to: &text)
        return text + "\n"
    }

    /// An element of a class, around what is in it.
    static func tag(_ name: String, class style: String? = nil, _ content: Markup...) -> Markup {
        tag(name, ["class": style], content)
    }

    /// An element of a class, around what is in it.
    static func tag(_ name: String, class style: String? = nil, _ content: [Markup]) -> Markup {
        tag(name, ["class": style], content)
    }
}
