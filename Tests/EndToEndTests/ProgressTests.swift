import Foundation
import TestSupport
import Testing

/// Long work shows how far it has come, on a terminal and nowhere else unasked.
struct ProgressTests {
    private let days = ["eod", "--date", "2026-01-01", "--until", "2026-02-19"]

    private func close(_ options: [String] = [], onTerminal: Bool) async throws -> (
        shown: String, seconds: Double
    ) {
        let books = try await Books.withLoans()
        let places = [
            "COLEND_CONFIG": books.folder.path("Config"),
            "COLEND_STORE": "sqlite:\(books.folder.path("colend.db"))",
            "COLEND_HARBOR_SECRET": String(repeating: "5a", count: 32),
        ]
        let begun = ContinuousClock.now
        let arguments = days + ["--output", "json"] + options
        let shown: String
        if onTerminal {
            shown = try await Colend.runOnTerminal(arguments, environment: places).shown
        } else {
            shown = try await Colend.run(arguments, environment: places).errors
        }
        let elapsed = ContinuousClock.now - begun
        return (shown, Double(elapsed.components.seconds) + 1)
    }

    @Test func `a terminal shows a bar with rate and time left, at most ten a second`()
        async throws
    {
        let (shown, seconds) = try await close(onTerminal: true)
        let drawn = shown.components(separatedBy: "\r").filter { $0.contains("dates closed") }
        #expect(!drawn.isEmpty, "\(shown.prefix(300))")
        #expect(drawn.count <= Int(seconds * 10))
        #expect(drawn.allSatisfy { $0.contains("/50 dates closed · ") })
        #expect(drawn.allSatisfy { $0.contains("█") || $0.contains("░") })
        #expect(drawn.contains { $0.contains("/s · ") && $0.contains(" left") })
        // The line is wiped before the result.
        #expect(shown.contains("\r\u{1B}[K["))
    }

    @Test func `quiet is quiet`() async throws {
        let (shown, _) = try await close(["--quiet"], onTerminal: true)
        #expect(!shown.contains("dates closed"))
        #expect(!shown.contains("\u{1B}[K"))
    }

    @Test func `a file gets a line every five seconds, and no bar`() async throws {
        let (shown, seconds) = try await close(onTerminal: false)
        let lines = shown.split(separator: "\n")
        #expect(lines.count <= Int(seconds / 5) + 1)
        #expect(!shown.contains("\r") && !shown.contains("█"))
    }
}
