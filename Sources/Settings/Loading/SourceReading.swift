/// Turns the files of the sources into sections, reporting what cannot be parsed.
struct SourceReading {
    let sources: ConfigurationSources
    let environment: [String: String]
    let findings: Findings

    /// The top of one file, or nil when it is absent or cannot be parsed.
    func section(of path: String) -> Section? {
        guard let bytes = sources.contents[path] else { return nil }
        let shown = sources.shown(path)
        let document = Document.read(bytes)
        for fault in document.faults {
            findings.report(
                fault.code, fault.found, key: fault.key,
                at: .file(shown, line: fault.position.line, column: fault.position.column),
                allowed: fault.allowed)
        }
        guard let root = document.root else {
            if document.faults.isEmpty { refuse(shown, "the file is empty", .start) }
            return nil
        }
        guard case .mapping(let entries) = root.content else {
            refuse(shown, "\(root.shape) stands there", root.position)
            return nil
        }
        return Section(
            entries, file: path, shownFile: shown, key: "", position: root.position,
            findings: findings, overrides: Overrides(environment: environment, path: path))
    }

    /// The tops of every file in a folder, in order of name.
    func sections(in folder: String) -> [Section] {
        sources.paths(in: folder).compactMap(section(of:))
    }

    private func refuse(_ file: String, _ found: String, _ position: Position) {
        findings.report(
            .wrongShape, found, key: "",
            at: .file(file, line: position.line, column: position.column),
            allowed: "it needs keys with values")
    }
}
