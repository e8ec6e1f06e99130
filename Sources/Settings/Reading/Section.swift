/// One mapping of a file while its keys are read; every miss becomes a fault, never a throw.
///
/// A class because it remembers which keys were asked for: those are the valid ones, and
/// ``finish()`` refuses the rest.
final class Section {
    let file: String
    /// The key of this mapping, empty at the top of a file.
    let key: String
    let place: Place
    /// Where the mapping begins, for one inside it that is absent.
    let position: Position
    let findings: Findings
    let overrides: Overrides?
    /// The file as messages show it.
    private let shownFile: String
    private let entries: [String: Written.Entry]
    private let order: [String]
    private var asked: [String] = []

    init(
        _ entries: [Written.Entry], file: String, shownFile: String, key: String,
        position: Position, findings: Findings, overrides: Overrides?
    ) {
        self.file = file
        self.shownFile = shownFile
        self.key = key
        self.findings = findings
        self.overrides = overrides
        self.position = position
        self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
        order = entries.map(\.key)
        place = .file(shownFile, line: position.line, column: position.column)
    }

    /// What stands under a key, which thereby is a valid one; nil when it is absent or empty.
    func written(_ name: String) -> Written? {
        if !asked.contains(name) { asked.append(name) }
        guard let value = entries[name]?.value else { return nil }
        if case .nothing = value.content { return nil }
        return value
    }

    /// Whether the key stands there, with or without a value.
    func has(_ name: String) -> Bool { entries[name] != nil }

    /// The names in the order of the file, for a mapping whose keys are names of parties.
    var names: [String] { order }

    /// How many entries the list under a key has, readable or not.
    func entryCount(of name: String) -> Int {
        if case .list(let elements)? = entries[name]?.value.content { elements.count } else { 0 }
    }

    /// Whether something stands under a key, be it only no empty list.
    func hasEntries(_ name: String) -> Bool {
        guard let value = written(name) else { return false }
        if case .list(let elements) = value.content { return !elements.isEmpty }
        return true
    }

    /// The place of a key's value, or of the mapping when it is absent.
    func place(of name: String) -> Place {
        entries[name].map { place($0.value.position) } ?? place
    }

    func place(_ position: Position) -> Place {
        .file(shownFile, line: position.line, column: position.column)
    }

    /// The full key of a name in this mapping.
    func path(_ name: String) -> String { key.isEmpty ? name : "\(key).\(name)" }

    /// A mapping inside this one.
    func below(_ entries: [Written.Entry], key: String, position: Position, overrides: Overrides?)
        -> Section
    {
        Section(
            entries, file: file, shownFile: shownFile, key: key, position: position,
            findings: findings, overrides: overrides)
    }

    /// Refuses a key that must not be in a file at all, without repeating its value.
    func forbid(_ name: String, _ code: FaultCode, _ found: String, allowed: String) {
        guard let entry = entries[name] else { return }
        findings.report(
            code, found, key: path(name), at: place(entry.position), allowed: allowed)
        forbidden.insert(name)
    }

    private var forbidden: Set<String> = []

    /// Refuses every key that was not asked for.
    func finish() {
        for name in order where !asked.contains(name) && !forbidden.contains(name) {
            guard let entry = entries[name] else { continue }
            let nearest = Nearest.word(to: name, among: asked).map { "did you mean \($0)? " } ?? ""
            findings.report(
                .unknownKey, "unknown key", key: path(Quoted.bare(name)),
                at: place(entry.position),
                allowed: "\(nearest)allowed here: \(asked.joined(separator: ", "))")
        }
    }
}
