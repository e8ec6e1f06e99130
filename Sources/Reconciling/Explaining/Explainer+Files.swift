import Monetary

// Why a file is not what its manifest states.

extension Explainer {
    /// The manifest is right when it states what our lines come to: then the lines that differ
    /// account for it, and the file was changed after the manifest was made.
    func fileVerdict(_ found: Break, in result: FileResult) -> Verdict {
        let lines = result.breaks.filter { !$0.kind.isAboutFile }
        let behind: [Break]
        if found.key == ["rows"] {
            guard case .count(_, let stated?)? = found.differences.first?.values,
                stated == result.ourRows
            else { return Verdict(.fileNotAsSent) }
            behind = lines.filter(\.kind.isOneSided)
        } else {
            behind = lines.filter { line in
                line.currency == found.currency
                    && line.differences.contains { $0.column == found.key.first }
            }
            guard Explainer.accountFor(found, by: behind) else { return Verdict(.fileNotAsSent) }
        }
        return behind.isEmpty
            ? Verdict(.fileNotAsSent) : Verdict(.followsFrom, behind.map(\.id))
    }

    /// Whether the lines' differences, ours − theirs, cancel the file's, theirs − stated.
    private static func accountFor(_ found: Break, by lines: [Break]) -> Bool {
        let sumColumn = found.key.first.map { "sum of \($0)" }
        let file = found.differences.first { $0.column == sumColumn }?.minorUnits ?? 0
        let sum = lines.reduce(Int128(file)) { sum, line in
            line.differences.filter { $0.column == found.key.first }
                .reduce(sum) { $0 + Int128($1.minorUnits ?? 0) }
        }
        return sum == 0
    }
}
