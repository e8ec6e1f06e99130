import Operations
import Settings

/// The keys of configuration files as JSON Schema, from the forms that the README is held to.
package enum ConfigSchema {
    /// The words of `--file`.
    package static var files: [String] { ConfigurationFile.allCases.map(\.rawValue) }

    /// The answer of `config schema`: of one kind of file, or of any of them.
    ///
    /// - Throws: ``UsageFault`` USAGE-004 for a word that is no kind of file.
    package static func answer(file: String?) throws -> Answer {
        let chosen = try file.map { word in
            guard let file = ConfigurationFile(rawValue: word) else {
                throw UsageFault(
                    code: "USAGE-004",
                    "--file '\(word)' is none of \(files.joined(separator: ", "))")
            }
            return file
        }
        let schema = Node(ConfigurationSchema.schema(of: chosen))
        return Answer(schema, lines: [schema.pretty])
    }
}

extension Node {
    /// A piece of a schema.
    fileprivate init(_ schema: SchemaNode) {
        switch schema {
        case .object(let members):
            self = .object(members.map { Member(name: $0.name, value: Node($0.value)) })
        case .list(let elements): self = .array(elements.map { Node($0) })
        case .text(let text): self = .text(text)
        case .number(let number): self = .number(number)
        case .flag(let flag): self = .flag(flag)
        }
    }
}
