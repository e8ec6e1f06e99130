import TestSupport
import Yams

/// YAML as an editor reads it: the core schema of YAML 1.2, so that numbers are numbers.
enum EditorYAML {
    static func value(_ text: String) throws -> JSONValue {
        try Yams.Parser(yaml: text, resolver: .basic).singleRoot().map(value) ?? .null
    }

    private static func value(_ node: Node) -> JSONValue {
        switch node {
        case .scalar(let scalar):
            scalar.style == .plain ? plain(scalar.string) : .text(scalar.string)
        case .sequence(let nodes): .list(nodes.map(value))
        case .mapping(let pairs):
            .object(
                Dictionary(
                    pairs.map { ($0.key.string ?? "", value($0.value)) },
                    uniquingKeysWith: { first, _ in first }))
        case .alias: .null
        }
    }

    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .flag(true)
        case "false", "False", "FALSE": return .flag(false)
        default: break
        }
        let isNumber = text.utf8.allSatisfy { Array("+-.0123456789eE".utf8).contains($0) }
        guard isNumber, let number = Double(text) else { return .text(text) }
        return .number(number)
    }
}
