import Operations
import PartnerGateway
import Reconciling

/// `colend match`: two files, no store.
package enum Matching {
    /// Matches and prints.
    ///
    /// - Parameters:
    ///   - write: Takes the result for standard output, piece by piece.
    ///   - note: Takes the summary where it is no part of the result.
    /// - Returns: The exit code for findings when a break is left, else nil.
    /// - Throws: ``UsageFault``, ``FaultyLine``, ``UnreadableInput``, or what `write` throws.
    package static func run(
        _ request: MatchRequest, _ format: OutputFormat, isColored: Bool,
        write: (String) throws -> Void, note: (String) -> Void
    ) throws -> Int32? {
        try matched(request) { files in
            switch format {
            case .json, .ndjson: try MatchLines(files).write(write)
            case .csv:
                try MatchTable(files).write(write)
                note(files.summary.node.compact)
            case .table: try write(files.answer.rendered(.table, isColored: isColored))
            }
            return files.summary.hasBreaks ? ExitKind.findings.rawValue : nil
        }
    }

    /// Matches and hands over the outcome.
    static func matched<Result>(
        _ request: MatchRequest, _ body: (MatchedFiles) throws -> Result
    ) throws -> Result {
        let options = try request.options()
        // Any seed gives the same bytes; one that no sender knows keeps the table even.
        return try MatchFiles(files: MappedFiles(), seed: .random(in: 0 ... .max)).run(
            ours: request.ours, theirs: request.theirs, options, body)
    }
}

extension MatchSummary {
    /// `{"summary":{…}}` of INTERFACE.
    var node: Node {
        .object([
            "summary": .object([
                "ours": totals(ours), "theirs": totals(theirs), "matched": .count(matched),
                "breaks": .object(
                    kinds.map { kind in
                        Node.Member(
                            name: kind.kind.rawValue,
                            value: .object(["count": .count(kind.count), "sum": kind.sum.node]))
                    }),
            ])
        ])
    }

    private func totals(_ side: Totals) -> Node {
        .object([
            "rows": .count(side.rows),
            "sum": .object(
                side.sums.map { Node.Member(name: $0.column, value: $0.amount.node) }),
        ])
    }
}

extension SummedAmount {
    fileprivate var node: Node {
        switch self {
        case .single(let amount): .text(amount)
        case .byCurrency(let parts):
            .object(parts.map { Node.Member(name: $0.currency, value: .text($0.amount)) })
        }
    }
}
