import BusinessCalendar
import LendingRules
import Operations
import Reconciling

extension Application {
    /// `files fetch`: asks the partner for its files of a date now.
    package func fetchFiles(partner: String, date: String) async throws -> Answer {
        try await takeFiles(partner, date, from: try partners.open())
    }

    /// `files import`: takes a partner's files of a date from a directory.
    package func importFiles(partner: String, date: String, directory: String) async throws
        -> Answer
    {
        try await takeFiles(
            partner, date,
            from: try DirectoryFiles(
                directory, of: try self.partner(partner).party,
                on: try Words.date(date, "--date")))
    }

    private func takeFiles(_ partner: String, _ date: String, from source: any PartnerFiles)
        async throws -> Answer
    {
        let open = try await stores.days.status().open
        let party = try self.partner(partner)
        let day = try Words.date(date, "--date")
        let useCase = try reconcile
        let run = { @Sendable [isDryRun] in
            try await useCase.run(
                party, on: day, openDate: open, from: source, isRehearsal: isDryRun,
                readsEveryFile: source is DirectoryFiles)
        }
        let outcome = try await isDryRun ? run() : alone(on: open, run)
        let words = isDryRun ? ["nothing was kept; it would become:"] : []
        return Answer(
            outcome.node(isDryRun: isDryRun), lines: words + [outcome.line] + outcome.details,
            exit: outcome.exit)
    }

    /// `files list`: our files of a date and every version of the partner's.
    package func listFiles(partner: String, date: String) async throws -> Answer {
        let party = try self.partner(partner).party
        let day = try Words.date(date, "--date")
        let ours = try await stores.files.kept(for: party, on: day)
        let theirs = try await stores.received.versions(from: party, on: day)
        guard !ours.isEmpty || !theirs.isEmpty else {
            throw NotFound("there are no files of \(day) for \(party); is the date closed?")
        }
        let isDelivered = try await !stores.files.undelivered(to: party, through: day)
            .contains(day)
        var grid = Grid(columns: [
            .words("from"), .words("file"), .figures("version"), .figures("bytes"), .words("state"),
            .words("sha256"),
        ])
        var nodes: [Node] = []
        for file in ours {
            let row = FileRow(ours: file, isDelivered: isDelivered)
            grid.add(row.cells(from: catalogue.platform))
            nodes.append(row.node(from: catalogue.platform))
        }
        for version in theirs {
            let row = FileRow(theirs: version)
            grid.add(row.cells(from: party))
            nodes.append(row.node(from: party))
        }
        return Answer(.array(nodes), grids: [grid], columns: FileRow.columns)
    }
}

/// One line of `files list`.
private struct FileRow {
    /// The columns of the list as CSV.
    static let columns = ["from", "name", "version", "bytes", "state", "sha256"]

    let name: String
    let version: Int
    let bytes: Int
    let state: String
    let sha256: String

    init(ours file: FileContent, isDelivered: Bool) {
        name = file.name
        version = 1
        bytes = file.bytes.count
        state = isDelivered ? "delivered" : "waiting"
        sha256 = Hashing.hexadecimal(Hashing.sha256(file.bytes))
    }

    init(theirs version: ReceivedVersion) {
        name = version.name
        self.version = version.version
        bytes = version.bytes
        state = version.isInForce ? "in-force" : "superseded"
        sha256 = version.sha256
    }

    func cells(from party: PartyID) -> [String] {
        [party.name, name, "\(version)", "\(bytes)", state, String(sha256.prefix(12))]
    }

    func node(from party: PartyID) -> Node {
        .object([
            "from": .text(party.name), "name": .text(name), "version": .count(version),
            "bytes": .count(bytes), "state": .text(state), "sha256": .text(sha256),
        ])
    }
}

extension ReconciliationOutcome {
    /// What to tell the shell: unusable files before unavailable partners before breaks.
    fileprivate var exit: ExitKind? {
        if let fault { return fault.exit }
        if isUnreachable { return .unavailable }
        // What is listed and gone may come again; until then its earlier content stays in force.
        let isIncomplete = state == .awaiting || !absent.isEmpty
        if !isUnchanged, state != .awaiting, breaks.contains(where: \.state.isOpen) {
            return .findings
        }
        return isIncomplete ? .temporary : nil
    }

    fileprivate func node(isDryRun: Bool) -> Node {
        .object([
            "party": .text(party.name), "date": .date(date), "state": .text(state.rawValue),
            "dryRun": .flag(isDryRun), "unchanged": .flag(isUnchanged),
            "superseded": .array(superseded.map(\.node)),
            "absent": .array(absent.map { .text($0) }),
            "unread": .array(unread.map { .text($0) }),
            "breaks": .count(breaks.count),
            "open": .count(breaks.filter(\.state.isOpen).count),
            "fault": .optional(fault.map { "\($0.code): \($0.sentence)" }),
        ])
    }

    fileprivate var details: [String] {
        var lines: [String] = []
        if isUnchanged { lines.append("  the same content is in force already; nothing was done") }
        lines += superseded.map { "  \($0.name): version \($0.version) is superseded" }
        lines += absent.map { "  not there: \($0)" }
        lines += unread.map { "  not read, no rule is about it: \($0)" }
        return lines
    }
}

extension SupersededFile {
    fileprivate var node: Node {
        .object(["name": .text(name), "version": .count(version)])
    }
}
