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
            case .centOff: copy.rows.append(centOff(row, table.layout, fault, platform))
            }
        }
        return copy
    }

    private func fault(striking row: [String], of table: FileTable) -> FileFaultRule? {
        faults.first { fault in
            fault.file == table.name
                && fault.budget.map { used[name(fault), default: 0] < $0 } ?? true
                && Draw(seed, day.description, fault.file, row[0], fault.kind.rawValue)
                    .hits(fault.probability)
                && (fault.kind != .centOff || !candidates(row, table.layout).isEmpty)
        }
    }

    private func name(_ fault: FileFaultRule) -> String { fault.kind.rawValue + " " + fault.file }

    private mutating func mark(
        _ fault: FileFaultRule, _ row: [String], column: String? = nil, detail: String? = nil
    ) {
        used[name(fault), default: 0] += 1
        var entry = JournalEntry(.fault, on: day, detail: detail)
        entry.fault = fault.kind.rawValue
        entry.file = fault.file
        entry.record = row[0]
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

    /// One cent away from the platform's figure, so that it never heals a real difference.
    private mutating func centOff(
        _ row: [String], _ layout: FileLayout, _ fault: FileFaultRule, _ platform: FileTable?
    ) -> [String] {
        let columns = candidates(row, layout)
        let draw = Draw(seed, day.description, fault.file, row[0], "column").value
        let column = columns[Int(draw % UInt64(columns.count))]
        let index = layout.index(of: column)
        let own = currency.minorUnits(row[index]) ?? 0
        let theirs = platform?.rows.first { $0[0] == row[0] }.flatMap {
            currency.minorUnits($0[index])
        }
        let isUp = theirs == nil || theirs == own ? draw >> 32 & 1 == 0 : own > (theirs ?? 0)
        var off = row
        off[index] = currency.text(own + (isUp ? 1 : -1))
        mark(fault, row, column: column, detail: "\(row[index]) → \(off[index])")
        return off
    }

    private func candidates(_ row: [String], _ layout: FileLayout) -> [String] {
        layout.amounts.filter { column in
            (currency.minorUnits(row[layout.index(of: column)]) ?? 0) != 0
        }
    }
}
