package import Foundation

/// A directory of a test's own, removed when nothing refers to it any more.
package final class TemporaryFolder: Sendable {
    /// Its place, below the system's temporary directory.
    package let url: URL

    /// - Throws: An error of Foundation when it cannot be made.
    package init() throws {
        url = try TemporaryFolder.make()
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    static func make() throws -> URL {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "colend-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }
}

extension TemporaryFolder {
    /// Its path, without a slash at the end.
    package var path: String { url.path }

    /// The path of something in it.
    package func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes a file, and the directories it stands in, and returns its path.
    ///
    /// - Throws: An error of Foundation when it cannot be written.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try write(Data(text.utf8), to: name)
    }

    /// Writes a file of bytes, and the directories it stands in, and returns its path.
    ///
    /// - Throws: An error of Foundation when it cannot be written.
    @discardableResult
    package func write(_ bytes: Data, to name: String) throws -> String {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
        return file.path
    }

    /// Every file below it with its bytes, by its path from here.
    package func files(below name: String = "") -> [String: Data] {
        let root = name.isEmpty ? url : url.appending(path: name)
        let names = FileManager.default.enumerator(atPath: root.path)?.allObjects ?? []
        return names.reduce(into: [:]) { files, entry in
            guard let path = entry as? String else { return }
            var isDirectory: ObjCBool = false
            let file = root.appending(path: path).path
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory),
                !isDirectory.boolValue
            else { return }
            files[path] = FileManager.default.contents(atPath: file)
        }
    }
}
