private import Foundation

/// What the engine asks of the file system before it opens anything.
enum FileCheck {
    /// Whether there is a file at the path.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }
}
