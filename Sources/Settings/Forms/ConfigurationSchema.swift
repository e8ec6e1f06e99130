/// The keys of configuration files as JSON Schema 2020-12, for editors.
package enum ConfigurationSchema {
    /// The schema of one kind of file; of any of them without a name, with a definition of each.
    package static func schema(of file: ConfigurationFile?) -> SchemaNode {
        let files = file.map { [$0] } ?? ConfigurationFile.allCases
        var definitions: [SchemaNode.Member] = []
        var choices: [SchemaNode] = []
        for file in files {
            for variant in file.variants {
                let name = file.rawValue + (variant.name.isEmpty ? "" : "-\(variant.name)")
                definitions.append(
                    .init(
                        name: name,
                        value: mapping(FormTree(variant.forms).root.below)
                            .with(["title": .text(title(file, variant))])))
                choices.append(.object(["$ref": .text("#/$defs/\(name)")]))
            }
        }
        let top: SchemaNode = .object([
            "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
            "title": .text(file?.path ?? "A configuration file of colend"),
        ])
        let choice: SchemaNode =
            choices.count == 1
            ? top.with(["$ref": .text("#/$defs/\(definitions[0].name)")])
            : top.with(["oneOf": .list(choices)])
        return choice.with(["$defs": .object(definitions)])
    }

    private static func title(_ file: ConfigurationFile, _ variant: ConfigurationFile.Variant)
        -> String
    {
        variant.name.isEmpty ? file.path : "\(file.path) of kind \(variant.name)"
    }

    private static func mapping(_ keys: [FormTree.Branch]) -> SchemaNode {
        .object([
            "type": .text("object"),
            "properties": .object(keys.map { .init(name: $0.name, value: value($0)) }),
            "required": .texts(keys.filter(\.isRequired).map(\.name)),
            "additionalProperties": .flag(false),
        ])
    }

    private static func value(_ branch: FormTree.Branch) -> SchemaNode {
        if branch.isList {
            let list: SchemaNode = .object([
                "type": .text("array"), "items": mapping(branch.below),
            ])
            return described(branch.isRequired ? list.with(["minItems": .number(1)]) : list, branch)
        }
        guard branch.below.isEmpty, let form = branch.form else { return mapping(branch.below) }
        guard case .list = form.kind, branch.isRequired else {
            return described(form.kind.schema, branch)
        }
        return described(form.kind.schema.with(["minItems": .number(1)]), branch)
    }

    /// What an editor shows beside the key.
    private static func described(_ node: SchemaNode, _ branch: FormTree.Branch) -> SchemaNode {
        guard let form = branch.form else { return node }
        let unit = form.unit.isEmpty ? "" : ", \(form.unit)"
        let told = node.with([
            "description": .text("\(form.title)\(unit); \(form.allowed)")
        ])
        guard case .value(let text) = form.absent else { return told }
        return told.with(["default": .text(text)])
    }
}
