package import Monetary

/// One file of a partner and date as both sides hold it.
package struct FilePair: Sendable {
    package let layout: FileLayout
    package let ours: [Record]
    /// Nil when the partner sent no such file; a date without lines is an empty file.
    package let theirs: [Record]?
    /// What the partner's manifest says of the file, nil when it does not list it.
    package let manifest: ManifestEntry?
    package let tolerance: Tolerance
    /// How many days two dates of one line may be apart and still count as timing.
    package let windowDays: Int

    package init(
        layout: FileLayout, ours: [Record], theirs: [Record]?, manifest: ManifestEntry?,
        tolerance: Tolerance = .none, windowDays: Int = 0
    ) {
        precondition(windowDays >= 0, "a window is not negative")
        self.windowDays = windowDays
        self.layout = layout
        self.ours = ours
        self.theirs = theirs
        self.manifest = manifest
        self.tolerance = tolerance
    }

    /// The same with other records of the partner's.
    func with(theirs records: [Record]) -> FilePair {
        FilePair(
            layout: layout, ours: ours, theirs: records, manifest: manifest,
            tolerance: tolerance, windowDays: windowDays)
    }
}

/// What a manifest says of one file.
package struct ManifestEntry: Hashable, Sendable {
    /// Lines without the header.
    package let rows: Int
    package let totals: [ControlTotal]

    package init(rows: Int, totals: [ControlTotal]) {
        self.rows = rows
        self.totals = totals
    }
}

/// The control totals of one amount column in one currency, minor units.
package struct ControlTotal: Hashable, Sendable {
    package let column: String
    package let currency: Currency
    package let sum: Int64
    /// The sum of the amounts without their signs.
    package let absolute: Int64

    package init(column: String, currency: Currency, sum: Int64, absolute: Int64) {
        self.column = column
        self.currency = currency
        self.sum = sum
        self.absolute = absolute
    }
}

/// What came of one file: every line of both sides is in exactly one match, sum or break.
package struct FileResult: Sendable {
    package let layout: FileLayout
    /// Lines of ours that were compared.
    package let ourRows: Int
    /// Lines of theirs, nil when the file is missing; then no line is claimed at all.
    package let theirRows: Int?
    /// In key order.
    package let matches: [Match]
    /// Single lines that the other side has in parts.
    package let sums: [SumMatch]
    /// Those about the file first, then those of the balance chain and the groups, then those of
    /// lines in key order.
    package let breaks: [Break]

    /// The same with breaks of the partner's files among themselves.
    func including(_ found: [Break]) -> FileResult {
        if found.isEmpty { return self }
        return FileResult(
            layout: layout, ourRows: ourRows, theirRows: theirRows, matches: matches, sums: sums,
            breaks: breaks.filter(\.kind.isAboutFile) + found
                + breaks.filter { !$0.kind.isAboutFile })
    }
}

/// The claim of one match or break on one record, unique over a file's results.
package struct Claim: Hashable, Sendable {
    package let side: Side
    package let key: [String]
    package let occurrence: Int
    /// The partner's own number by which the line was read, or empty.
    package let readBy: String

    init(_ side: Side, _ line: Line) {
        readBy = line.record.readBy
        self.side = side
        key = line.record.key
        occurrence = line.occurrence
    }
}

extension Match {
    /// The two records the match claims.
    package var claims: [Claim] { [Claim(.ours, ours), Claim(.theirs, theirs)] }
}

extension Break {
    /// The records the break claims: two, one, or none when it is about the file.
    package var claims: [Claim] {
        [ours.map { Claim(.ours, $0) }, theirs.map { Claim(.theirs, $0) }].compactMap(\.self)
    }
}
