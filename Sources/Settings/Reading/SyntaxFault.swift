import Yams

/// The YAML parser's complaint as one of ours.
enum SyntaxFault {
    static func fault(_ error: any Error) -> ReadingFault {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _):
            syntax(problem, context, Position(line: mark.line, column: mark.column))
        case .composer(_, let problem, let mark, _):
            syntax(problem, nil, Position(line: mark.line, column: mark.column))
        case .reader(let problem, _, _, _): syntax(problem, nil, .start)
        default: syntax("the file could not be parsed", nil, .start)
        }
    }

    private static func syntax(
        _ problem: String, _ context: YamlError.Context?, _ position: Position
    ) -> ReadingFault {
        let began = context.map { " (\($0.text) from line \($0.mark.line))" } ?? ""
        return ReadingFault(
            code: .syntax, found: "no valid YAML: \(problem)\(began)", position: position,
            allowed: "write key: value lines, indented with spaces")
    }
}
