import Foundation
import Logging

/// Lines on standard error, one for each event: JSON for machines, words for people.
struct ServiceLog: LogHandler {
    let format: LogFormat
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    private let outlet: LogOutlet

    init(format: LogFormat, to outlet: LogOutlet) {
        self.format = format
        self.outlet = outlet
    }

    /// Where lines of a format go out.
    static func outlet(_ format: LogFormat) -> LogOutlet {
        LogOutlet { dropped in
            line(
                format, level: .warning, "lines dropped",
                [("lines", "\(dropped)"), ("because", "nobody reads them fast enough")])
        }
    }

    static func logger(_ format: LogFormat, to outlet: LogOutlet) -> Logger {
        Logger(label: "colend.serve") { _ in ServiceLog(format: format, to: outlet) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { _, own in own }
            .sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        outlet.add(Self.line(format, level: event.level, "\(event.message)", fields))
    }

    private static func line(
        _ format: LogFormat, level: Logger.Level, _ event: String, _ fields: [(String, String)]
    ) -> String {
        let all = [("at", time()), ("level", level.rawValue), ("event", event)] + fields
        return format == .json ? json(all) : text(all)
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
}
