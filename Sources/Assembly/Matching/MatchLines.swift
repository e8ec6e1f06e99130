import PartnerGateway
import Reconciling

/// The outcome of a match as NDJSON: one break a line, the summary last.
struct MatchLines {
    private let files: MatchedFiles
    private let ours: [String]
    private let theirs: [String]

    /// Bytes that are gathered before they are written.
    private static let pieceBytes = 1 << 16

    init(_ files: MatchedFiles) {
        self.files = files
        ours = files.shownNames(of: .ours).map(MatchLines.member)
        theirs = files.shownNames(of: .theirs).map(MatchLines.member)
    }

    /// `line` is the line's number, so a column of that name gets another.
    private static func member(_ name: String) -> String {
        name == "line" ? "column line" : name
    }

    func write(_ write: (String) throws -> Void) throws {
        var piece: [UInt8] = []
        try files.forEach { found in
            piece += text(of: found)
            piece.append(UInt8(ascii: "\n"))
            if piece.count >= MatchLines.pieceBytes {
                try write(String(decoding: piece, as: UTF8.self))
                piece.removeAll(keepingCapacity: true)
            }
        }
        try write(String(decoding: piece, as: UTF8.self) + files.summary.node.compact + "\n")
    }

    private func text(of found: MatchedBreak) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { json in
            json.member("kind", found.kind.rawValue)
            json.name("key")
            json.object { key in
                for (name, text) in zip(files.keyNames, found.key) { key.member(name, text) }
            }
            json.name("ours")
            side(found.ours, ours, &json)
            json.name("theirs")
            side(found.theirs, theirs, &json)
            json.name("difference")
            if let difference = found.difference { json.string(difference) } else { json.null() }
        }
        return writer.bytes
    }

    private func side(_ line: MatchedBreak.Line?, _ names: [String], _ json: inout JSONWriter) {
        guard let line else { return json.null() }
        json.object { side in
            side.name("line")
            side.integer(line.line)
            for (name, text) in zip(names, line.values) { side.member(name, text) }
        }
    }
}

/// The breaks of a match as CSV, one line each under one header.
struct MatchTable {
    let files: MatchedFiles

    init(_ files: MatchedFiles) { self.files = files }

    func write(_ write: (String) throws -> Void) throws {
        let (ours, theirs) = (files.shownNames(of: .ours), files.shownNames(of: .theirs))
        let header =
            ["kind"] + files.keyNames.map { "key.\($0)" } + ["ours.line"]
            + ours.map { "ours.\($0)" } + ["theirs.line"] + theirs.map { "theirs.\($0)" }
            + ["difference"]
        try write(RecordTable.line(header))
        try files.forEach { found in
            try write(
                RecordTable.line(
                    [found.kind.rawValue] + found.key + cells(found.ours, ours.count)
                        + cells(found.theirs, theirs.count) + [found.difference ?? ""]))
        }
    }

    private func cells(_ line: MatchedBreak.Line?, _ count: Int) -> [String] {
        guard let line else { return Array(repeating: "", count: count + 1) }
        return ["\(line.line)"] + line.values
    }
}

extension MatchedFiles {
    /// What a person sees: the first breaks, then counts and sums.
    var answer: Answer {
        let shown = 100
        var breaks = Grid(
            title: "Breaks",
            columns: [
                .words("kind"), .words("key"), .figures("our line"), .figures("their line"),
                .figures("difference"),
            ])
        var count = 0
        forEach { found in
            count += 1
            guard count <= shown else { return }
            breaks.add([
                found.kind.rawValue, found.key.joined(separator: " "),
                found.ours.map { "\($0.line)" } ?? "", found.theirs.map { "\($0.line)" } ?? "",
                found.difference ?? "",
            ])
        }
        var kinds = Grid(
            title: "Summary", columns: [.words("kind"), .figures("count"), .figures("sum")])
        kinds.add(["matched", "\(summary.matched)", ""])
        for kind in summary.kinds {
            kinds.add([kind.kind.rawValue, "\(kind.count)", "\(kind.sum)"])
        }
        return Answer(
            summary.node, grids: [breaks, kinds],
            lines: [totals("ours", summary.ours), totals("theirs", summary.theirs)]
                + (count > shown ? ["\(count - shown) more breaks: ask for --output ndjson"] : []))
    }

    private func totals(_ side: String, _ totals: MatchSummary.Totals) -> String {
        (["\(side): \(totals.rows) rows"] + totals.sums.map { "\($0.column) \($0.amount)" })
            .joined(separator: ", ")
    }
}
