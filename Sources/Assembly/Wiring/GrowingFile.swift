import Foundation

/// A file that is written piece by piece beside its place, and renamed into it when it is whole.
final class GrowingFile {
    private let path: String
    private let draft: String
    private let handle: FileHandle

    /// - Throws: ``OutputFault`` IO-002.
    init(_ path: String) throws(OutputFault) {
        self.path = path
        draft = "\(path).part-\(UUID().uuidString.prefix(8))"
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: draft))
            handle = try FileHandle(forWritingTo: URL(fileURLWithPath: draft))
        } catch {
            throw OutputFault(path: path, error)
        }
    }

    /// - Throws: ``OutputFault`` IO-002, as for a full disk.
    func append(_ text: String) throws(OutputFault) { try append(Array(text.utf8)) }

    /// - Throws: ``OutputFault`` IO-002, as for a full disk.
    func append(_ bytes: [UInt8]) throws(OutputFault) {
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch {
            throw OutputFault(path: path, error)
        }
    }

    /// Puts the file in its place, once the disk has all of it: a loss of power leaves the old file
    /// or the new one.
    ///
    /// - Throws: ``OutputFault`` IO-002.
    func finish() throws(OutputFault) {
        do {
            try handle.synchronize()
            try handle.close()
        } catch {
            throw OutputFault(path: path, error)
        }
        guard rename(draft, path) == 0 else {
            throw OutputFault(path: path, reason: String(cString: strerror(errno)))
        }
    }

    /// Leaves the place as it was.
    func abandon() {
        // What remains is a draft that nobody looks at.
        try? handle.close()
        try? FileManager.default.removeItem(atPath: draft)
    }
}
