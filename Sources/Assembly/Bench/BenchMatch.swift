import Foundation
import Operations
import Reconciling

/// `colend bench match`: writes two files of a size and times their match.
package struct BenchMatch: Sendable {
    private let rows: Int
    private let directory: String

    /// The largest files that are written: ten gigabytes together.
    private static let mostRows = 100_000_000

    /// - Throws: ``UsageFault`` for a number of rows that makes no files.
    package init(rows: Int, directory: String?) throws(UsageFault) {
        guard (1...BenchMatch.mostRows).contains(rows) else {
            throw UsageFault(
                code: "USAGE-025", "--rows \(rows) is not within 1 to \(BenchMatch.mostRows)")
        }
        self.rows = rows
        self.directory =
            directory ?? FileManager.default.temporaryDirectory.path + "/colend-bench-match"
    }

    /// Leaves `ours.csv`, `theirs.csv` and `breaks.ndjson` in the directory.
    ///
    /// - Throws: ``OutputFault``, or what matching throws.
    package func run() throws -> Answer {
        let (ours, theirs) = (path("ours.csv"), path("theirs.csv"))
        let files = BenchFiles(rows: rows)
        try write(ours) { try files.write(theirs: false, $0) }
        try write(theirs) { try files.write(theirs: true, $0) }
        var request = MatchRequest(ours: ours, theirs: theirs)
        request.key = "payment_id"
        request.fields = "loan_id"
        let started = ContinuousClock.now
        var summary = Node.null
        try write(path("breaks.ndjson")) { output in
            try Matching.matched(request) { matched in
                try MatchLines(matched).write(output)
                summary = matched.summary.node
            }
        }
        return answer(ContinuousClock.now - started, summary)
    }

    private func path(_ name: String) -> String { "\(directory)/\(name)" }

    private func answer(_ taken: Duration, _ summary: Node) -> Answer {
        let seconds = Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
        let perSecond = Int64(Double(rows) / seconds)
        let peak = BenchMatch.peakMemoryMiB
        return Answer(
            .object([
                "rows": .count(rows), "seconds": .decimal(String(format: "%.3f", seconds)),
                "rowsPerSecond": .number(perSecond), "linesPerSecond": .number(2 * perSecond),
                "peakMemoryMiB": .count(peak), "directory": .text(directory),
                "outcome": summary,
            ]),
            lines: [
                "\(rows) × \(rows) rows in " + String(format: "%.3f s, ", seconds)
                    + "\(2 * perSecond) lines of both files a second, \(peak) MiB at most",
                "the files are in \(directory)",
            ])
    }

    /// The most memory this process has held, mapped files included.
    private static var peakMemoryMiB: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }

    /// Gives `body` a way to write a file piece by piece.
    private func write(_ path: String, _ body: ((String) throws -> Void) throws -> Void) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: path))
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            try body { try handle.write(contentsOf: Data($0.utf8)) }
        } catch let fault as any CodedError {
            throw fault
        } catch {
            throw OutputFault(path: path, error)
        }
    }
}
