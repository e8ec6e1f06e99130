// Reading YAML strictly: every unknown key and bad value is reported at once, with its place.
import Yams

/// What is wrong in a scenario, as `file:line:column: message`.
package struct ScenarioFaults: Error, Equatable {
    /// One line per fault, in order of place.
    package let messages: [String]
}

/// Collects the faults of one document.
final class FaultCollector {
    let file: String
    private var found: [(line: Int, column: Int, message: String)] = []

    init(file: String) {
        self.file = file
    }

    func report(_ node: Node?, _ message: String) {
        found.append((node?.mark?.line ?? 1, node?.mark?.column ?? 1, message))
    }

    func throwIfAny() throws(ScenarioFaults) {
        if found.isEmpty { return }
        let ordered = found.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        throw ScenarioFaults(
            messages: ordered.map { "\(file):\($0.line):\($0.column): \($0.message)" })
    }
}

/// The mapping at one place of a document; each key must be asked for, or it is unknown.
struct Section {
    let node: Node
    let path: String
    let faults: FaultCollector
    /// Place in the list that it is an element of.
    private(set) var index = 0
    private var values: [String: Node] = [:]

    init(_ node: Node, path: String, allowed: [String], _ faults: FaultCollector) {
        self.node = node
        self.path = path
        self.faults = faults
        guard let mapping = node.mapping else {
            faults.report(node, "\(path.isEmpty ? "the file" : path) must be a mapping")
            return
        }
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            if !allowed.contains(name) {
                let nearest = Section.nearest(name, allowed)
                faults.report(key, "unknown key \"\(name)\"; did you mean \"\(nearest)\"?")
            } else if values.updateValue(value, forKey: name) != nil {
                faults.report(key, "\"\(name)\" is given twice")
            }
        }
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    func child(_ name: String) -> Node? { values[name] }

    /// The value of a key read by `parse`; `fallback` nil makes the key required.
    func value<Value>(
        _ name: String, _ expected: String, default fallback: Value?, _ parse: (String) -> Value?
    ) -> Value? {
        guard let node = values[name] else {
            if fallback == nil {
                faults.report(self.node, "\(place(name)) is missing: \(expected)")
            }
            return fallback
        }
        guard let text = node.scalar?.string, let value = parse(text) else {
            faults.report(node, "\(place(name)) must be \(expected)")
            return fallback
        }
        return value
    }

    /// The value of an optional key.
    func optional<Value>(
        _ name: String, _ expected: String, _ parse: (String) -> Value?
    ) -> Value? {
        has(name) ? value(name, expected, default: nil, parse) : nil
    }

    func whole(_ name: String, default fallback: Int?, in range: ClosedRange<Int>) -> Int? {
        value(name, "a whole number \(range.lowerBound)…\(range.upperBound)", default: fallback) {
            Int($0).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    func flag(_ name: String, default fallback: Bool) -> Bool {
        value(name, "true or false", default: fallback) {
            ["true": true, "false": false][$0]
        } ?? fallback
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, default fallback: Choice?
    ) -> Choice? {
        let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return value(name, "one of " + names, default: fallback, Choice.init(rawValue:))
    }

    /// The elements of a list of mappings.
    func list(_ name: String, allowed: [String]) -> [Section] {
        guard let node = values[name] else { return [] }
        guard let sequence = node.sequence else {
            faults.report(node, "\(place(name)) must be a list")
            return []
        }
        return sequence.enumerated().map { index, element in
            var section = Section(
                element, path: "\(place(name))[\(index)]", allowed: allowed, faults)
            section.index = index
            return section
        }
    }

    /// A nested mapping; an empty one when the key is absent.
    func section(_ name: String, allowed: [String]) -> Section {
        Section(
            values[name] ?? Node.mapping(Node.Mapping([])), path: place(name), allowed: allowed,
            faults)
    }

    private func place(_ name: String) -> String { path.isEmpty ? name : path + "." + name }

    private static func nearest(_ name: String, _ allowed: [String]) -> String {
        func shared(_ candidate: String) -> Int {
            let known = Set(candidate.lowercased())
            return name.lowercased().filter(known.contains).count
                + candidate.commonPrefix(with: name).count - abs(candidate.count - name.count)
        }
        return allowed.max { shared($0) < shared($1) } ?? ""
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}

extension YamlError {
    /// `:line:column: what`, like every other fault.
    var placed: String {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ":\(mark.line):\(mark.column): this is not YAML: \(problem)"
        case .duplicatedKeysInMapping(let names, let context):
            ":\(context.mark.line):\(context.mark.column): given twice: "
                + names.joined(separator: ", ")
        default: ":1:1: this is not YAML: \(self)"
        }
    }
}
