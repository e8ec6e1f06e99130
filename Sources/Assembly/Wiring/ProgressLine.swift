package import Operations

/// The words of a progress display.
package struct ProgressLine {
    private let work: WorkDone
    private let elapsed: Duration

    package init(work: WorkDone, elapsed: Duration) {
        self.work = work
        self.elapsed = elapsed
    }

    /// A bar and the words after it, no longer than a line of the terminal.
    package func drawn(columns: Int) -> String {
        let words = said(between: " · ")
        guard let total = work.total, total > 0 else { return String(words.prefix(columns - 1)) }
        let length = 24
        let filled = min(length, length * work.done / total)
        let bar =
            String(repeating: "█", count: filled) + String(repeating: "░", count: length - filled)
        return String("\(bar) \(words)".prefix(max(1, columns - 1)))
    }

    /// The words alone, such as `12/45 dates closed, 3.1/s, 10 s left`.
    package var said: String { said(between: ", ") }

    private func said(between separator: String) -> String {
        let count = Int64(work.done).groupedCount
        let total = work.total.map { "/\(Int64($0).groupedCount)" } ?? ""
        var parts = ["\(count)\(total) \(work.noun)"]
        if let rate { parts.append(rate) }
        if let left { parts.append(left) }
        return parts.joined(separator: separator)
    }

    private var milliseconds: Int64 {
        elapsed.components.seconds * 1_000
            + elapsed.components.attoseconds / 1_000_000_000_000_000
    }

    private var rate: String? {
        guard milliseconds > 0, work.done > 0 else { return nil }
        let tenths = Int64(work.done) * 10_000 / milliseconds
        return tenths >= 100
            ? "\((tenths / 10).groupedCount)/s" : "\(tenths / 10).\(tenths % 10)/s"
    }

    private var left: String? {
        guard let total = work.total, work.done > 0 else { return nil }
        let seconds = milliseconds * Int64(max(0, total - work.done)) / Int64(work.done) / 1_000
        if seconds < 60 { return "\(seconds) s left" }
        if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s left" }
        return "\(seconds / 3_600) h \(seconds / 60 % 60) min left"
    }
}
