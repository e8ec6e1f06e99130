import Foundation
import SQLStore
import SQLiteEngine

extension Application {
    /// `store backup --to FILE`: one consistent copy of a store in a file, made while others work.
    ///
    /// - Throws: STORE-036 for a store on a server, ``OutputFault`` IO-002 for a file that is there
    ///   or cannot be put in place, or what opening, reading and writing throws.
    package static func backUpStore(to path: String, _ launch: Launch) async throws -> Answer {
        let store = try await OpenStore(launch, for: .reading)
        defer { store.close() }
        guard let engine = store.engine as? SQLiteEngine else {
            throw UsageFault(
                code: "STORE-036",
                "\(store.shown) is on a server, whose own tools make its backups: "
                    + "pg_dump --format=custom; or copy it into a file with `colend store copy`")
        }
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else {
            throw OutputFault(path: path, reason: "there is a file already")
        }
        guard !launch.isDryRun else {
            return told(path, shown: store.shown, digest: nil, bytes: nil)
        }
        let part = path + ".part"
        // What an earlier attempt that was killed has left, and what reading this one leaves.
        let remove = {
            for suffix in ["", "-wal", "-shm"] { try? files.removeItem(atPath: part + suffix) }
        }
        remove()
        defer { remove() }
        try engine.backUp(to: part)
        let digest = try await digest(ofFile: part)
        try place(part, at: path)
        let size = try files.attributesOfItem(atPath: path)[.size] as? NSNumber
        return told(path, shown: store.shown, digest: digest, bytes: size?.int64Value)
    }

    /// Reads everything in the copy once: a copy that cannot be read is no backup.
    private static func digest(ofFile path: String) async throws -> String {
        let engine = try SQLiteEngine(path: path, opening: .readOnly)
        defer { try? engine.close() }
        return try await engine.read { connection in try StoreDigest.hexadecimal(connection) }
    }

    private static func place(_ part: String, at path: String) throws(OutputFault) {
        guard rename(part, path) == 0 else {
            throw OutputFault(path: path, reason: String(cString: strerror(errno)).lowercased())
        }
    }

    private static func told(
        _ path: String, shown: String, digest: String?, bytes: Int64?
    ) -> Answer {
        let words = digest.map { "\(shown) is kept in \(path), digest \($0)" }
        return Answer(
            .object([
                "store": .text(shown), "to": .text(path), "digest": .optional(digest),
                "bytes": bytes.map { .number($0) } ?? .null, "dryRun": .flag(digest == nil),
            ]),
            lines: [words ?? "\(shown) would be kept in \(path)"])
    }
}
