import Operations

/// Import tables of facts as tests write them: `key=value` words, a fact a line.
enum FactFile {
    /// Facts such as `id=W1 kind=waiver loan=L1 valueDate=2026-01-20 at=2026-01-20T10:00:00Z
    /// currency=USD interest=1.00 borneBy=shares`; each value stands at ten times its place.
    static func table(_ lines: [String]) -> ImportTable {
        let records = lines.map { line in
            line.split(separator: " ").map { word in
                let parts = word.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (name: String(parts[0]), value: String(parts[1]))
            }
        }
        var columns: [String] = []
        for name in records.joined().map(\.name) where !columns.contains(name) {
            columns.append(name)
        }
        let rows = records.enumerated().map { number, record in
            ImportRow(
                line: number + 1,
                fields: columns.map { column in
                    let place = record.firstIndex { $0.name == column }
                    return ImportField(
                        text: place.map { record[$0].value } ?? "",
                        column: place.map { 10 * $0 + 1 } ?? 0)
                })
        }
        return ImportTable(file: "facts.ndjson", columns: columns, rows: rows)
    }

    /// A fact of the loan L1 on the open date of `TestServicing`.
    static func line(
        _ id: String, _ kind: String, _ rest: String = "", loan: String = "L1",
        valueDate: String = "2026-01-20", at: String = "2026-01-20T10:00:00Z"
    ) -> String {
        ["id=\(id) kind=\(kind) loan=\(loan) valueDate=\(valueDate) at=\(at)", rest]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension TestHouse {
    /// Records facts on the open date.
    @discardableResult
    func take(_ lines: String...) async throws -> ImportSummary {
        try await factImport.run(FactFile.table(lines))
    }
}
