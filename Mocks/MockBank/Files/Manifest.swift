// The list of a date's files with their digests and control totals.

/// One file named by a manifest.
package struct ManifestEntry: Equatable, Sendable {
    /// Sum of one amount column, in minor units.
    package struct Total: Equatable, Sendable {
        /// Column name.
        package let column: String
        /// ISO currency.
        package let currency: String
        /// Signed sum.
        package let sum: Int64
        /// Sum of magnitudes.
        package let absolute: Int64
    }

    /// The file's name.
    package let name: String
    /// Lines without the header.
    package let rows: Int
    /// SHA-256 of its bytes, lowercase hexadecimal.
    package let sha256: String
    /// Control totals.
    package let totals: [Total]
}

/// A manifest as read from the platform or offered by the bank.
package struct Manifest: Equatable, Sendable {
    /// Business date.
    package let date: Day
    /// Who sends it.
    package let party: String
    /// The files.
    package let files: [ManifestEntry]

    /// The manifest of tables that the bank offers.
    package init(date: Day, party: String, tables: [FileTable], currency: Currency) {
        self.date = date
        self.party = party
        files = tables.map { table in
            ManifestEntry(
                name: table.name, rows: table.rows.count, sha256: digestText(table.bytes),
                totals: Manifest.totals(table, currency))
        }
    }

    private init(date: Day, party: String, files: [ManifestEntry]) {
        self.date = date
        self.party = party
        self.files = files
    }

    /// The manifest with the entry of one file changed.
    func changing(_ name: String, _ change: (ManifestEntry) -> ManifestEntry) -> Manifest {
        Manifest(
            date: date, party: party, files: files.map { $0.name == name ? change($0) : $0 })
    }

    static func totals(_ table: FileTable, _ currency: Currency) -> [ManifestEntry.Total] {
        table.layout.amounts.map { column in
            let index = table.layout.index(of: column)
            let amounts = table.rows.map { currency.minorUnits($0[index]) ?? 0 }
            return ManifestEntry.Total(
                column: column, currency: currency.code,
                sum: Int64(clamping: amounts.reduce(Int128(0)) { $0 + Int128($1) }),
                absolute: Int64(clamping: amounts.reduce(Int128(0)) { $0 + Int128(abs($1)) }))
        }
    }

    /// UTF-8 JSON of the manifest.
    package func bytes(_ currency: Currency) -> [UInt8] {
        let list = files.map { file in
            JSON.record([
                "name": .string(file.name), "rows": .integer(file.rows),
                "sha256": .string(file.sha256),
                "totals": .array(
                    file.totals.map {
                        JSON.record([
                            "column": .string($0.column), "currency": .string($0.currency),
                            "sum": .string(currency.text($0.sum)),
                            "absolute": .string(currency.text($0.absolute)),
                        ])
                    }),
            ])
        }
        let manifest = JSON.record([
            "date": .string(date.description), "party": .string(party), "files": .array(list),
        ])
        return manifest.bytes
    }

    /// Reads a manifest for `date`; throws what is wrong with it.
    package init(_ bytes: [UInt8], for date: Day, _ currency: Currency) throws(Refusal) {
        let json: JSON
        do { json = try JSON.parse(bytes) } catch {
            throw Refusal(
                code: "malformed", reason: "manifest.json: \(error.reason) at byte \(error.offset)")
        }
        guard json["date"]?.text == date.description else {
            throw Refusal(code: "wrong-date", reason: "manifest.json is not of \(date)")
        }
        guard let party = json["party"]?.text, let list = json["files"]?.elements else {
            throw Refusal.malformed("manifest.json", "an object with date, party and files")
        }
        self.date = date
        self.party = party
        files = try Manifest.entries(list, currency)
        for needed in [FileLayout.disbursements, .repayments] {
            if !files.contains(where: { $0.name == needed.name }) {
                throw Refusal(code: "incomplete-manifest", reason: "\(needed.name) is not listed")
            }
        }
    }

    private static func entries(
        _ list: [JSON], _ currency: Currency
    ) throws(Refusal) -> [ManifestEntry] {
        var entries: [ManifestEntry] = []
        for file in list {
            guard let name = file["name"]?.text, let rows = file["rows"]?.integer,
                let sha256 = file["sha256"]?.text, sha256.utf8.count == 64,
                !entries.contains(where: { $0.name == name })
            else { throw Refusal.malformed("manifest.json files", "name, rows, sha256, each once") }
            var totals: [ManifestEntry.Total] = []
            for total in file["totals"]?.elements ?? [] {
                totals.append(try self.total(total, name))
            }
            entries.append(
                ManifestEntry(name: name, rows: rows, sha256: sha256.lowercased(), totals: totals))
        }
        return entries
    }

    private static func total(_ json: JSON, _ name: String) throws(Refusal) -> ManifestEntry.Total {
        guard let column = json["column"]?.text, let code = json["currency"]?.text,
            let currency = Currency(code), let sum = json["sum"]?.text.flatMap(currency.minorUnits),
            let absolute = json["absolute"]?.text.flatMap(currency.minorUnits)
        else {
            throw Refusal.malformed("totals of \(name)", "column, currency, sum and absolute")
        }
        return ManifestEntry.Total(column: column, currency: code, sum: sum, absolute: absolute)
    }
}

extension ManifestEntry {
    /// With the first total one minor unit higher than the file's.
    var withWrongTotal: ManifestEntry {
        let wrong = totals.enumerated().map { index, total in
            Total(
                column: total.column, currency: total.currency,
                sum: total.sum + (index == 0 ? 1 : 0), absolute: total.absolute)
        }
        return ManifestEntry(name: name, rows: rows, sha256: sha256, totals: wrong)
    }

    /// With the digest of something else.
    var withWrongDigest: ManifestEntry {
        ManifestEntry(
            name: name, rows: rows, sha256: digestText(Array((sha256 + name).utf8)),
            totals: totals)
    }

    /// What is wrong with a file under this entry: its rows or a control total; nil when it fits.
    func disagreement(_ table: FileTable, _ currency: Currency) -> String? {
        if rows != table.rows.count { return "\(name) has \(table.rows.count) rows, not \(rows)" }
        let own = Manifest.totals(table, currency)
        for total in totals where !own.contains(total) {
            return "the control total of \(total.column) in \(name) does not fit its lines"
        }
        return nil
    }
}
