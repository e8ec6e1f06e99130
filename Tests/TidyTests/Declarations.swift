/// A module named by an `import`, whatever attributes, access level or kind stand around it.
struct Import {
    let module: String
    let line: Int
    let isTestable: Bool
}

/// A function, initializer or subscript with a body.
struct Function {
    let line: Int
    let lastLine: Int

    var lineCount: Int { lastLine - line + 1 }
}

/// A declaration that other targets can see.
struct SharedDeclaration {
    let keyword: String
    /// What follows the keyword: a name, or the first character of an operator.
    let name: String
    let line: Int
}

extension SwiftSource {
    var imports: [Import] {
        let kinds: Set = [
            "typealias", "struct", "class", "enum", "protocol", "let", "var", "func", "actor",
        ]
        return tokens.indices.compactMap { index in
            guard tokens[index].text == "import", index + 1 < tokens.count else { return nil }
            var name = index + 1
            if kinds.contains(tokens[name].text), name + 1 < tokens.count { name += 1 }
            return Import(
                module: tokens[name].text, line: tokens[index].line,
                isTestable: index > 0 && tokens[index - 1].text == "testable")
        }
    }

    var functions: [Function] {
        tokens.indices.compactMap { index in
            let starts = ["func", "init", "subscript", "deinit"].contains(tokens[index].text)
            guard starts, index == 0 || tokens[index - 1].text != ".",
                let brace = bodyStart(after: index), let end = matchingBrace(of: brace)
            else { return nil }
            return Function(line: tokens[index].line, lastLine: tokens[end].line)
        }
    }

    var sharedDeclarations: [SharedDeclaration] {
        tokens.indices.compactMap { index in
            guard ["package", "public", "open"].contains(tokens[index].text),
                let keyword = declarationKeyword(after: index)
            else { return nil }
            let name = tokens.indices.contains(keyword + 1) ? tokens[keyword + 1].text : ""
            return SharedDeclaration(
                keyword: tokens[keyword].text, name: name, line: tokens[index].line)
        }
    }

    /// The opening brace of the declaration at `index`; `nil` for a requirement, which has none.
    private func bodyStart(after index: Int) -> Int? {
        let others: Set = [
            "func", "init", "subscript", "deinit", "var", "let", "struct", "enum", "class",
            "case", "associatedtype", "typealias", "extension", "protocol", "actor", "import", "}",
        ]
        var depth = 0
        for next in tokens.indices.dropFirst(index + 1) {
            let text = tokens[next].text
            if text == "(" || text == "[" { depth += 1 }
            if text == ")" || text == "]" { depth -= 1 }
            guard depth == 0 else { continue }
            if text == "{" { return next }
            if others.contains(text) { return nil }
        }
        return nil
    }

    private func matchingBrace(of brace: Int) -> Int? {
        var depth = 0
        for next in tokens.indices.dropFirst(brace) {
            if tokens[next].text == "{" { depth += 1 }
            if tokens[next].text == "}" { depth -= 1 }
            if depth == 0 { return next }
        }
        return nil
    }

    private func declarationKeyword(after index: Int) -> Int? {
        let keywords: Set = [
            "func", "var", "let", "struct", "enum", "class", "actor", "protocol", "init",
            "subscript", "typealias", "macro",
        ]
        let modifiers: Set = [
            "static", "final", "mutating", "nonmutating", "indirect", "lazy", "weak", "unowned",
            "override", "convenience", "required", "nonisolated", "consuming", "borrowing",
            "dynamic", "private", "internal", "package", "prefix", "postfix", "infix", "set",
            "unsafe", "(", ")", "@",
        ]
        for next in tokens.indices.dropFirst(index + 1) {
            // `class func` is a modifier and its keyword; `class Loan` is a keyword.
            let isModifier = tokens[next].text == "class" && isKeyword(next + 1, keywords)
            if keywords.contains(tokens[next].text), !isModifier { return next }
            if !modifiers.contains(tokens[next].text), !isModifier { return nil }
        }
        return nil
    }

    private func isKeyword(_ index: Int, _ keywords: Set<String>) -> Bool {
        tokens.indices.contains(index) && keywords.contains(tokens[index].text)
    }
}
