extension Rule {
    /// Types, functions and constants of their own explain themselves to other targets, and so does
    /// everything that a shared protocol asks for. The fields and initializers of a documented type
    /// may rest on its comment and their names, a protocol's functions on what the protocol says.
    static let documented = documented(asked: { House.requirements })

    /// - Parameter asked: the protocols that ask for a function, by the function's name.
    static func documented(asked: @escaping @Sendable () -> [String: Set<String>]) -> Rule {
        Rule(name: "what other targets see is documented") { source in
            let shared = source.sharedDeclarations.filter {
                !$0.speaksForItself(in: source) && !$0.isAnswer(in: source, asked: asked())
            }
            return (shared + source.requirements.map(\.declaration))
                .filter { !source.isDocumented(line: $0.line) }
                .map {
                    source.finding($0.line, "\($0.keyword) \($0.name) is seen elsewhere: add ///")
                }
        }
    }
}

extension SharedDeclaration {
    fileprivate func speaksForItself(in source: SwiftSource) -> Bool {
        let isMember = source.lines[line - 1].hasPrefix(" ")
        let isOperator = !(name.first.map { $0.isLetter || $0 == "_" } ?? false)
        switch keyword {
        case "let", "var", "init": return isMember
        case "func": return isOperator || ["hash", "encode"].contains(name)
        case "typealias": return ["Element", "Index", "Failure", "RawValue"].contains(name)
        default: return false
        }
    }

    /// Whether a protocol that the file names asks for this function.
    fileprivate func isAnswer(in source: SwiftSource, asked: [String: Set<String>]) -> Bool {
        guard keyword == "func", let protocols = asked[name] else { return false }
        return source.tokens.contains { protocols.contains($0.text) }
    }
}

extension SwiftSource {
    /// Whether `///` stands above the declaration, attributes between them allowed.
    fileprivate func isDocumented(line: Int) -> Bool {
        for above in lines[..<(line - 1)].reversed() {
            let text = above.drop(while: \.isWhitespace)
            if text.hasPrefix("///") { return true }
            if !text.hasPrefix("@") { return false }
        }
        return false
    }
}
