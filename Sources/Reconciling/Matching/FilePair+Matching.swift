extension FilePair {
    /// Matches the file's lines and checks it against its manifest.
    ///
    /// The result is the same for every order of the records of either side. A missing file makes
    /// one break and claims no line: it is matched when it arrives.
    /// - Throws: ``ReconcilingError`` when a record does not fit the layout or a difference does
    ///   not fit in 64 bits.
    package func matched(ids: BreakIDSource, severities: SeverityTable = .standard)
        throws(ReconcilingError) -> FileResult
    {
        var mint = BreakMint(file: layout.name, ids: ids, severities: severities)
        guard let theirs else {
            let missing = mint.make(
                .missingFile, key: [layout.name],
                differences: [
                    Difference(column: "rows", values: .count(ours: ours.count, theirs: nil))
                ], currency: nil)
            return FileResult(
                layout: layout, ourRows: ours.count, theirRows: nil, matches: [],
                sums: [], breaks: [missing])
        }
        var lines = LineMatcher(self, theirs: theirs, mint: mint)
        try lines.run()
        let sums = SumMatching(lines.breaks, layout)
        let wholeFile = try ManifestCheck(layout, theirs).breaks(against: manifest, &mint)
        return FileResult(
            layout: layout, ourRows: ours.count, theirRows: theirs.count, matches: lines.matches,
            sums: sums.found, breaks: wholeFile + sums.left)
    }
}
