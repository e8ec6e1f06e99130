// Contents of files by their SHA-256, on the disk before anybody is told about them.
import Foundation

/// A directory of files named after the SHA-256 of their content.
struct FileShelf {
    private let directory: String

    init(directory: String) throws(StateFault) {
        self.directory = directory
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw StateFault(description: "cannot make \(directory): \(error)")
        }
    }

    /// Keeps `bytes` and returns their SHA-256; the same content is kept once.
    func keep(_ bytes: [UInt8]) throws(StateFault) -> String {
        let sha256 = digestText(bytes)
        let path = directory + "/" + sha256
        if FileManager.default.fileExists(atPath: path) { return sha256 }
        let temporary = path + ".part"
        guard write(bytes, to: temporary), rename(temporary, path) == 0, syncDirectory() else {
            throw StateFault(description: "cannot write \(path)")
        }
        return sha256
    }

    func content(_ sha256: String) throws(StateFault) -> [UInt8] {
        guard let content = FileManager.default.contents(atPath: directory + "/" + sha256) else {
            throw StateFault(description: "\(directory)/\(sha256) is missing")
        }
        return [UInt8](content)
    }

    private func write(_ bytes: [UInt8], to path: String) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count <= 0 { return false }
            written += count
        }
        return fdatasync(descriptor) == 0
    }

    private func syncDirectory() -> Bool {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }
}
