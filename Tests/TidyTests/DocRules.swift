extension Rule {
    static let documented = Rule(name: "package and public declarations are documented") { source in
        source.sharedDeclarations.filter { !source.isDocumented(line: $0.line) }.map {
            source.finding($0.line, "a \($0.keyword) that other targets see, without ///")
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
