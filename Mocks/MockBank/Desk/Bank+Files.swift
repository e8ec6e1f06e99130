// The files desk: takes the platform's files, books the day, offers the bank's own.

extension Bank {
    private var currency: Currency { scenario.rules.currency }

    /// `PUT /v1/files/{date}/{name}`.
    func takeFile(_ request: WireRequest) throws(StateFault) -> WireAnswer {
        let path = request.path
        guard let day = Day(path[2]), FileLayout.isName(path[3]) else {
            return .refusal(422, .malformed("the path", "/v1/files/{date}/{name}"))
        }
        let answer: WireAnswer
        do { answer = try accept(request.body, path[3], of: day) } catch {
            switch error {
            case .refused(let status, let refusal): answer = .refusal(status, refusal)
            case .state(let fault): throw fault
            }
        }
        return answer
    }

    private func accept(
        _ body: [UInt8], _ name: String, of day: Day
    ) throws(FileRefusal) -> WireAnswer {
        let files = state.days[day] ?? DayFiles()
        let sha256 = digestText(body)
        if name != "manifest.json" { try check(body, name, sha256, against: files) }
        if name == "manifest.json" { try checkManifest(body, of: day, files) }
        let isNew = files.received[name] != sha256
        let status = files.received[name] == nil ? 201 : 200
        do {
            if isNew {
                _ = try state.shelf.keep(body)
                var record = LogRecord()
                record.entries = [received(name, of: day, isAgain: status == 200)]
                record.change = .fileReceived(day, name: name, sha256: sha256)
                try keep(record)
            }
            try bookAndOffer()
        } catch {
            throw .state(error)
        }
        let missing = state.days[day]?.missing ?? []
        return WireAnswer(
            status,
            .record([
                "date": .string(day.description), "name": .string(name),
                "sha256": .string(sha256), "missing": .array(missing.map(JSON.string)),
                "booked": .bool(state.days[day]?.isBooked ?? false),
            ]))
    }

    private func received(_ name: String, of day: Day, isAgain: Bool) -> JournalEntry {
        var entry = JournalEntry(.fileReceived, on: day)
        entry.file = name
        entry.detail = isAgain ? "supersedes" : nil
        return entry
    }

    private func check(
        _ body: [UInt8], _ name: String, _ sha256: String, against files: DayFiles
    ) throws(FileRefusal) {
        let entry = files.manifest?.files.first { $0.name == name }
        if files.manifest != nil, entry?.sha256 != sha256 {
            throw .refused(
                409, Refusal(code: "digest", reason: "\(name) is not the one in manifest.json"))
        }
        guard let table = try readable(body, name), let entry else { return }
        try check(table, entry)
    }

    private func checkManifest(
        _ body: [UInt8], of day: Day, _ files: DayFiles
    ) throws(FileRefusal) {
        let manifest: Manifest
        do { manifest = try Manifest(body, for: day, currency) } catch {
            throw .refused(422, error)
        }
        for entry in manifest.files where files.received[entry.name] == entry.sha256 {
            guard let bytes = try? state.shelf.content(entry.sha256),
                let table = try readable(bytes, entry.name)
            else { continue }
            try check(table, entry)
        }
    }

    /// The table of a file that the bank knows; nil for names it only stores.
    private func readable(_ body: [UInt8], _ name: String) throws(FileRefusal) -> FileTable? {
        let layout = FileLayout.offered.first { $0.name == name }
        guard let layout else { return nil }
        do { return try FileTable(layout, body, currency) } catch {
            let place = "\(name):\(error.line)" + (error.column.isEmpty ? "" : ", \(error.column)")
            throw .refused(
                422, Refusal(code: "malformed-file", reason: "\(place): \(error.reason)"))
        }
    }

    private func check(_ table: FileTable, _ entry: ManifestEntry) throws(FileRefusal) {
        if let reason = entry.disagreement(table, currency) {
            throw .refused(422, Refusal(code: "control-total", reason: reason))
        }
    }

    /// `GET /v1/files/{date}/{name}`.
    func offerFile(_ path: [String]) throws(StateFault) -> WireAnswer {
        guard let day = Day(path[2]), let sha256 = offered(path[3], of: day) else {
            return .refusal(404, "not-there-yet", "no \(path[3]) of \(path[2]) is offered")
        }
        let isManifest = path[3] == "manifest.json"
        return WireAnswer(
            200, file: try state.shelf.content(sha256),
            contentType: isManifest ? "application/json" : "text/csv")
    }
}

extension Bank {
    /// The SHA-256 of what is offered under a name by the bank's clock.
    private func offered(_ name: String, of day: Day) -> String? {
        guard let files = state.days[day], let sha256 = files.offered?[name] else { return nil }
        guard let held = files.held[name], state.clock < held.until else { return sha256 }
        return held.instead
    }
}

/// Why a file was not taken.
enum FileRefusal: Error {
    case refused(Int, Refusal)
    case state(StateFault)
}

extension FileLayout {
    /// Whether `name` can be the name of a file: it goes into no path of the disk, only of the URL.
    static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && ["csv", "json"].contains(parts[1])
            && (1...60).contains(parts[0].utf8.count)
            && parts[0].utf8.allSatisfy { (97...122).contains($0) || $0 == 45 }
    }
}
