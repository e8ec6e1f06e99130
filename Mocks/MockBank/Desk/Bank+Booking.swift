// Booking complete dates in order, and offering the bank's own files of them.

extension Bank {
    /// Books every date whose files are complete and whose turn it is, then offers what is ready.
    func bookAndOffer() throws(StateFault) {
        while let (day, files) = nextToBook() {
            var record = LogRecord()
            record.entries = [JournalEntry(.booked, on: day)]
            record.change = .booked(day, files: files)
            try keep(record)
        }
        for day in state.unoffered.sorted() where isReady(day) { try offer(day) }
    }

    private func nextToBook() -> (Day, [String: String])? {
        let days = state.days
        let latest = days.filter { $0.value.booked != nil }.keys.max()
        for day in days.keys.sorted() {
            guard let files = days[day]?.complete else {
                // Nothing is booked yet, and an earlier date has begun to arrive: wait for it.
                if latest == nil { return nil }
                continue
            }
            if files == days[day]?.booked { continue }
            if let latest, day > latest.adding(days: 1) { continue }
            return (day, files)
        }
        return nil
    }

    private func isReady(_ day: Day) -> Bool {
        scenario.filesReadyAfterDays == 0
            || state.clock >= day.adding(days: scenario.filesReadyAfterDays)
    }

    private func offer(_ day: Day) throws(StateFault) {
        let rules = scenario.rules
        let truth = state.book.tables(of: day)
        let digest = digestText(Array(truth.map { digestText($0.bytes) }.joined().utf8))
        let files = state.days[day] ?? DayFiles()
        var record = LogRecord()
        guard digest != files.offeredTruth, let booked = files.booked else {
            record.change = .offered(day, files: files.offered ?? [:], truth: digest)
            record.entries = []
            return try keep(record)
        }
        let distorter = FileDistorter(
            faults: state.faults.files, seed: seed, day: day, currency: rules.currency,
            used: faultsElsewhere(than: day))
        var platform: [FileTable] = []
        for layout in FileLayout.offered where booked[layout.name] != nil {
            if let table = try? state.table(layout, booked) { platform.append(table) }
        }
        let distorted = distorter.distort(truth, platform: platform)
        let manifest = Manifest(
            date: day, party: rules.party, tables: distorted.tables, currency: rules.currency)
        var shelved = ["manifest.json": try state.shelf.keep(manifest.bytes(rules.currency))]
        for table in distorted.tables { shelved[table.name] = try state.shelf.keep(table.bytes) }
        record.entries =
            distorted.marks
            + shelved.keys.sorted().map { name in
                var entry = JournalEntry(.fileOffered, on: day, detail: shelved[name])
                entry.file = name
                return entry
            }
        record.change = .offered(day, files: shelved, truth: digest)
        try keep(record)
    }

    private func faultsElsewhere(than day: Day) -> [String: Int] {
        var used: [String: Int] = [:]
        for (date, files) in state.days where date != day {
            for fault in files.faults { used[fault.kind + " " + fault.file, default: 0] += 1 }
        }
        return used
    }
}
