// Injected file faults: the offered copy is wrong, the book behind it stays right.

/// Spoils the files of one date by the faults in force.
struct FileDistorter {
    let faults: [FileFaultRule]
    let seed: String
    let day: Day
    let currency: Currency
    /// Strikes so far, by kind and file.
    var used: [String: Int]
    private var marks: [JournalEntry] = []

    init(
        faults: [FileFaultRule], seed: String, day: Day, currency: Currency, used: [String: Int]
    ) {
        self.faults = faults
        self.seed = seed
        self.day = day
        self.currency = currency
        self.used = used
    }

    /// The distorted copies and a journal entry for each fault.
    func distort(
        _ tables: [FileTable], platform: [FileTable]
    ) -> (tables: [FileTable], marks: [JournalEntry]) {
        var working = self
        let copies = tables.map { table in
            working.distort(table, platform.first { $0.name == table.name })
        }
        return (copies, working.marks)
    }

    /// Faults that strike a file as a whole, each with a journal entry; files without a line are
    /// left alone, since nothing in them can be missed.
    func strikeFiles(_ tables: [FileTable]) -> (faults: [FileFaultRule], marks: [JournalEntry]) {
        var working = self
        var struck: [FileFaultRule] = []
        for fault in faults where fault.kind.isOfFile {
            guard let table = tables.first(where: { $0.name == fault.file }), !table.rows.isEmpty,
                fault.budget.map({ used[name(fault), default: 0] < $0 }) ?? true,
                Draw(seed, day.description, fault.file, "", fault.kind.rawValue)
                    .hits(fault.probability),
                !struck.contains(where: { $0.file == fault.file })
            else { continue }
            struck.append(fault)
            working.mark(ofFile: fault, table.layout)
        }
        return (struck, working.marks)
    }

    private mutating func mark(ofFile fault: FileFaultRule, _ layout: FileLayout) {
        let isTotal = fault.kind == .wrongTotals
        let column = isTotal ? layout.amounts[0] : nil
        let name = fault.file.split(separator: ".").first.map(String.init)
        mark(fault, column: column)
        marks[marks.count - 1].record = isTotal ? "\(layout.amounts[0]),\(currency.code)" : name
    }

    private mutating func distort(_ table: FileTable, _ platform: FileTable?) -> FileTable {
        var copy = table
        copy.rows = []
        for row in table.rows {
            guard let fault = fault(striking: row, of: table) else {
                copy.rows.append(row)
                continue
            }
            switch fault.kind {
            case .missingLine: mark(fault, row)
            case .doubledLine:
                copy.rows += [row, row]
                mark(fault, row)
            case .datedLater: copy.rows.append(datedLater(row, table.layout, fault))
            case .centOff: copy.rows.append(off(row, table.layout, fault, platform, by: 1))
            case .amountOff:
                let unit = (0..<currency.digits).reduce(Int64(10)) { size, _ in size * 10 }
                copy.rows.append(off(row, table.layout, fault, platform, by: unit))
            case .extraLine: copy.rows += [row, invented(row, table.layout, fault)]
            case .wrongStatus: copy.rows.append(otherStatus(row, table.layout, fault))
            case .lateFile, .wrongTotals, .wrongDigest: copy.rows.append(row)
            }
        }
        return copy
    }

    private func fault(striking row: [String], of table: FileTable) -> FileFaultRule? {
        faults.first { fault in
            fault.file == table.name
                && fault.budget.map { used[name(fault), default: 0] < $0 } ?? true
                && !fault.kind.isOfFile
                && Draw(
                    seed, day.description, fault.file, table.layout.key(row),
                    fault.kind.rawValue
                ).hits(fault.probability)
                && (![.centOff, .amountOff].contains(fault.kind)
                    || !candidates(row, table.layout).isEmpty)
        }
    }

    private func name(_ fault: FileFaultRule) -> String { fault.kind.rawValue + " " + fault.file }

    private mutating func mark(
        _ fault: FileFaultRule, _ row: [String] = [], column: String? = nil,
        detail: String? = nil
    ) {
        used[name(fault), default: 0] += 1
        var entry = JournalEntry(.fault, on: day, detail: detail)
        entry.fault = fault.kind.rawValue
        entry.file = fault.file
        entry.record = FileLayout.offered.first { $0.name == fault.file }?.key(row)
        entry.column = column
        marks.append(entry)
    }

    private mutating func datedLater(
        _ row: [String], _ layout: FileLayout, _ fault: FileFaultRule
    ) -> [String] {
        let index = layout.index(of: "value_date")
        guard let date = Day(row[index]) else { return row }
        var later = row
        later[index] = date.adding(days: 1).description
        mark(fault, row, column: "value_date", detail: "\(date) → \(later[index])")
        return later
    }

    /// A line of a key that nobody knows, otherwise like a real one.
    private mutating func invented(
        _ row: [String], _ layout: FileLayout, _ fault: FileFaultRule
    ) -> [String] {
        var stray = row
        stray[0] += ".X"
        mark(fault, stray)
        return stray
    }

    /// The next class; in a file of changes the days of it too.
    private mutating func otherStatus(
        _ row: [String], _ layout: FileLayout, _ fault: FileFaultRule
    ) -> [String] {
        let (days, bucket) = (layout.index(of: "dpd"), layout.index(of: "class"))
        let count = Int(row[days]) ?? 0
        var other = row
        var status = Balances()
        status.daysPastDue = count > 180 ? 0 : count + 30
        other[bucket] = status.bucket
        if layout.name == FileLayout.statusChanges.name { other[days] = "\(status.daysPastDue)" }
        mark(fault, row, column: "class", detail: "\(row[bucket]) → \(other[bucket])")
        return other
    }

    /// Away from the platform's figure, so that it never heals a real difference.
    private mutating func off(
        _ row: [String], _ layout: FileLayout, _ fault: FileFaultRule, _ platform: FileTable?,
        by size: Int64
    ) -> [String] {
        let columns = candidates(row, layout)
        let draw = Draw(seed, day.description, fault.file, layout.key(row), "column").value
        let column = columns[Int(draw % UInt64(columns.count))]
        let index = layout.index(of: column)
        let own = currency.minorUnits(row[index]) ?? 0
        let theirs = platform?.rows.first { layout.key($0) == layout.key(row) }.flatMap {
            currency.minorUnits($0[index])
        }
        let isUp = theirs == nil || theirs == own ? draw >> 32 & 1 == 0 : own > (theirs ?? 0)
        var off = row
        off[index] = currency.text(own + (isUp ? size : -size))
        mark(fault, row, column: column, detail: "\(row[index]) → \(off[index])")
        return off
    }

    private func candidates(_ row: [String], _ layout: FileLayout) -> [String] {
        layout.amounts.filter { column in
            (currency.minorUnits(row[layout.index(of: column)]) ?? 0) != 0
        }
    }
}
