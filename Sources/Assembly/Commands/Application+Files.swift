import BusinessCalendar
import Foundation
import LendingRules
import Operations

extension Application {
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
            return Answer(
                .array([]), lines: ["no date is closed yet"], columns: Undelivered.columns)
        }
        if isDryRun { return try await dryDelivery(through: closed.date) }
        let undelivered = try await deliver.run(through: closed.date)
        return Answer(
            .array(undelivered.map(\.node)),
            lines: undelivered.isEmpty
                ? ["every file is delivered"]
                : undelivered.map { "not delivered: \($0.party) \($0.date) \($0.file)" },
            columns: Undelivered.columns, exit: undelivered.isEmpty ? nil : .unavailable)
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
