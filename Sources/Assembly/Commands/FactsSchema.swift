import Operations

/// The fields of every kind of fact as JSON Schema, from the forms that the import checks against.
package enum FactsSchema {
    /// The answer of `facts schema`: a schema of one line of the file.
    package static var answer: Answer {
        let schema = Node.object([
            "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
            "title": .text("A fact, one line of an NDJSON file"),
            "oneOf": .array(FactForm.all.map { node(of: $0) }),
        ])
        return Answer(schema, lines: [schema.pretty])
    }

    private static func node(of form: FactForm) -> Node {
        var members: [Node.Member] = [
            Node.Member(name: "title", value: .text(form.title)),
            Node.Member(name: "type", value: .text("object")),
            Node.Member(
                name: "properties",
                value: .object(
                    form.fields.map {
                        Node.Member(name: $0, value: property($0, form))
                    })),
            Node.Member(
                name: "required",
                value: .array(
                    form.fields.filter { !(form.anyOf + form.optional).contains($0) }
                        .map { .text($0) })),
        ]
        if !form.anyOf.isEmpty {
            let choices = form.anyOf.map { Node.object(["required": .array([.text($0)])]) }
            members.append(Node.Member(name: "anyOf", value: .array(choices)))
        }
        members.append(Node.Member(name: "additionalProperties", value: .flag(false)))
        return .object(members)
    }

    private static func property(_ field: String, _ form: FactForm) -> Node {
        if field == "kind" { return .object(["const": .text(form.kind)]) }
        if let choice = form.choice, choice.field == field {
            return .object(["enum": .array(choice.values.map { .text($0) })])
        }
        let sign = form.kind == "decision-correction" ? "-?" : ""
        switch field {
        case "valueDate", "nextDueOn", "firstDueOn", "statement":
            return text("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        case "at": return text("format", "date-time")
        case "currency": return text("pattern", "^[A-Z]{3}$")
        case "amount", "fee", "principal", "interest", "penalty", "annualRatePercent":
            return text("pattern", "^\(sign)[0-9]+(\\.[0-9]+)?$")
        case "instalments": return text("pattern", "^[1-9][0-9]*$")
        case "shares":
            return text("pattern", "^[a-z0-9-]+:[0-9./%]+(,[a-z0-9-]+:[0-9./%]+)*$")
        case "borneBy": return text("description", "shares, or a party of the loan")
        case "id", "purchase", "ground": return text("pattern", "^[A-Za-z0-9._-]{1,64}$")
        default: return .object(["type": .text("string")])
        }
    }

    private static func text(_ name: String, _ value: String) -> Node {
        .object([
            Node.Member(name: "type", value: .text("string")),
            Node.Member(name: name, value: .text(value)),
        ])
    }
}
