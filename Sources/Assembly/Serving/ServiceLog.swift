import Foundation
import Logging

/// Lines on standard error, one for each event: JSON for machines, words for people.
struct ServiceLog: LogHandler {
    let format: LogFormat
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    /// Writes a line with its end.
    private let write: @Sendable (String) -> Void

    init(format: LogFormat, write: @escaping @Sendable (String) -> Void = Self.toStandardError) {
        self.format = format
        self.write = write
    }

    static func logger(_ format: LogFormat) -> Logger {
        Logger(label: "colend.serve") { _ in ServiceLog(format: format) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { _, own in own }
            .sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        let head = [
            ("at", Self.time()), ("level", event.level.rawValue), ("event", "\(event.message)"),
        ]
        write(format == .json ? Self.json(head + fields) : Self.text(head + fields))
    }

    private static func json(_ fields: [(String, String)]) -> String {
        Node.object(fields.map { Node.Member(name: $0.0, value: .text($0.1)) }).compact + "\n"
    }

    /// A value cannot begin a line of its own.
    private static func text(_ fields: [(String, String)]) -> String {
        let words = fields.enumerated().map { index, field in
            index < 3 ? field.1 : "\(field.0)=\(field.1)"
        }
        return words.joined(separator: " ").map { $0.isNewline ? " " : String($0) }.joined() + "\n"
    }

    private static func time() -> String {
        Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    @Sendable static func toStandardError(_ line: String) {
        // Where nobody can read it, nothing can be said about that either.
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }
}
