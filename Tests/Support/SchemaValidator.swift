import Foundation

/// JSON Schema 2020-12 as far as the schemas of this house use it; other keywords are faults.
package struct SchemaValidator: Sendable {
    let root: JSONValue
    private let patterns: [String: NSRegularExpression]

    private static let ignored = ["$schema", "title", "description", "default", "$defs"]

    /// A validator whose patterns are all read.
    package init(_ root: JSONValue) throws {
        self.root = root
        var patterns: [String: NSRegularExpression] = [:]
        for pattern in SchemaValidator.patterns(in: root) where patterns[pattern] == nil {
            patterns[pattern] = try NSRegularExpression(pattern: pattern)
        }
        self.patterns = patterns
    }

    private static func patterns(in schema: JSONValue) -> [String] {
        switch schema {
        case .object(let members):
            members.values.flatMap(patterns) + (members["pattern"]?.text.map { [$0] } ?? [])
        case .list(let elements): elements.flatMap(patterns)
        default: []
        }
    }

    /// What is wrong with a value, a sentence each; nothing when it is valid.
    package func faults(_ value: JSONValue) -> [String] { faults(value, root, at: "$") }

    private func faults(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
        guard case .object(let keywords) = schema else { return ["\(path): no schema"] }
        return keywords.sorted { $0.key < $1.key }.flatMap { name, rule -> [String] in
            if SchemaValidator.ignored.contains(name) { return [] }
            switch name {
            case "$ref": return reference(value, rule, at: path)
            case "oneOf":
                let found = rule.elements.map { faults(value, $0, at: path) }
                return found.count(where: \.isEmpty) == 1
                    ? []
                    : ["\(path): no choice, or several"]
                        + found.joined()
            case "properties", "additionalProperties":
                return members(value, keywords, name, at: path)
            case "items":
                return value.elements.enumerated().flatMap {
                    faults($0.element, rule, at: "\(path)[\($0.offset)]")
                }
            default:
                return isKept(name, rule, value) ? [] : ["\(path): \(name) \(rule)"]
            }
        }
    }

    private func reference(_ value: JSONValue, _ rule: JSONValue, at path: String) -> [String] {
        let name = rule.text?.split(separator: "/").last.map(String.init) ?? ""
        guard let schema = root["$defs"]?[name] else { return ["\(path): $ref to nothing"] }
        return faults(value, schema, at: path)
    }

    private func members(
        _ value: JSONValue, _ keywords: [String: JSONValue], _ name: String, at path: String
    ) -> [String] {
        guard case .object(let members) = value else { return [] }
        return members.sorted { $0.key < $1.key }.flatMap { key, member -> [String] in
            let own = keywords["properties"]?[key]
            if name == "properties" {
                return own.map { faults(member, $0, at: "\(path).\(key)") } ?? []
            }
            guard own == nil, let rule = keywords[name] else { return [] }
            if rule == .flag(false) { return ["\(path): unknown key \(key)"] }
            return faults(member, rule, at: "\(path).\(key)")
        }
    }

    /// Rules that look at one value alone.
    private func isKept(_ name: String, _ rule: JSONValue, _ value: JSONValue) -> Bool {
        switch (name, rule, value) {
        case ("type", .text(let type), _): value.types.contains(type)
        case ("type", .list(let types), _): types.contains { value.types.contains($0.text ?? "") }
        case ("enum", .list(let values), _): values.contains(value)
        case ("required", .list(let names), .object(let members)):
            names.allSatisfy { members[$0.text ?? ""] != nil }
        case ("pattern", .text(let pattern), .text(let text)):
            patterns[pattern]?.firstMatch(
                in: text, range: NSRange(text.startIndex..., in: text)) != nil
        case ("minimum", .number(let bound), .number(let number)): number >= bound
        case ("maximum", .number(let bound), .number(let number)): number <= bound
        case ("exclusiveMinimum", .number(let bound), .number(let number)): number > bound
        case ("minItems", .number(let bound), .list(let values)): Double(values.count) >= bound
        case ("required", _, _), ("pattern", _, _), ("minimum", _, _), ("maximum", _, _),
            ("exclusiveMinimum", _, _), ("minItems", _, _):
            true
        default: false
        }
    }
}
