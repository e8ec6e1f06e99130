import Foundation

/// The package on disk, found from where this file was compiled.
struct House {
    let root: URL

    static let here = House(
        root: URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent())

    /// Every Swift file of the package, the manifest aside, by path.
    static let sources: [SwiftSource] = here.files(under: ["Sources", "Mocks", "Tests"])
        .filter { $0.hasSuffix(".swift") }
        .compactMap { path in here.text(path).map { SwiftSource(path: path, text: $0) } }

    /// The text files in which a path or an address could be written down, by path.
    static let texts: [(path: String, text: String)] = here.committedNames
        .flatMap { here.isFolder($0) ? here.files(under: [$0]) : [$0] }
        .filter { !$0.hasSuffix(".csv") && !$0.hasSuffix("LICENSE") }
        .compactMap { path in here.text(path).map { (path, $0) } }

    /// The names at the top, less what `.gitignore` leaves out.
    var committedNames: [String] {
        let ignored = (text(".gitignore") ?? "").split(separator: "\n").map(String.init)
        let all = (try? FileManager.default.contentsOfDirectory(atPath: root.path())) ?? []
        return all.filter { name in
            name != ".git" && !ignored.contains { House.matches(name, pattern: $0) }
        }.sorted()
    }

    /// The files below the folders, relative to the root, sorted; hidden ones left out.
    func files(under folders: [String]) -> [String] {
        folders.flatMap { folder -> [String] in
            let start = root.appending(path: folder)
            let walk = FileManager.default.enumerator(atPath: start.path())
            let names = (walk?.allObjects as? [String]) ?? []
            return names.filter { !isFolder("\(folder)/\($0)") && !$0.hasPrefix(".") }
                .map { "\(folder)/\($0)" }
        }.sorted()
    }

    /// The text of a file; `nil` when it is not there or is not UTF-8.
    func text(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path())
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        let full = root.appending(path: path).path()
        return FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
            && isFolder.boolValue
    }

    /// Knows the one wildcard `*`, and a leading `/` for the root.
    static func matches(_ name: String, pattern: String) -> Bool {
        let bare = pattern.hasPrefix("/") ? String(pattern.dropFirst()) : pattern
        guard let star = bare.firstIndex(of: "*") else { return name == bare }
        let end = bare[bare.index(after: star)...].filter { $0 != "/" }
        return name.hasPrefix(bare[..<star]) && name.hasSuffix(end)
    }
}
