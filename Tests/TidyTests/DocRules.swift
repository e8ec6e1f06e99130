extension Rule {
    /// Types, functions and constants of their own explain themselves to other targets. The fields
    /// and initializers of a documented type may rest on its comment and their names, and what a
    /// protocol asks for (`<`, `description`) on the protocol.
    static let documented = Rule(name: "what other targets see is documented") { source in
        source.sharedDeclarations
            .filter { !$0.speaksForItself(in: source) && !source.isDocumented(line: $0.line) }
            .map {
                source.finding($0.line, "\($0.keyword) \($0.name) is seen elsewhere: add ///")
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
