// Everything a clearing house knows, as the fold of its log.

/// The state; `apply` is the only way to change it, live and on replay.
struct ClearingState: HouseState {
    let scenario: ClearingScenario
    let shelf: FileShelf
    private(set) var clock: Day
    private(set) var time = TimeOfDay.midnight
    private(set) var tally = Tally()
    private(set) var faults: ClearingFaults
    private(set) var journal: [JournalEntry] = []
    private(set) var heard: [Heard] = []
    private(set) var nonces: [String: Int64] = [:]
    private(set) var received: [Day: [String: String]] = [:]
    private(set) var collections: [Day: [Collection]] = [:]
    /// Transfers that were ordered, by the id of their instruction.
    var orders: [String: TransferOrder] = [:]
    private(set) var payouts: [String: PayoutRecord] = [:]
    private(set) var transfers: [BatchTransfer] = []
    /// The files offered of each date that is over.
    private(set) var offered: [Day: [String: String]] = [:]
    /// Times a payout was asked for, and strikes of each fault.
    private(set) var arrivals: [String: Int] = [:]
    private(set) var strikes: [String: Int] = [:]

    init(_ scenario: ClearingScenario, shelf: FileShelf) {
        self.scenario = scenario
        self.shelf = shelf
        clock = scenario.startDate
        faults = scenario.faults
    }

    /// The first date that is not over.
    var nextToClose: Day { offered.keys.max()?.adding(days: 1) ?? scenario.startDate }

    /// Applies one record; throws when a file that it names cannot be read.
    mutating func apply(_ record: ClearingRecord) throws(StateFault) {
        journal += record.entries
        for entry in record.entries {
            if entry.event == .arrival, let key = entry.key { arrivals[key, default: 0] += 1 }
            if let fault = entry.fault { strikes[entry.rule ?? fault, default: 0] += 1 }
        }
        if var request = record.heard {
            request.keep(with: record.entries, clock, time)
            heard.append(request)
        }
        tally.add(record.seen)
        if let nonce = record.nonce { nonces[nonce.text] = nonce.timestamp }
        switch record.change {
        case nil: break
        case .received(let day, let name, let sha256): try receive(day, name, sha256)
        case .payout(let payout): payouts[payout.key] = payout
        case .closed(let day, let files, let transfer):
            offered[day] = files
            if let transfer { transfers.append(transfer) }
        case .clock(let day):
            clock = day
            time = .midnight
        case .time(let other): time = other
        case .rule(let name, let isOn): tally.turn(name, isOn: isOn)
        case .faults(let text):
            faults = (try? ClearingFaults(yaml: text, file: "faults")) ?? faults
            tally.restart()
            strikes = [:]
        }
    }

    var transport: [TransportFault] { faults.transport }
    var unread: [TransportFault] { faults.unread }
    var rules: [(kind: String, rule: Rule)] {
        (faults.transport + faults.unread).map { ($0.kindName, $0.rule) }
    }

    /// Whatever is chosen here shows.
    func unseen(_ name: String) -> Int { 0 }

    func attempts(_ word: String) -> Int {
        arrivals[word, default: 0] + tally.attempts[word, default: 0]
    }

    /// Forgets nonces older than any time stamp that would still be taken.
    mutating func forgetNonces(before timestamp: Int64) {
        nonces = nonces.filter { $0.value >= timestamp }
    }

    private mutating func receive(
        _ day: Day, _ name: String, _ sha256: String
    ) throws(StateFault) {
        received[day, default: [:]][name] = sha256
        let bytes = try shelf.content(sha256)
        let currency = scenario.currency
        func rows(_ file: (String, [String])) -> [[String]] {
            (try? ClearingFile.rows(file, bytes, currency)) ?? []
        }
        if name == ClearingFile.collections.0 {
            collections[day] = rows(ClearingFile.collections).map { Collection($0, currency) }
        } else {
            order(rows(ClearingFile.instructions), on: day)
        }
    }
}
