import Monetary

extension FilePair {
    /// Matches the file's lines and checks it against its manifest.
    ///
    /// The result is the same for every order of the records of either side. A missing file makes
    /// one break, by currency where its lines settle, and claims no line: it is matched when it
    /// arrives.
    /// - Throws: ``ReconcilingError`` when a record does not fit the layout or a difference does
    ///   not fit in 64 bits.
    package func matched(ids: BreakIDSource, severities: SeverityTable = .standard)
        throws(ReconcilingError) -> FileResult
    {
        var mint = BreakMint(file: layout.name, ids: ids, severities: severities)
        guard let theirs else {
            return FileResult(
                layout: layout, ourRows: ours.count, theirRows: nil, matches: [],
                sums: [], breaks: missing(&mint))
        }
        var lines = LineMatcher(self, theirs: theirs, mint: mint)
        try lines.run()
        let sums = SumMatching(lines.breaks, layout)
        let wholeFile = try ManifestCheck(layout, theirs).breaks(against: manifest, &mint)
        return FileResult(
            layout: layout, ourRows: ours.count, theirRows: theirs.count, matches: lines.matches,
            sums: sums.found, breaks: wholeFile + sums.left)
    }

    /// Money of two currencies is held apart, so what settles in two is missing twice.
    private func missing(_ mint: inout BreakMint) -> [Break] {
        let currencies = layout.settles ? Set(ours.map(\.currency)).sorted() : []
        guard currencies.count > 1 else {
            return [missing(&mint, [layout.name], ours.count, nil)]
        }
        var found: [Break] = []
        for currency in currencies {
            let rows = ours.count { $0.currency == currency }
            found.append(missing(&mint, [layout.name, currency.code], rows, currency))
        }
        return found
    }

    private func missing(
        _ mint: inout BreakMint, _ key: [String], _ rows: Int, _ currency: Currency?
    ) -> Break {
        mint.make(
            .missingFile, key: key,
            differences: [Difference(column: "rows", values: .count(ours: rows, theirs: nil))],
            currency: currency)
    }
}
