import Yams

/// One file as a tree of written values.
enum Document {
    /// Repetitions of keys mended in one file before reading stops; each costs a further parse.
    private static let mostRepetitions = 20
    /// Larger files are not mended, so that a load stays quick.
    private static let largestMendedBytes = 32_768

    /// The tree of a file's bytes, or nil with the faults that prevent it.
    ///
    /// Keys that stand twice are reported and left out, so that the rest is still checked.
    static func read(_ bytes: [UInt8]) -> (root: Written?, faults: [ReadingFault]) {
        let decoded = PlainText.decode(bytes)
        guard decoded.faults.isEmpty else { return (nil, decoded.faults) }
        var lines = RepeatedKeys(text: decoded.text)
        while true {
            do {
                let root = try compose(lines.text, leavingOut: lines.positions)
                return (root, lines.faults)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let first = Position(line: context.mark.line, column: context.mark.column)
                let isMended =
                    lines.faults.count < mostRepetitions && bytes.count <= largestMendedBytes
                    && lines.leaveOutNext(keys.first ?? "", after: first)
                if !isMended { return (nil, lines.faults + [repeated(keys, at: first)]) }
            } catch let fault as ReadingFault {
                return (nil, lines.faults + [fault])
            } catch {
                return (nil, lines.faults + [SyntaxFault.fault(error)])
            }
        }
    }

    private static func compose(_ text: String, leavingOut positions: Set<Position>) throws
        -> Written?
    {
        // Short strings live inside their value, and the parser keeps a pointer beyond the call.
        let padded = text.utf8.count < 16 ? text + String(repeating: "\n", count: 16) : text
        let parser = try Yams.Parser(yaml: padded, resolver: .basic, encoding: .utf8)
        // The parser owns the anchors that the tree is checked for.
        return try withExtendedLifetime(parser) {
            guard let node = try parser.singleRoot() else { return nil }
            return try Composition(leftOut: positions).written(node, depth: 0)
        }
    }

    private static func repeated(_ keys: [String], at position: Position) -> ReadingFault {
        let key = Quoted.bare(keys.first ?? "")
        return ReadingFault(
            code: .repeatedKey, found: "the key \(key) stands more than once", key: key,
            position: position, allowed: "keep one; the rest of the file was not checked")
    }
}

/// The walk from the parser's nodes to written values.
private struct Composition {
    let leftOut: Set<Position>

    func written(_ node: Node, depth: Int) throws(ReadingFault) -> Written {
        let position = position(of: node)
        if node.anchor != nil {
            throw fault("an anchor (&)", position, "write the value out each time")
        }
        if depth > PlainText.deepest {
            throw fault(
                "more than \(PlainText.deepest) levels of nesting", position,
                "these files nest four deep at most")
        }
        switch node {
        case .scalar(let scalar):
            let isNothing =
                scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            return Written(
                position: position, content: isNothing ? .nothing : .text(scalar.string))
        case .sequence(let nodes):
            var values: [Written] = []
            for node in nodes { values.append(try written(node, depth: depth + 1)) }
            return Written(position: position, content: .list(values))
        case .mapping(let pairs):
            let entries = try entries(of: pairs, depth: depth + 1)
            return Written(position: position, content: .mapping(entries))
        case .alias:
            throw fault("an alias (*)", position, "write the value out each time")
        }
    }

    private func entries(of pairs: Node.Mapping, depth: Int) throws(ReadingFault)
        -> [Written.Entry]
    {
        var entries: [Written.Entry] = []
        for (key, value) in pairs where !leftOut.contains(position(of: key)) {
            guard case .scalar(let scalar) = key else {
                throw fault("a key that is no text", position(of: key), "write key: value")
            }
            entries.append(
                Written.Entry(
                    key: scalar.string, position: position(of: key),
                    value: try written(value, depth: depth)))
        }
        return entries
    }

    private func position(of node: Node) -> Position {
        Position(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    private func fault(_ found: String, _ position: Position, _ allowed: String) -> ReadingFault {
        ReadingFault(code: .unsupportedYAML, found: found, position: position, allowed: allowed)
    }
}
