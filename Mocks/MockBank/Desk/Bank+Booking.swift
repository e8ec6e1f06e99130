// Booking complete dates in order, and offering the bank's own files of them.

extension Bank {
    /// Books every date whose files are complete and whose turn it is, then offers what is ready.
    func bookAndOffer() throws(StateFault) {
        while let (day, files) = nextToBook() {
            var record = LogRecord()
            record.entries = [JournalEntry(.booked, on: day)]
            record.change = .booked(day, files: files)
            try keep(record)
            try noteRefusedPlans(of: day)
        }
        for day in state.unoffered.sorted() where isReady(day) { try offer(day) }
        guard state.outbox.url != nil else { return }
        for key in state.requests.keys.sorted() { try announce(key, isAnswered: true) }
    }

    /// A plan that the bank cannot check it does not go by, and says why.
    private func noteRefusedPlans(of day: Day) throws(StateFault) {
        let refused = state.book.refusedPlans(of: day)
        if refused.isEmpty { return }
        var record = LogRecord()
        record.entries = refused.map { loan, reason in
            var entry = JournalEntry(.planRefused, on: day, detail: reason)
            entry.record = loan
            return entry
        }
        try keep(record)
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
        let truth = state.book.tables(of: day, inFlight: state.inFlight(endOf: day))
        let digest = digestText(Array(truth.map { digestText($0.bytes) }.joined().utf8))
        let files = state.days[day] ?? DayFiles()
        guard digest != files.offeredTruth, let booked = files.booked else {
            var record = LogRecord()
            record.change = .offered(
                day, files: files.offered ?? [:], held: files.held, truth: digest)
            return try keep(record)
        }
        try keep(try spoiled(truth, of: day, booked: booked, digest: digest))
    }

    /// The record of offering the tables with the faults in force.
    private func spoiled(
        _ truth: [FileTable], of day: Day, booked: [String: String], digest: String
    ) throws(StateFault) -> LogRecord {
        let currency = scenario.rules.currency
        let distorter = FileDistorter(
            faults: state.faults.files, seed: seed, day: day, currency: currency,
            used: faultsElsewhere(than: day))
        var platform: [FileTable] = []
        for layout in FileLayout.offered where booked[layout.name] != nil {
            if let table = try? state.table(layout, booked) { platform.append(table) }
        }
        let distorted = distorter.distort(truth, platform: platform)
        let struck = distorter.strikeFiles(distorted.tables)
        var shelved: [String: String] = [:]
        for table in distorted.tables { shelved[table.name] = try state.shelf.keep(table.bytes) }
        var manifest = Manifest(
            date: day, party: scenario.rules.party, tables: distorted.tables, currency: currency)
        for fault in struck.faults where fault.kind == .wrongTotals {
            manifest = manifest.changing(fault.file, \.withWrongTotal)
        }
        shelved["manifest.json"] = try state.shelf.keep(manifest.bytes(currency))
        let held = try self.held(struck.faults, of: day, manifest)
        var record = LogRecord()
        record.entries = distorted.marks + struck.marks + offered(shelved, on: day)
        record.change = .offered(day, files: shelved, held: held, truth: digest)
        return record
    }

    /// What stands in place of files for some days: nothing, or a manifest with a wrong digest.
    private func held(
        _ faults: [FileFaultRule], of day: Day, _ manifest: Manifest
    ) throws(StateFault) -> [String: HeldFile] {
        let ready = day.adding(days: scenario.filesReadyAfterDays)
        var held: [String: HeldFile] = [:]
        for fault in faults {
            let until = ready.adding(days: fault.days)
            if fault.kind == .lateFile { held[fault.file] = HeldFile(until: until, instead: nil) }
            if fault.kind == .wrongDigest {
                let wrong = manifest.changing(fault.file, \.withWrongDigest)
                held["manifest.json"] = HeldFile(
                    until: until,
                    instead: try state.shelf.keep(wrong.bytes(scenario.rules.currency)))
            }
        }
        return held
    }

    private func offered(_ files: [String: String], on day: Day) -> [JournalEntry] {
        files.keys.sorted().map { name in
            var entry = JournalEntry(.fileOffered, on: day, detail: files[name])
            entry.file = name
            return entry
        }
    }

    private func faultsElsewhere(than day: Day) -> [String: Int] {
        var used: [String: Int] = [:]
        for (date, files) in state.days where date != day {
            for fault in files.faults { used[fault.kind + " " + fault.file, default: 0] += 1 }
        }
        return used
    }
}
