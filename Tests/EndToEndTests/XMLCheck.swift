import Testing

/// A strict look at markup: every element closed in order, attributes quoted and once, nothing
/// unescaped.
enum XMLCheck {
    /// What is wrong first, or nil.
    static func fault(in text: String) -> String? {
        var open: [Substring] = []
        var rest = text[...]
        if rest.hasPrefix("<!DOCTYPE html>") { rest = rest.dropFirst(15) }
        var roots = 0
        while let start = rest.firstIndex(of: "<") {
            let words = rest[..<start]
            if let fault = fault(inText: words) { return fault }
            if open.isEmpty, words.contains(where: { !$0.isWhitespace }) {
                return "words outside the page: \(words.prefix(40))"
            }
            guard let end = rest[start...].firstIndex(of: ">") else { return "a tag without end" }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return "</\(tag)> closes nothing" }
                continue
            }
            if open.isEmpty { roots += 1 }
            let body = tag.hasSuffix("/") ? tag.dropLast() : tag
            let name = body.prefix { !$0.isWhitespace }
            if name.isEmpty || !name.allSatisfy({ $0.isLetter || $0.isNumber }) {
                return "no element: <\(tag)>"
            }
            if let fault = fault(inAttributes: body.dropFirst(name.count)) { return fault }
            if !tag.hasSuffix("/") { open.append(name) }
        }
        if let last = open.last { return "<\(last)> is never closed" }
        return roots == 1 ? nil : "\(roots) roots"
    }

    private static func fault(inText text: Substring) -> String? {
        for (index, part) in text.split(separator: "&", omittingEmptySubsequences: false)
            .enumerated() where index > 0
        {
            let name = part.prefix { $0 != ";" }
            guard part.count > name.count, ["amp", "lt", "gt", "quot", "#39"].contains(name) else {
                return "a bare &: &\(part.prefix(20))"
            }
        }
        let hasControl = text.unicodeScalars.contains {
            $0.value < 0x20 && !"\n\t".unicodeScalars.contains($0)
        }
        return hasControl ? "a control character" : nil
    }

    private static func fault(inAttributes text: Substring) -> String? {
        var rest = text.drop { $0.isWhitespace }
        var names: Set<Substring> = []
        while !rest.isEmpty {
            let name = rest.prefix { $0 != "=" }
            rest = rest.dropFirst(name.count + 1)
            guard rest.first == "\"", !name.isEmpty, !name.contains(where: \.isWhitespace) else {
                return "an attribute without quotes: \(text)"
            }
            let value = rest.dropFirst().prefix { $0 != "\"" }
            if value.contains("<") { return "a < in \(name)" }
            if let fault = fault(inText: value) { return fault }
            guard names.insert(name).inserted else { return "\(name) twice" }
            rest = rest.dropFirst(value.count + 2).drop { $0.isWhitespace }
        }
        return nil
    }
}

/// The check itself sees what it must.
struct XMLCheckTests {
    @Test(arguments: [
        "<a><b></a></b>", "<a>", "<a/><b/>", "<a>&nope;</a>", "<a>& </a>", "<a b=c/>",
        "<a b=\"1\" b=\"2\"/>", "<a b=\"<\"/>", "x<a/>", "<a></a></a>", "<a>\u{1}</a>", "<a",
        "< a/>",
    ])
    func `broken markup is seen`(text: String) {
        #expect(XMLCheck.fault(in: text) != nil)
    }

    @Test(arguments: [
        "<a/>", "<!DOCTYPE html>\n<a b=\"1\" c=\"&amp;\"><d/>x &lt; y</a>\n",
    ])
    func `sound markup is not`(text: String) {
        #expect(XMLCheck.fault(in: text) == nil)
    }
}
