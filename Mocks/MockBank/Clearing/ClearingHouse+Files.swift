// Collections and settlement instructions in, the channel's file and the statement out.

extension ClearingHouse {
    /// `PUT /v1/files/{date}/collections.csv`: until the date is over, new content replaces the
    /// earlier. `settlement-instructions.csv`: at any time, each instruction counts once.
    func takeFile(_ body: [UInt8], _ path: [String]) throws(StateFault) -> WireAnswer {
        let known = [ClearingFile.collections, ClearingFile.instructions]
        guard let day = Day(path[2]), let file = known.first(where: { $0.0 == path[3] }) else {
            return .refusal(
                422,
                .malformed(
                    "the path",
                    "/v1/files/{date}/ with collections.csv or "
                        + "settlement-instructions.csv"))
        }
        let rows: [[String]]
        do throws(FileFault) {
            rows = try ClearingFile.rows(file, body, scenario.currency)
        } catch {
            let place =
                "\(path[3]):\(error.line)" + (error.column.isEmpty ? "" : ", \(error.column)")
            return .refusal(422, "malformed-file", "\(place): \(error.reason)")
        }
        let sha256 = try state.shelf.keep(body)
        let earlier = state.received[day]?[path[3]]
        if earlier == sha256 { return answer(day, path[3], sha256, status: 200) }
        let isOrder = path[3] == ClearingFile.instructions.0
        if isOrder, let row = rows.first(where: state.contradicts) {
            return .refusal(
                409, "instruction-reused", "instruction \(row[0]) came with other content")
        }
        guard isOrder || state.offered[day] == nil else {
            return .refusal(409, "date-over", "\(day) is over, nothing of it moves any more")
        }
        var record = ClearingRecord()
        record.entries = [JournalEntry(.fileReceived, on: day)]
        record.entries[0].file = path[3]
        record.entries[0].detail = earlier == nil ? nil : "supersedes"
        record.change = .received(day, name: path[3], sha256: sha256)
        try keep(record)
        return answer(day, path[3], sha256, status: earlier == nil ? 201 : 200)
    }

    private func answer(_ day: Day, _ name: String, _ sha256: String, status: Int) -> WireAnswer {
        WireAnswer(
            status,
            .record([
                "date": .string(day.description), "name": .string(name),
                "sha256": .string(sha256),
            ]))
    }

    /// `GET /v1/files/{date}/channel.csv` and `cash.csv`, once the date is over.
    func offerFile(_ path: [String]) throws(StateFault) -> WireAnswer {
        guard let day = Day(path[2]), let sha256 = state.offered[day]?[path[3]] else {
            return .refusal(404, "not-there-yet", "no \(path[3]) of \(path[2]) is offered")
        }
        return WireAnswer(200, file: try state.shelf.content(sha256), contentType: "text/csv")
    }

    /// Ends every date before the clock's, oldest first, each in one step.
    func closeDates() throws(StateFault) {
        while state.nextToClose < state.clock {
            let day = state.nextToClose
            var work = ClearingDay(state, seed: seed, day: day)
            let (lines, transfer) = work.channel()
            let statement = work.cash(transfer)
            let files = [
                ClearingFile.channel.0: try state.shelf.keep(
                    CSV.write([ClearingFile.channel.1] + lines)),
                ClearingFile.cash.0: try state.shelf.keep(
                    CSV.write([ClearingFile.cash.1] + statement)),
            ]
            var record = ClearingRecord()
            record.entries = work.marks + [JournalEntry(.booked, on: day)]
            record.change = .closed(day, files: files, transfer: transfer)
            try keep(record)
        }
    }
}
