// What a step of a clearing house changes.

/// What a step changes.
enum ClearingChange {
    case received(Day, name: String, sha256: String)
    case payout(PayoutRecord)
    /// A date is over: its files are offered, its collections are on their way.
    case closed(Day, files: [String: String], transfer: BatchTransfer?)
    case clock(Day)
    case faults(String)
    case time(TimeOfDay)
    case rule(String, isOn: Bool)
}

/// One line of a clearing house's log.
typealias ClearingRecord = LogLine<ClearingChange>

extension ClearingChange: StoredChange {
    var json: JSON {
        switch self {
        case .received(let day, let name, let sha256):
            .record([
                "kind": .string("file"), "date": .string(day.description), "name": .string(name),
                "sha256": .string(sha256),
            ])
        case .payout(let payout):
            .record([
                "kind": .string("payout"), "key": .string(payout.key),
                "loan": .string(payout.loan), "amount": .integer(payout.amount),
                "try": .integer(payout.number), "date": .string(payout.on.description),
                "paid": .bool(payout.isPaid),
                "returns": payout.returnsOn.map { .string($0.description) },
            ])
        case .closed(let day, let files, let transfer):
            .record([
                "kind": .string("closed"), "date": .string(day.description),
                "files": .object(Members(files.mapValues(JSON.string))),
                "amount": transfer.map { .integer($0.amount) },
                "on": transfer.map { .string($0.on.description) },
            ])
        case .clock(let day):
            .record(["kind": .string("clock"), "date": .string(day.description)])
        case .faults(let text): .record(["kind": .string("faults"), "text": .string(text)])
        case .time(let time):
            .record(["kind": .string("time"), "time": .string(time.description)])
        case .rule(let name, let isOn):
            .record(["kind": .string("rule"), "name": .string(name), "on": .bool(isOn)])
        }
    }

    init?(_ json: JSON) {
        func text(_ name: String) -> String { json[name]?.text ?? "" }
        let day = Day(text("date")) ?? Day(number: 0)
        let amount = json["amount"]?.integer.map { Int64($0) }
        switch json["kind"]?.text {
        case "file": self = .received(day, name: text("name"), sha256: text("sha256"))
        case "payout":
            self = .payout(
                PayoutRecord(
                    key: text("key"), loan: text("loan"), amount: amount ?? 0,
                    number: json["try"]?.integer.map { Int($0) } ?? 1, on: day,
                    isPaid: json["paid"] == .bool(true), returnsOn: Day(text("returns"))))
        case "closed":
            let transfer = amount.flatMap { amount in
                Day(text("on")).map { BatchTransfer(batch: day, amount: amount, on: $0) }
            }
            let files = (json["files"]?.members ?? [:]).compactMapValues(\.text)
            self = .closed(day, files: files, transfer: transfer)
        case "clock": self = .clock(day)
        case "faults": self = .faults(text("text"))
        case "time": self = .time(TimeOfDay(text("time")) ?? .midnight)
        case "rule": self = .rule(text("name"), isOn: json["on"] == .bool(true))
        default: return nil
        }
    }
}
