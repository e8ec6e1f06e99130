import BusinessCalendar
import Foundation
import LendingRules
import Operations
import Reconciling

extension Application {
    /// `recon run`: matches what has arrived and settles what became due.
    package func reconcile(again: Bool) async throws -> Answer {
        if isDryRun { return try await dryReconciliation() }
        let open = try await stores.days.status().open
        let outcomes = try await reconcile.run(openDate: open, again: again)
        let settlement = try await settle.run()
        try await writeStatements(of: open)
        let hasFindings = outcomes.contains { outcome in
            outcome.fault != nil || outcome.breaks.contains { $0.state == .open }
        }
        let isUnreachable = outcomes.contains { $0.isUnreachable }
        return Answer(
            .object([
                "reconciliations": .array(outcomes.map(\.node)),
                "instructions": .array(try settlement.instructed.map { try $0.node() }),
                "drafts": .array(try settlement.waiting.map { try $0.node() }),
            ]),
            lines: outcomes.map(\.line) + settlement.lines,
            exit: isUnreachable ? .unavailable : hasFindings ? .findings : nil)
    }

    /// What a run would ask partners for; only a real run asks.
    private func dryReconciliation() async throws -> Answer {
        let due = try await stores.reconciliation.due(for: catalogue.partners.map(\.party))
        return Answer(
            .object([
                "dryRun": .flag(true),
                "due": .array(
                    due.map { .object(["party": .text($0.party.name), "date": .date($0.date)]) }),
            ]),
            lines: due.isEmpty
                ? ["nothing waits for a partner's files"]
                : due.map { "would be fetched and matched: \($0.party) \($0.date)" })
    }

    /// `recon status`.
    package func reconciliationStatus() async throws -> Answer {
        let states = try await stores.reconciliation.states(of: catalogue.partners.map(\.party))
        var grid = Grid(columns: [.words("date"), .words("partner"), .words("state")])
        for pair in states {
            grid.add([pair.date.description, pair.party.name, pair.state.rawValue])
        }
        return Answer(
            .array(
                states.map {
                    .object([
                        "date": .date($0.date), "party": .text($0.party.name),
                        "state": .text($0.state.rawValue),
                    ])
                }), grids: [grid])
    }

    /// `breaks list`.
    package func listBreaks(partner: String?, state: String?) async throws -> Answer {
        let party = try partner.map { try self.partner($0).party }
        let wanted = try state.map { text in
            guard let state = KeptBreak.State(rawValue: text) else {
                throw UsageFault(
                    code: "USAGE-004",
                    "--state '\(text)' is none of open, resolved, superseded")
            }
            return state
        }
        let breaks = try await stores.breaks.breaks(party: party, state: wanted)
        var grid = Grid(
            columns: [
                .words("id"), .words("date"), .words("partner"), .words("file"), .words("kind"),
                .words("state"), .words("likely cause"), .words("record"),
            ])
        for found in breaks {
            grid.add([
                found.id, found.firstDate.description, found.party.name, found.file,
                found.kind.rawValue, found.state.rawValue, found.cause.rawValue,
                found.key.joined(separator: " "),
            ])
        }
        return Answer(.array(breaks.map(\.node)), grids: [grid])
    }

    /// `breaks show ID`.
    package func showBreak(_ id: String) async throws -> Answer {
        guard let found = try await stores.breaks.break(id) else {
            throw NotFound("there is no break '\(id)'; `colend breaks list` shows them")
        }
        return Answer(
            found.node,
            lines: [
                "\(found.kind.rawValue) in \(found.file) of \(found.firstDate), \(found.party)"
                    + " — \(found.state.rawValue), \(found.severity.rawValue)",
                "", found.sentence, "",
                "ours    \(found.ours.isEmpty ? "—" : found.ours)",
                "theirs  \(found.theirs.isEmpty ? "—" : found.theirs)",
                "cause   \(found.cause.rawValue): \(found.rule)",
            ])
    }

    /// `files export`.
    package func exportFiles(partner: String, date: String, directory: String) async throws
        -> Answer
    {
        let party = try self.partner(partner).party
        let day = try Words.date(date, "--date")
        let files = try await stores.files.kept(for: party, on: day)
        guard !files.isEmpty else {
            throw NotFound("there are no files of \(day) for \(party); is the date closed?")
        }
        let folder = "\(directory)/\(day)/\(party)"
        if !isDryRun { for file in files { try OutputFile.write(file, in: folder) } }
        return Answer(
            .object([
                "directory": .text(folder), "files": .array(files.map { .text($0.name) }),
                "dryRun": .flag(isDryRun),
            ]),
            lines: (isDryRun ? ["would be written:"] : [])
                + files.map { "\(folder)/\($0.name)" })
    }

    /// `files deliver`.
    package func deliverFiles() async throws -> Answer {
        guard let closed = try await stores.days.status().lastClosed else {
            return Answer(.array([]), lines: ["no date is closed yet"])
        }
        if isDryRun { return try await dryDelivery(through: closed.date) }
        let undelivered = try await deliver.run(through: closed.date)
        return Answer(
            .array(undelivered.map(\.node)),
            lines: undelivered.isEmpty
                ? ["every file is delivered"]
                : undelivered.map { "not delivered: \($0.party) \($0.date) \($0.file)" },
            exit: undelivered.isEmpty ? nil : .unavailable)
    }
}

extension Application {
    private func dryDelivery(through date: BusinessDate) async throws -> Answer {
        var lines: [String] = []
        var nodes: [Node] = []
        for partner in catalogue.partners {
            for day in try await stores.files.undelivered(to: partner.party, through: date) {
                lines.append("would be handed over: \(partner.party) \(day)")
                nodes.append(.object(["party": .text(partner.party.name), "date": .date(day)]))
            }
        }
        return Answer(
            .object(["dryRun": .flag(true), "undelivered": .array(nodes)]),
            lines: lines.isEmpty ? ["every file is delivered"] : lines)
    }
}

extension KeptBreak {
    var node: Node {
        .object([
            "id": .text(id), "party": .text(party.name), "date": .date(firstDate),
            "file": .text(file), "kind": .text(kind.rawValue),
            "key": .array(key.map { .text($0) }), "loan": .text(loan),
            "state": .text(state.rawValue), "severity": .text(severity.rawValue),
            "cause": .text(cause.rawValue), "sentence": .text(sentence), "rule": .text(rule),
            "ours": side(ours, ourLine), "theirs": side(theirs, theirLine),
        ])
    }

    private func side(_ record: String, _ line: Int) -> Node {
        record.isEmpty
            ? .null : .object(["record": .text(record), "line": .count(line)])
    }
}
