// Everything the bank knows, as the fold of its log.

/// A file that is late, or that something else is offered for at first.
struct HeldFile: Equatable {
    let until: Day
    /// The SHA-256 of what is offered until then; nil for nothing.
    let instead: String?
}

/// The files of one business date.
struct DayFiles {
    var manifest: Manifest?
    var manifestDigest = ""
    /// Digest of the latest content of each file received.
    var received: [String: String] = [:]
    /// The versions that are in the book.
    var booked: [String: String]?
    /// What the bank offers.
    var offered: [String: String]?
    /// Digest of the bank's true tables behind the offer.
    var offeredTruth = ""
    /// What is answered in place of an offered file until the bank's clock reaches a date.
    var held: [String: HeldFile] = [:]
    /// Faults in the files now offered, for budgets.
    var faults: [(kind: String, file: String)] = []

    /// Names and digests once the manifest and all of its files are there.
    var complete: [String: String]? {
        guard let manifest, missing.isEmpty else { return nil }
        var files = ["manifest.json": manifestDigest]
        for entry in manifest.files { files[entry.name] = entry.sha256 }
        return files
    }

    /// Whether the latest versions are in the book.
    var isBooked: Bool { booked != nil && booked == complete }

    /// Files that the manifest names and that have not come.
    var missing: [String] {
        manifest?.files.filter { received[$0.name] != $0.sha256 }.map(\.name) ?? []
    }
}

/// The bank's state; `apply` is the only way to change it, live and on replay.
struct BankState: HouseState {
    let scenario: Scenario
    let shelf: FileShelf
    private(set) var clock: Day
    private(set) var time = TimeOfDay.midnight
    private(set) var tally = Tally()
    /// Requests put aside, by key.
    private(set) var held: [String: HeldRequest] = [:]
    private(set) var outbox: Outbox
    /// Keys that were answered `pending` and are not decided yet.
    private(set) var undecided: Set<String> = []
    /// Those whose decision shows by itself and that nobody has been told to wait for.
    private var toDecide = Queue<String>()
    private(set) var faults: FaultSet
    private(set) var journal: [JournalEntry] = []
    private(set) var heard: [Heard] = []
    private(set) var nonces: [String: Int64] = [:]
    private(set) var requests: [String: RequestRecord] = [:]
    private(set) var days: [Day: DayFiles] = [:]
    private(set) var book: BankBook
    /// Booked dates whose offer is not known to be up to date.
    private(set) var unoffered: Set<Day> = []
    /// Times a key was sent, and how often each fault was chosen.
    private(set) var arrivals: [String: Int] = [:]
    private(set) var strikes: [String: Int] = [:]
    /// Names of the faults chosen that have not shown, by the key they were chosen for.
    private var unseen: [String: String] = [:]
    private var keyOfLoan: [String: String] = [:]
    private var keysPaidOut: Set<String> = []

    /// A state that knows nothing; its callbacks are numbered on from those of `earlier`.
    init(_ scenario: Scenario, shelf: FileShelf, after earlier: Outbox? = nil) {
        self.scenario = scenario
        self.shelf = shelf
        clock = scenario.startDate
        faults = scenario.faults
        outbox = Outbox(url: scenario.callbacks.url, after: earlier)
        book = BankBook(scenario.rules)
    }

    /// Applies one record; throws when a file that it names cannot be read.
    mutating func apply(_ record: LogRecord) throws(StateFault) {
        journal += record.entries
        for entry in record.entries { count(entry) }
        if var request = record.heard {
            request.keep(with: record.entries, clock, time)
            heard.append(request)
        }
        tally.add(record.seen)
        if let nonce = record.nonce { nonces[nonce.text] = nonce.timestamp }
        guard let change = record.change else { return }
        switch change {
        case .decided(let decision): try decide(decision)
        case .settled(let key):
            requests[key]?.settle(on: clock)
            undecided.remove(key)
        case .reversed(let key):
            if held[key]?.honoursReversal == true { held[key] = nil }
            undecided.remove(key)
            requests[key, default: RequestRecord(tombstone: key, on: clock)].reverse(on: clock)
        case .executedAgain(let key): requests[key]?.executeAgain()
        case .fileReceived(let day, let name, let sha256): try receive(day, name, sha256)
        case .booked(let day, let files): try setBooked(day, files)
        case .offered(let day, let files, let held, let truth):
            days[day, default: DayFiles()].offered = files
            days[day]?.held = held
            days[day]?.offeredTruth = truth
            days[day]?.faults = record.entries.compactMap { entry in
                entry.fault.map { ($0, entry.file ?? "") }
            }
            unoffered.remove(day)
        case .clock(let day):
            clock = day
            time = .midnight
        case .time(let other): time = other
        case .rule(let name, let isOn): tally.turn(name, isOn: isOn)
        case .held(let request): held[request.key] = request
        case .announced(let key, let sequence, let callbacks):
            outbox.announce(key, sequence, callbacks)
        case .delivered(let id): outbox.deliver(id)
        case .callbacksTo(let url): outbox.url = url
        case .faults(let text):
            faults = (try? FaultSet(yaml: text, file: "faults")) ?? faults
            restartRules()
        }
    }

    /// Other faults are in force: turns and budgets count from one.
    private mutating func restartRules() {
        tally.restart()
        strikes = [:]
        unseen = [:]
        for day in days.keys { days[day]?.faults = [] }
    }

    var transport: [TransportFault] { faults.transport }
    var unread: [TransportFault] { faults.unread }
    var rules: [(kind: String, rule: Rule)] { faults.rules }

    func unseen(_ name: String) -> Int { unseen.values.count { $0 == name } }

    func attempts(_ word: String) -> Int {
        arrivals[word, default: 0] + tally.attempts[word, default: 0]
    }

    /// Forgets nonces older than any time stamp that would still be taken.
    mutating func forgetNonces(before timestamp: Int64) {
        nonces = nonces.filter { $0.value >= timestamp }
    }

    func isPaidOut(_ key: String) -> Bool { keysPaidOut.contains(key) }

    /// The live request of a loan, if the bank has one.
    func liveKey(ofLoan loan: String) -> String? {
        guard let key = keyOfLoan[loan], let record = requests[key] else { return nil }
        return state(of: record) == "reversed" ? nil : key
    }

    /// The state that the outside sees.
    func state(of record: RequestRecord) -> String {
        if isPaidOut(record.key), let loan = record.head?.loanID,
            book.accounts[loan]?.cancelledOn != nil
        {
            return "reversed"
        }
        return record.state(isPaidOut: isPaidOut(record.key))
    }

    private mutating func count(_ entry: JournalEntry) {
        if let key = entry.key, entry.event == .arrival { arrivals[key, default: 0] += 1 }
        if let key = entry.key, entry.event == .reversal {
            arrivals[key + "#reversal", default: 0] += 1
        }
        if entry.event == .query, let key = entry.key { count(query: entry, of: key) }
        guard let fault = entry.fault, entry.file == nil else { return }
        let name = entry.rule ?? fault
        if let key = entry.key, requests[key]?.unseen?.counted == name {
            requests[key]?.unseen = nil
            unseen[key] = nil
        } else {
            strikes[name, default: 0] += 1
        }
    }

    private mutating func count(query entry: JournalEntry, of key: String) {
        arrivals[key + "#query", default: 0] += 1
        if entry.state == "pending" { requests[key]?.pendingAnswers += 1 }
        if entry.detail == "404" {
            requests[key]?.unknownAnswers += 1
            held[key]?.queriesLeft -= 1
        }
    }

    private mutating func decide(_ decision: Decision) throws(StateFault) {
        if let made = decision.made {
            requests[made.key] = made
            noteDecided(made.key, decision)
            if decision.refusal == nil { keyOfLoan[made.head?.loanID ?? ""] = made.key }
            return
        }
        let rules = scenario.rules
        guard
            let head = try? RequestHead(
                decision.body, party: rules.party, currency: rules.currency)
        else { throw StateFault(description: "the log holds a request of another bank") }
        let terms = try? LoanTerms(decision.body["terms"] ?? .null)
        requests[head.key] = RequestRecord(
            decision, head: head, terms: terms, party: rules.party)
        noteDecided(head.key, decision)
        if decision.refusal == nil { keyOfLoan[head.loanID] = head.key }
    }

    private mutating func noteDecided(_ key: String, _ decision: Decision) {
        held[key] = nil
        if let fault = requests[key]?.unseen {
            strikes[fault.counted, default: 0] += 1
            unseen[key] = fault.counted
        }
        guard decision.isPending else { return }
        undecided.insert(key)
        if scenario.pendingAfterMilliseconds != nil { toDecide.append(key) }
    }

    private mutating func receive(
        _ day: Day, _ name: String, _ sha256: String
    ) throws(StateFault) {
        days[day, default: DayFiles()].received[name] = sha256
        guard name == "manifest.json" else { return }
        let bytes = try shelf.content(sha256)
        days[day]?.manifest = try? Manifest(bytes, for: day, scenario.rules.currency)
        days[day]?.manifestDigest = sha256
    }

    private mutating func setBooked(_ day: Day, _ files: [String: String]) throws(StateFault) {
        let latest = days.filter { $0.value.booked != nil }.keys.max()
        let isNew = latest.map { $0 < day } ?? true
        days[day, default: DayFiles()].booked = files
        if !isNew { book = BankBook(scenario.rules) }
        for date in days.keys.sorted() where isNew ? date == day : true {
            if let version = days[date]?.booked { try bookDay(date, version) }
        }
        unoffered.formUnion(days.filter { $0.key >= day && $0.value.booked != nil }.keys)
        keysPaidOut = Set(book.accounts.values.map(\.requestKey))
    }

    private mutating func bookDay(_ day: Day, _ files: [String: String]) throws(StateFault) {
        let disbursements = try table(.disbursements, files)
        let transfers =
            files[FileLayout.transfers.name] == nil
            ? FileTable(.transfers, rows: []) : try table(.transfers, files)
        let keys =
            disbursements.rows.indices.map { disbursements.field($0, "request_key") }
            + transfers.rows.indices.compactMap { keyOfLoan[transfers.field($0, "loan_id")] }
        book.book(
            day, disbursements: disbursements, repayments: try table(.repayments, files),
            facts: try facts(of: files), transfers: transfers, plans: try plans(of: files),
            standings: standings(of: files), accepted: accepted(keys))
    }

    /// What says how late loans are; a file that cannot be read says nothing.
    private func standings(of files: [String: String]) -> [FileTable] {
        [FileLayout.balances, .statusChanges].compactMap { layout in
            files[layout.name] == nil ? nil : try? table(layout, files)
        }
    }

    private func plans(of files: [String: String]) throws(StateFault) -> FileTable {
        files[FileLayout.instalmentPlan.name] == nil
            ? FileTable(.instalmentPlan, rows: []) : try table(.instalmentPlan, files)
    }

    /// The shares behind some keys that were accepted.
    private func accepted(_ keys: [String]) -> [String: AcceptedShare] {
        var accepted: [String: AcceptedShare] = [:]
        for key in keys {
            guard let record = requests[key], record.isAccepted, let head = record.head,
                let terms = record.terms
            else { continue }
            accepted[key] = AcceptedShare(
                key: key, loanID: head.loanID, amount: record.bookedAmount, terms: terms,
                number: RequestRecord.reference(party: scenario.rules.party, key: key),
                executions: record.executions, borrower: head.borrower)
        }
        return accepted
    }

    /// The files of facts beyond payments; a platform that has none need not send them.
    private func facts(of files: [String: String]) throws(StateFault) -> [FileTable] {
        var tables: [FileTable] = []
        for layout in FileLayout.ofFacts + FileLayout.facts where files[layout.name] != nil {
            tables.append(try table(layout, files))
        }
        return tables
    }

    /// A file of the given versions as a table.
    func table(
        _ layout: FileLayout, _ files: [String: String]
    ) throws(StateFault) -> FileTable {
        let bytes = try shelf.content(files[layout.name] ?? "")
        guard let table = try? FileTable(layout, bytes, scenario.rules.currency) else {
            throw StateFault(description: "the kept \(layout.name) cannot be read")
        }
        return table
    }

    /// Shares promised and not paid out by the end of a date; money that moved twice stands twice
    /// in it, as in the file of payouts.
    func inFlight(endOf day: Day) -> [[String]] {
        let currency = scenario.rules.currency
        return requests.values.flatMap { record -> [[String]] in
            guard record.isPromised(endOf: day), let head = record.head,
                book.paidOutOn[record.key].map({ $0 > day }) ?? true
            else { return [] }
            let row = [
                record.key, head.loanID, currency.text(record.bookedAmount), currency.code,
            ]
            return Array(repeating: row, count: max(1, record.executions))
        }
    }
}

// MARK: - Work to be handed over

extension BankState {
    var hasWork: Bool { outbox.hasDue || !toDecide.isEmpty }

    /// The next callback that nobody has been told to send.
    mutating func nextDue() -> (callback: Callback, isLetGo: Bool)? { outbox.nextDue() }

    /// The next key whose decision nobody has been told to show.
    mutating func nextToDecide() -> String? {
        while let key = toDecide.popFirst() {
            if undecided.contains(key) { return key }
        }
        return nil
    }
}
