/// A piece of JSON Schema; members keep their order.
package indirect enum SchemaNode: Hashable, Sendable {
    case object([Member])
    case list([SchemaNode])
    case text(String)
    case number(Int64)
    case flag(Bool)

    /// One member of an object.
    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: SchemaNode
    }

    static func object(_ members: KeyValuePairs<String, SchemaNode>) -> SchemaNode {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    static func texts(_ texts: [String]) -> SchemaNode { .list(texts.map { .text($0) }) }

    /// The same object with further members at its end; anything else as it is.
    func with(_ members: KeyValuePairs<String, SchemaNode>) -> SchemaNode {
        guard case .object(let own) = self else { return self }
        return .object(own + members.map { Member(name: $0.key, value: $0.value) })
    }
}
